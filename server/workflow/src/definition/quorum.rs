//! How many of those asked must approve.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "camelCase", deny_unknown_fields)]
pub enum Quorum {
    All {},
    Any {},
    /// This many.
    N {
        n: u32,
    },
    /// This share, rounded up.
    Percent {
        percent: u32,
    },
}

impl Quorum {
    pub(crate) fn all() -> Self {
        Self::All {}
    }

    pub(crate) fn any() -> Self {
        Self::Any {}
    }

    /// Approvals needed when so many are asked; never none.
    pub fn needed(self, asked: u32) -> u32 {
        match self {
            Self::All {} => asked.max(1),
            Self::Any {} => 1,
            Self::N { n } => n,
            Self::Percent { percent } => asked.saturating_mul(percent).div_ceil(100).max(1),
        }
    }
}
