//! What becomes of a step when people who are asked leave the tenant, and when they come back.

use std::collections::BTreeSet;

use crate::application::{Application, Asking, Command, InApproval, ItemState, Rules, State, Stopped};
use crate::application::{Tally, tally};
use crate::definition::{Approval, Definition, Kind, RejectPolicy};
use crate::ids::PersonId;

/// Why a case is parked when too few of those asked are left. A code: the words stand in resource files.
pub const APPROVERS_LEFT: &str = "approvers_left";
/// The same of work by hand.
pub const WORKERS_LEFT: &str = "workers_left";

/// The command that follows from who has left; none when the step can go on, or nothing is asked.
///
/// Votes that were given stay given. A step that too few are left for is parked, and goes on by itself once
/// enough of them are back. Work by hand stays asked for: it can be handed over, and administrators are told.
pub fn attendance(
    application: &Application,
    definition: &Definition,
    left: &BTreeSet<PersonId>,
) -> Option<Command> {
    match &application.state {
        State::InApproval(review) => {
            let step = definition.approval(&review.asking.step)?;
            (!can_settle(review, step, left)).then(|| Command::Park {
                why: APPROVERS_LEFT.to_owned(),
            })
        }
        State::NeedsAttention {
            stopped: Stopped::Review(review),
            why,
        } if why == APPROVERS_LEFT => {
            let step = definition.approval(&review.asking.step)?;
            can_settle(review, step, left).then_some(Command::Resume)
        }
        State::ManualWork(working) => {
            let Kind::ManualWork(work) = &definition.step(&working.asking.step)?.kind else {
                return None;
            };
            match (
                working.is_deserted,
                is_enough(&working.asking, Rules::from(work), left),
            ) {
                (false, false) => Some(Command::MissWorkers),
                (true, true) => Some(Command::Resume),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether the quorum can still be reached, and whoever holds the step is there to release it.
fn can_settle(review: &InApproval, step: &Approval, left: &BTreeSet<PersonId>) -> bool {
    let is_held = review
        .held_by
        .as_ref()
        .is_some_and(|holder| left.contains(holder));
    let rules = Rules {
        reject: RejectPolicy::Threshold,
        ..Rules::from(step)
    };
    !is_held && is_enough(&review.asking, rules, left)
}

/// Whether those who are left are enough.
fn is_enough(asking: &Asking, rules: Rules, left: &BTreeSet<PersonId>) -> bool {
    let mut asking = asking.clone();
    for item in &mut asking.items {
        if item.state == ItemState::Pending && left.contains(&item.person) {
            item.state = ItemState::Cancelled;
        }
    }
    // Opinions pass once nobody is waited for; that needs somebody to give one.
    let is_open = asking.pending().next().is_some() || asking.has_decision();
    is_open && tally(&asking, rules) != Tally::Rejected
}
