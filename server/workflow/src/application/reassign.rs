//! 振替: one item goes to another person.

use crate::application::desk::{Decided, Desk, reasoned};
use crate::application::{Asking, Authority, Command, Event, Refusal, RefusalCode};
use crate::definition::{Kind, SelfRule};

impl Desk<'_> {
    pub(super) fn reassign(&self, asking: &Asking, command: Command) -> Decided {
        let Command::Reassign {
            by,
            authority,
            from,
            to,
            reason,
        } = command
        else {
            return Err(Refusal::not_now(self.application.code()));
        };
        reasoned(&reason)?;
        if authority == Authority::Assignee {
            if !self.may_act_for(&from, &by) {
                return Err(RefusalCode::NotAssignee.into());
            }
            let allowed = match &self.step(&asking.step)?.kind {
                Kind::Approval(approval) => approval.reassign,
                _ => true,
            };
            if !allowed {
                return Err(RefusalCode::NotAllowed.into());
            }
        }
        if asking.item(&from).is_none() {
            return Err(RefusalCode::NotAssignee.into());
        }
        if !asking.is_pending(&from) {
            return Err(RefusalCode::AlreadyDecided.into());
        }
        if to == self.application.applicant && self.definition.self_rule != SelfRule::Allow {
            return Err(RefusalCode::ApplicantBarred.into());
        }
        if asking.item(&to).is_some() {
            return Err(RefusalCode::AlreadyAsked.into());
        }
        Ok(vec![Event::Reassigned { by, from, to, reason }])
    }
}
