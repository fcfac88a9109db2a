//! Commands while an application is in approval.

use crate::application::desk::{Decided, Desk};
use crate::application::{Command, Event, InApproval, Refusal};

pub(super) fn decide(desk: &Desk, review: &InApproval, command: Command) -> Decided {
    match command {
        Command::Decide {
            by,
            token,
            choice,
            comment,
            marks,
        } => {
            let seat = desk.seat(review, by, token, &marks)?;
            desk.choose(review, seat, choice, (comment, marks.channel))
        }
        Command::PullBack { by } => desk.pull_back(review, by),
        Command::TakeBack { by } => desk.take_back(review, by),
        Command::Withdraw { by, comment } => desk.withdraw(by, comment),
        Command::Release { by } => desk.release(review, by),
        Command::Attach { by, files } => Ok(vec![Event::Attached { by, files }]),
        Command::Park { why } => Ok(vec![Event::Parked { why }]),
        Command::Reassign { .. } => desk.reassign(&review.asking, command),
        Command::OfferPullUp { asking, absent } => desk.offer_pull_up(review, asking, absent),
        Command::PullUp {
            by,
            token,
            comment,
            marks,
        } => desk.pull_up(review, (by, token), comment, &marks),
        Command::Edit { .. } => desk.edit(review, command),
        Command::ChangeRoute { by, route, reason } => desk.change_route(review, by, route, reason),
        Command::Remind { asking, reminders } => desk.remind(review, asking, reminders),
        Command::MeetDeadline { asking } => desk.meet_deadline(review, asking),
        _ => Err(Refusal::not_now(desk.application.code())),
    }
}
