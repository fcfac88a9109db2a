//! 一括振替: what has to be done to one application so that another person stands where one stood.

use std::collections::BTreeSet;

use crate::application::{APPROVERS_LEFT, Application, Authority, Command, InApproval, State, Stopped};
use crate::definition::{Definition, SelfRule};
use crate::ids::PersonId;
use crate::route::Route;

/// From whom to whom an administrator hands over, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    pub by: PersonId,
    pub from: PersonId,
    pub to: PersonId,
    pub reason: String,
}

/// The commands, in order; none if nothing of his is left there: asking again after it was done asks for nothing.
///
/// What waits for him now is reassigned; later steps of the frozen route ask the other instead.
pub fn hand_over(application: &Application, definition: &Definition, wish: &HandOver) -> Vec<Command> {
    let mut commands = Vec::new();
    let asking = match &application.state {
        State::InApproval(review) => Some(&review.asking),
        State::ManualWork(working) => Some(&working.asking),
        State::NeedsAttention {
            stopped: Stopped::Review(review),
            why,
        } if why == APPROVERS_LEFT => Some(&review.asking),
        _ => None,
    };
    if asking.is_some_and(|asking| asking.is_pending(&wish.from)) {
        if matches!(application.state, State::NeedsAttention { .. }) {
            commands.push(Command::Resume);
        }
        commands.push(Command::Reassign {
            by: wish.by.clone(),
            authority: Authority::Administrator,
            from: wish.from.clone(),
            to: wish.to.clone(),
            reason: wish.reason.clone(),
        });
    }
    if let State::InApproval(review) = &application.state {
        commands.extend(later(application, definition, (review, wish)));
    }
    commands
}

/// The route with the other in his place from the next step on; none if he is not there.
fn later(
    application: &Application,
    definition: &Definition,
    (review, wish): (&InApproval, &HandOver),
) -> Option<Command> {
    // Nobody is asked about his own application: such steps stay, and are told as left.
    if wish.to == application.applicant && definition.self_rule != SelfRule::Allow {
        return None;
    }
    let route = &review.case.route;
    let at = route.position(&review.asking.step)?;
    let mut changed: Route = route.clone();
    for step in changed.steps.iter_mut().skip(at + 1) {
        put(&mut step.assignees, wish);
        put(&mut step.escalation, wish);
    }
    (changed != *route).then(|| Command::ChangeRoute {
        by: wish.by.clone(),
        route: changed,
        reason: wish.reason.clone(),
    })
}

fn put(people: &mut BTreeSet<PersonId>, wish: &HandOver) {
    if people.remove(&wish.from) {
        people.insert(wish.to.clone());
    }
}
