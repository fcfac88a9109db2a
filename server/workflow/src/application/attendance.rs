//! What becomes of a step when people who are asked leave the tenant, and when they come back.

use std::collections::BTreeSet;

use crate::application::{Application, Command, InApproval, ItemState, Rules, State, Stopped, Tally, tally};
use crate::definition::{Approval, Definition, RejectPolicy};
use crate::ids::PersonId;

/// Why a case is parked when too few of those asked are left. A code: the words stand in resource files.
pub const APPROVERS_LEFT: &str = "approvers_left";

/// The command that follows from who has left; none when the step can go on, or nothing is asked.
///
/// Votes that were given stay given. A step that too few are left for is parked, and goes on by itself once
/// enough of them are back.
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
        _ => None,
    }
}

/// Whether the quorum can still be reached, and whoever holds the step is there to release it.
fn can_settle(review: &InApproval, step: &Approval, left: &BTreeSet<PersonId>) -> bool {
    let mut asking = review.asking.clone();
    for item in &mut asking.items {
        if item.state == ItemState::Pending && left.contains(&item.person) {
            item.state = ItemState::Cancelled;
        }
    }
    let is_held = review
        .held_by
        .as_ref()
        .is_some_and(|holder| left.contains(holder));
    let rules = Rules {
        reject: RejectPolicy::Threshold,
        ..Rules::from(step)
    };
    // Opinions pass once nobody is waited for; that needs somebody to give one.
    let is_open = asking.pending().next().is_some() || asking.has_decision();
    !is_held && is_open && tally(&asking, rules) != Tally::Rejected
}
