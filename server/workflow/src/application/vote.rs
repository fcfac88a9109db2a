//! 判断: what those who are asked say, and what comes of it.

use crate::application::desk::{Decided, Desk, Subject};
use crate::application::seat::Seat;
use crate::application::{
    Channel, Choice, Event, InApproval, Refusal, RefusalCode, SendBackTo, Tally, Verdict, tally,
};
use crate::definition::SendBackPolicy;

/// What was said with it, and through what.
pub(super) type Said = (Option<String>, Channel);

impl Desk<'_> {
    pub(super) fn choose(&self, review: &InApproval, seat: Seat, choice: Choice, said: Said) -> Decided {
        let (comment, channel) = said;
        let channel = Some(channel);
        match choice {
            Choice::Approve => self.count(review, seat, Verdict::Approve, (comment, channel)),
            Choice::Finish if self.approval(&review.asking.step)?.is_final => {
                self.count(review, seat, Verdict::Finish, (comment, channel))
            }
            Choice::Finish => Err(RefusalCode::NotAllowed.into()),
            Choice::Reject => {
                let comment = Some(words(comment)?);
                self.count(review, seat, Verdict::Reject, (comment, channel))
            }
            Choice::SendBack(to) => {
                let comment = words(comment)?;
                self.send_back(review, seat, &to, (comment, channel))
            }
            Choice::Hold => self.hold(review, seat, (comment, channel)),
            Choice::Confirm if review.held_by.is_some() => Ok(vec![Event::Released {
                due: self.moved_deadline(review)?,
                on_behalf_of: seat.on_behalf_of(),
                by: seat.by,
                channel,
            }]),
            Choice::Confirm => Ok(vec![Event::Confirmed {
                on_behalf_of: seat.on_behalf_of(),
                by: seat.by,
                comment,
                channel,
            }]),
        }
    }

    pub(super) fn count(
        &self,
        review: &InApproval,
        seat: Seat,
        verdict: Verdict,
        (comment, channel): (Option<String>, Option<Channel>),
    ) -> Decided {
        let mut asking = review.asking.clone();
        asking.record((&seat.person, None), verdict, self.now);
        let mut events = vec![Event::Decided {
            on_behalf_of: seat.on_behalf_of(),
            by: seat.by,
            verdict,
            token: review.token,
            comment,
            channel,
        }];
        if verdict == Verdict::Finish {
            events.extend(self.approved(Subject::from(&review.case))?);
            return Ok(events);
        }
        let approval = self.approval(&asking.step)?;
        match tally(&asking, approval.into()) {
            Tally::Open => {}
            Tally::Rejected => events.push(Event::Rejected {}),
            Tally::Passed => events.extend(self.after(review)?),
        }
        Ok(events)
    }

    /// What follows the step that stands.
    pub(super) fn after(&self, review: &InApproval) -> Decided {
        let at = review.place()?;
        self.onward(Subject::from(&review.case), at + 1)
    }

    fn send_back(
        &self,
        review: &InApproval,
        seat: Seat,
        to: &SendBackTo,
        (comment, channel): (String, Option<Channel>),
    ) -> Decided {
        let policy = self.approval(&review.asking.step)?.send_back;
        let on_behalf_of = seat.on_behalf_of();
        let by = seat.by;
        match to {
            SendBackTo::Applicant {} if policy != SendBackPolicy::None => Ok(vec![Event::SentBack {
                by,
                comment,
                on_behalf_of,
                channel,
            }]),
            SendBackTo::Applicant {} => Err(RefusalCode::NotAllowed.into()),
            SendBackTo::Step { step } => {
                let targets = self.application.send_back_targets(self.definition);
                if !targets.contains(step) {
                    return Err(Refusal::new(RefusalCode::NoSuchTarget).with("step", step.as_str()));
                }
                let opening = self.opening(Subject::from(&review.case), step)?;
                Ok(vec![Event::SentBackToStep {
                    by,
                    comment,
                    opening,
                    on_behalf_of,
                    channel,
                }])
            }
        }
    }
}

/// 差戻し and 却下 must say why.
fn words(comment: Option<String>) -> Result<String, Refusal> {
    comment
        .filter(|comment| !comment.trim().is_empty())
        .ok_or_else(|| RefusalCode::CommentMissing.into())
}
