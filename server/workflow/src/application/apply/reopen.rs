//! Events after which a step is asked again, and what counts no more then.

use jiff::Timestamp;

use crate::application::apply::review::{begin, open};
use crate::application::{Application, Asking, Case, Event, ItemState, Notice, Opening, State, WorkItem};
use crate::ids::PersonId;

/// The step before was closed already.
pub(super) fn change(
    application: &mut Application,
    mut case: Case,
    event: &Event,
    at: Timestamp,
) -> Option<State> {
    match event {
        Event::SentBackToStep { opening, .. } => {
            supersede_from(application, &case, opening)?;
            open(application, case, opening, at)
        }
        Event::Edited {
            payload,
            plan,
            route,
            opening,
            ..
        } => {
            case = Case {
                payload: payload.clone(),
                plan: plan.clone(),
                route: route.clone(),
            };
            supersede_from(application, &case, opening)?;
            open(application, case, opening, at)
        }
        Event::RouteChanged {
            route,
            opening: Some(opening),
            ..
        } => {
            application.past.last_mut()?.supersede();
            case.route = route.clone();
            open(application, case, opening, at)
        }
        Event::TakenBack { person, opening, .. } => take_back(application, case, (person, opening), at),
        _ => None,
    }
}

/// The step that was passed stands again: others' decisions there stay, and whoever was not needed is asked again.
fn take_back(
    application: &mut Application,
    case: Case,
    (person, opening): (&PersonId, &Opening),
    at: Timestamp,
) -> Option<State> {
    let round = application.round();
    let of_step = |asking: &&mut Asking| asking.step == opening.step && asking.round == round;
    let passed = application.past.iter_mut().rev().find(of_step)?;
    let again = |item: &WorkItem| match &item.state {
        ItemState::Done { .. } if item.person != *person => item.clone(),
        ItemState::Reassigned { .. } | ItemState::TimedOut | ItemState::PassedOver => item.clone(),
        _ => WorkItem::pending(item.person.clone()),
    };
    let asking = Asking {
        step: opening.step.clone(),
        round,
        number: opening.asking,
        items: passed.items.iter().map(again).collect(),
        waived: passed.waived,
    };
    passed.supersede();
    Some(begin(case, asking, opening, at))
}

/// Everything of the round counts no more.
pub(super) fn supersede_round(application: &mut Application) {
    let round = application.round();
    let of_round = application.past.iter_mut().filter(|asking| asking.round == round);
    of_round.for_each(Asking::supersede);
    let notices = application
        .notices
        .iter_mut()
        .filter(|notice| notice.round == round);
    notices.for_each(Notice::cancel);
}

/// The step that opens and all after it are decided anew.
pub(super) fn supersede_from(application: &mut Application, case: &Case, opening: &Opening) -> Option<()> {
    let round = application.round();
    let from = case.route.position(&opening.step)?;
    let later = |asking: &&mut Asking| {
        asking.round == round && case.route.position(&asking.step).is_none_or(|at| at >= from)
    };
    application
        .past
        .iter_mut()
        .filter(later)
        .for_each(Asking::supersede);
    Some(())
}
