//! 削除の上限: where too much would be deleted or blocked within some hours, an administrator looks before it begins.

use serde::{Deserialize, Serialize};

use crate::application::desk::{Decided, Desk, reasoned};
use crate::application::{Command, Event, Progress, Refusal, RefusalCode};

/// Why an execution waits: more would be deleted than is carried out without a look.
pub const DELETIONS_HELD: &str = "deletions_held";

/// How much is too much. All count objects that are deleted, or people and teams that are shut out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TooManyDeletions {
    /// By this application.
    pub wanted: u32,
    /// By others before it.
    pub before: u32,
    /// What may be without a look.
    pub most: u32,
    /// Within so many hours.
    pub hours: u32,
}

/// Only before the first step, and not what an administrator has let go on.
pub(super) fn hold(progress: &Progress, deletions: TooManyDeletions) -> Decided {
    if !progress.is_untouched() || progress.deletions_allowed {
        return Err(RefusalCode::AlreadyBegun.into());
    }
    Ok(vec![Event::DeletionsHeld { deletions }])
}

impl Desk<'_> {
    /// Nothing was begun: it goes on, is measured again, or is given up by its applicant.
    pub(super) fn attend_deletions(&self, progress: &Progress, command: Command) -> Decided {
        match command {
            Command::AllowDeletions { by, reason } => {
                reasoned(&reason)?;
                self.go_on(progress, Event::DeletionsAllowed { by, reason })
            }
            Command::Retry { by } => self.go_on(progress, Event::Retried { by }),
            Command::Withdraw { by, comment } if progress.worked.is_empty() => self.withdraw(by, comment),
            _ => Err(Refusal::not_now(self.application.code())),
        }
    }
}
