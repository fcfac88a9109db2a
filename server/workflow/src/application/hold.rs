//! 保留 and 解除: who holds a step, and what that does to its deadline.

use jiff::Timestamp;

use crate::application::desk::{Decided, Desk};
use crate::application::seat::Seat;
use crate::application::{Channel, Event, InApproval, Refusal, RefusalCode};
use crate::definition::Hold;
use crate::ids::PersonId;

impl Desk<'_> {
    pub(super) fn hold(
        &self,
        review: &InApproval,
        seat: Seat,
        (comment, channel): (Option<String>, Option<Channel>),
    ) -> Decided {
        if self.approval(&review.asking.step)?.hold == Hold::Forbidden {
            return Err(RefusalCode::NotAllowed.into());
        }
        Ok(vec![Event::Held {
            on_behalf_of: seat.on_behalf_of(),
            by: seat.by,
            comment,
            channel,
        }])
    }

    /// By an administrator.
    pub(super) fn release(&self, review: &InApproval, by: PersonId) -> Decided {
        if review.held_by.is_none() {
            return Err(Refusal::not_now(self.application.code()));
        }
        Ok(vec![Event::Released {
            by,
            due: self.moved_deadline(review)?,
            on_behalf_of: None,
            channel: None,
        }])
    }

    /// The deadline moves by as long as the step was held, where the clock stops.
    pub(super) fn moved_deadline(&self, review: &InApproval) -> Result<Option<Timestamp>, Refusal> {
        if self.approval(&review.asking.step)?.hold != Hold::StopsClock {
            return Ok(None);
        }
        let moved = review.due.zip(review.held_at).and_then(|(due, held_at)| {
            let held = self.now.duration_since(held_at);
            due.saturating_add(held).ok()
        });
        Ok(moved)
    }
}
