//! What leads back to how a shared mailbox was. Pure.

use serde_json::Value;

use super::MailboxStep;
use crate::inverse::changed;
use crate::recipient::split;

/// The way back from one step; none where it changed nothing, or nothing leads back.
pub(crate) fn back(step: &MailboxStep, before: &Value) -> Option<MailboxStep> {
    let was = &before["mailbox"];
    match step {
        MailboxStep::CreateMailbox(_) | MailboxStep::RestoreMailbox {} => {
            was.is_null().then_some(MailboxStep::DeleteMailbox {})
        }
        // It goes with the mailbox.
        MailboxStep::BlockSignIn {} => None,
        MailboxStep::UpdateMailbox(change) => {
            changed(&change.to, was.as_object().unwrap_or(&change.from)).map(MailboxStep::UpdateMailbox)
        }
        MailboxStep::GiveRight { right, people } => {
            let right = *right;
            split(people, before, right.word(), false).map(|people| MailboxStep::TakeRight { right, people })
        }
        MailboxStep::TakeRight { right, people } => {
            let right = *right;
            split(people, before, right.word(), true).map(|people| MailboxStep::GiveRight { right, people })
        }
        MailboxStep::DeleteMailbox {} => (!was.is_null()).then_some(MailboxStep::RestoreMailbox {}),
    }
}
