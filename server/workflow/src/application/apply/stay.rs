//! Events after which the same step stands.

use jiff::Timestamp;

use crate::application::{Asking, Elapsed, Event, InApproval, ItemState, WorkItem};
use crate::definition::Then;
use crate::ids::PersonId;

/// The events after which the same step stands, and whether this one fits; none for others.
pub(super) fn stay(review: &mut InApproval, event: &Event, at: Timestamp) -> Option<bool> {
    match event {
        Event::Decided { .. } => Some(decided(review, event, at)),
        Event::Held { by, on_behalf_of, .. } => {
            review.held_by = Some(on_behalf_of.as_ref().unwrap_or(by).clone());
            review.held_at = Some(at);
            Some(true)
        }
        Event::Released { due, .. } => {
            let_go(review);
            review.due = due.or(review.due);
            Some(true)
        }
        Event::Confirmed { .. }
        | Event::RuleApplied {
            then: Then::Pass | Then::Finish,
            ..
        } => Some(true),
        Event::Reassigned { from, to, .. } => {
            // What was handed over is not held by its former owner any more.
            if review.held_by.as_ref() == Some(from) {
                let_go(review);
            }
            Some(hand_over(&mut review.asking, from, to))
        }
        Event::PullUpOffered { to } => {
            review.pull_up.clone_from(to);
            Some(true)
        }
        Event::Reminded { reminders } => {
            review.reminded.extend(reminders);
            Some(true)
        }
        Event::DeadlinePassed { elapsed } => stay_late(review, elapsed),
        Event::RouteChanged {
            route, opening: None, ..
        } => {
            review.case.route = route.clone();
            review.pull_up.clear();
            Some(true)
        }
        _ => None,
    }
}

/// Whoever decides while he holds the step lets go of it.
fn decided(review: &mut InApproval, event: &Event, at: Timestamp) -> bool {
    let Event::Decided {
        by,
        verdict,
        token,
        on_behalf_of,
        ..
    } = event
    else {
        return false;
    };
    let_go(review);
    let person = on_behalf_of.as_ref().unwrap_or(by);
    let deputy = on_behalf_of.as_ref().map(|_| by);
    *token == review.token && review.asking.record((person, deputy), *verdict, at)
}

fn let_go(review: &mut InApproval) {
    review.held_by = None;
    review.held_at = None;
}

pub(super) fn hand_over(asking: &mut Asking, from: &PersonId, to: &PersonId) -> bool {
    let handed = asking.turn(from, ItemState::Reassigned { to: to.clone() });
    asking.items.push(WorkItem::pending(to.clone()));
    handed
}

/// Deadlines after which the step stands.
fn stay_late(review: &mut InApproval, elapsed: &Elapsed) -> Option<bool> {
    match elapsed {
        Elapsed::Remind {} => {}
        Elapsed::Approve {} => review.asking.turn_pending(&ItemState::TimedOut),
        Elapsed::Escalate { to, replace } => {
            if *replace {
                review.asking.turn_pending(&ItemState::TimedOut);
                let_go(review);
            }
            let new = to.iter().cloned().map(WorkItem::pending);
            review.asking.items.extend(new);
        }
        Elapsed::Reject {} | Elapsed::SendBack {} | Elapsed::Expire {} => return None,
    }
    review.is_late = true;
    Some(true)
}
