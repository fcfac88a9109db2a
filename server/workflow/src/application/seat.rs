//! For whom a person acts: himself, or the one whose deputy he is.

use crate::application::desk::Desk;
use crate::application::{Asking, InApproval, Marks, Refusal, RefusalCode};
use crate::ids::PersonId;
use crate::sealed::StepToken;

/// The item that an act is about.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    /// Whose item it is.
    pub(super) person: PersonId,
    pub(super) by: PersonId,
}

impl Seat {
    /// Said in events only if somebody else acted.
    pub(super) fn on_behalf_of(&self) -> Option<PersonId> {
        (self.person != self.by).then(|| self.person.clone())
    }
}

impl InApproval {
    /// The place on the route of the step that stands.
    pub(super) fn place(&self) -> Result<usize, Refusal> {
        let at = self.case.route.position(&self.asking.step);
        at.ok_or_else(|| RefusalCode::RouteMismatch.into())
    }
}

impl Desk<'_> {
    /// The open item that a person may decide now.
    pub(super) fn seat(
        &self,
        review: &InApproval,
        by: PersonId,
        token: StepToken,
        marks: &Marks,
    ) -> Result<Seat, Refusal> {
        if token != review.token {
            return Err(RefusalCode::StaleStep.into());
        }
        let seat = self.seat_at(&review.asking, by, marks)?;
        match &review.held_by {
            Some(holder) if *holder != seat.person => {
                Err(Refusal::new(RefusalCode::HeldByOther).with("by", holder.as_str()))
            }
            _ => Ok(seat),
        }
    }

    /// His own item first; then, in the order of the step, that of somebody whose deputy he is.
    pub(super) fn seat_at(&self, asking: &Asking, by: PersonId, marks: &Marks) -> Result<Seat, Refusal> {
        let fits = |person: &PersonId| {
            let is_meant = marks.on_behalf_of.as_ref().is_none_or(|meant| meant == person);
            is_meant && self.may_act_for(person, &by)
        };
        let people = || {
            asking
                .items
                .iter()
                .map(|item| &item.person)
                .filter(|person| fits(person))
        };
        if people().next().is_none() {
            return Err(RefusalCode::NotAssignee.into());
        }
        let open = || people().filter(|person| asking.is_pending(person));
        let found = open().find(|person| **person == by).or_else(|| open().next());
        let person = found.cloned().ok_or(RefusalCode::AlreadyDecided)?;
        Ok(Seat { person, by })
    }

    pub(super) fn may_act_for(&self, person: &PersonId, by: &PersonId) -> bool {
        person == by || self.application.deputies_of(person).any(|deputy| deputy == by)
    }
}
