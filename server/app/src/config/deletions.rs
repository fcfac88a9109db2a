//! The section `[deletions]`.

use serde::Deserialize;

/// How many objects may be deleted or blocked by approved applications before an administrator has to look.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Deletions {
    /// What goes beyond waits; 0: every deletion does.
    pub most: u32,
    /// Within so many hours, counted back from each deletion.
    pub hours: u32,
}

impl Deletions {
    /// A longer time is no protection against an accident, and a count is kept that long.
    const LONGEST: u32 = 24 * 31;

    pub(super) fn check(self) -> Result<(), (&'static str, String)> {
        if (1..=Self::LONGEST).contains(&self.hours) {
            return Ok(());
        }
        Err(("deletions.hours", format!("must be 1 to {}", Self::LONGEST)))
    }
}

impl Default for Deletions {
    /// Entra ID's own provisioning suggests 500 a cycle ("Accidental deletions").
    fn default() -> Self {
        Self { most: 500, hours: 24 }
    }
}
