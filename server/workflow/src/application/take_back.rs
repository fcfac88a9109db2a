//! 引戻し: the applicant takes his application back, or the last approver his decision.

use crate::application::desk::{Decided, Desk, Subject};
use crate::application::{Asking, Event, InApproval, ItemState, RefusalCode, Verdict};
use crate::definition::PullBackPolicy;
use crate::ids::PersonId;

impl Desk<'_> {
    pub(super) fn pull_back(&self, review: &InApproval, by: PersonId) -> Decided {
        if by != self.application.applicant {
            return Err(RefusalCode::NotApplicant.into());
        }
        let round = self.application.round();
        let over = |asking: &Asking| asking.round == round && asking.has_decision();
        let decided = review.asking.has_decision() || self.application.past.iter().any(over);
        let mut asked = review.case.route.steps.iter().rev();
        let last = asked.find(|step| self.is_asked_approval(step));
        let is_last = last.is_some_and(|step| step.key == review.asking.step);
        let allowed = match self.definition.pull_back {
            PullBackPolicy::UntilFirstDecision => !decided,
            PullBackPolicy::UntilLastStep => !is_last,
            PullBackPolicy::Never => false,
        };
        if allowed {
            Ok(vec![Event::PulledBack { by }])
        } else {
            Err(RefusalCode::TooLate.into())
        }
    }

    /// Only the decision that passed the step before, and only while nobody has decided at the one that stands.
    pub(super) fn take_back(&self, review: &InApproval, by: PersonId) -> Decided {
        let round = self.application.round();
        let before = self.application.past.last();
        let before = before.filter(|asking| asking.round == round && asking.has_decision());
        let before = before.ok_or(RefusalCode::TooLate)?;
        let person = last_decider(before, &by).ok_or(RefusalCode::NotAssignee)?;
        if review.asking.has_decision() || review.held_by.is_some() {
            return Err(RefusalCode::TooLate.into());
        }
        Ok(vec![Event::TakenBack {
            by,
            person,
            opening: self.opening(Subject::from(&review.case), &before.step)?,
        }])
    }
}

/// Whose item it was, if this person was the last to approve.
fn last_decider(asking: &Asking, by: &PersonId) -> Option<PersonId> {
    let approvals = asking.items.iter().filter_map(|item| match &item.state {
        ItemState::Done {
            verdict: Verdict::Approve,
            at,
            by,
        } => Some((*at, &item.person, by.as_ref().unwrap_or(&item.person))),
        _ => None,
    });
    let last = approvals.clone().map(|(at, ..)| at).max()?;
    let mut acted = approvals.filter(|(at, _, actor)| *at == last && *actor == by);
    acted.next().map(|(_, person, _)| person.clone())
}
