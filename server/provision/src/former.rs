//! Who was the manager before: approvers read the name, and execution replaces nobody else.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The manager whom another one follows, as it was planned.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Former {
    /// Nobody was named: the account is a new one, or the plan was sealed before plans named him. Whoever stands there
    /// is replaced.
    #[default]
    Unsaid,
    Nobody,
    Person {
        id: Uuid,
        name: String,
    },
}

impl Former {
    pub(crate) fn of(manager: Option<&(Uuid, String)>) -> Self {
        manager.map_or(Self::Nobody, |(id, name)| Self::Person {
            id: *id,
            name: name.clone(),
        })
    }

    pub(crate) fn is_unsaid(&self) -> bool {
        *self == Self::Unsaid
    }

    /// Whether the manager shown now is the one who was planned to be replaced.
    pub(crate) fn allows(&self, shown: Option<Uuid>) -> bool {
        match self {
            Self::Unsaid => true,
            Self::Nobody => shown.is_none(),
            Self::Person { id, .. } => shown == Some(*id),
        }
    }

    /// What he is called, if there was one.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Unsaid | Self::Nobody => None,
            Self::Person { name, .. } => Some(name),
        }
    }

    /// What people call him may change.
    pub(crate) fn forget_name(&mut self) {
        if let Self::Person { name, .. } = self {
            name.clear();
        }
    }
}
