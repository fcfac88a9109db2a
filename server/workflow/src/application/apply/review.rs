//! Events while an application is in approval.

use jiff::Timestamp;

use crate::application::{Application, Asking, Case, Event, InApproval, ItemState, Opening, State, Stopped};
use crate::application::{Verdict, WorkItem};
use crate::route::Route;
use crate::sealed::{Payload, Plan};

pub(super) fn accept(
    application: &Application,
    payload: Payload,
    plan: &Plan,
    route: &Route,
    opening: &Opening,
    at: Timestamp,
) -> Option<State> {
    let case = Case {
        payload,
        plan: plan.clone(),
        route: route.clone(),
    };
    open(application, case, opening, at)
}

/// Begins a step; nothing if the route does not know it.
pub(super) fn open(application: &Application, case: Case, opening: &Opening, at: Timestamp) -> Option<State> {
    let asked = case.route.step(&opening.step)?;
    let item = |person: &crate::ids::PersonId| WorkItem {
        person: person.clone(),
        state: ItemState::Pending,
    };
    let asking = Asking {
        step: opening.step.clone(),
        round: application.round(),
        number: opening.asking,
        items: asked.assignees.iter().map(item).collect(),
    };
    Some(State::InApproval(Box::new(InApproval {
        case,
        asking,
        token: opening.token,
        since: at,
        due: opening.due,
        held_by: None,
    })))
}

pub(super) fn change(
    application: &mut Application,
    mut review: Box<InApproval>,
    event: &Event,
    at: Timestamp,
) -> Option<State> {
    match event {
        Event::Decided {
            by, verdict, token, ..
        } if *token == review.token => {
            review.held_by = None;
            let open = review.asking.record(by, *verdict, at);
            open.then_some(State::InApproval(review))
        }
        Event::Held { by, .. } => {
            review.held_by = Some(by.clone());
            Some(State::InApproval(review))
        }
        Event::Released { .. } => {
            review.held_by = None;
            Some(State::InApproval(review))
        }
        Event::Confirmed { .. } => Some(State::InApproval(review)),
        Event::Attached { files, .. } => {
            application.files.extend_from_slice(files);
            Some(State::InApproval(review))
        }
        Event::Parked { why } => Some(State::NeedsAttention {
            stopped: Stopped::Review(review),
            why: why.clone(),
        }),
        event => leave(application, *review, event, at),
    }
}

/// The events that end an asking.
fn leave(
    application: &mut Application,
    mut review: InApproval,
    event: &Event,
    at: Timestamp,
) -> Option<State> {
    if let Event::SentBack { by, .. } | Event::SentBackToStep { by, .. } = event {
        review.asking.record(by, Verdict::SendBack, at);
    }
    let case = close(application, review);
    match event {
        Event::StepPassed { opening } => open(application, case, opening, at),
        Event::Approved {} => Some(State::Approved { case }),
        Event::Rejected {} => Some(State::Rejected { case }),
        Event::SentBack { by, comment } => {
            supersede_round(application);
            Some(State::SentBack {
                by: Some(by.clone()),
                comment: Some(comment.clone()),
                issues: Vec::new(),
            })
        }
        Event::SentBackToStep { opening, .. } => {
            supersede_from(application, &case, opening)?;
            open(application, case, opening, at)
        }
        Event::PulledBack { .. } => {
            supersede_round(application);
            Some(State::PulledBack {})
        }
        Event::Withdrawn { by, .. } => Some(State::Withdrawn { by: by.clone() }),
        _ => None,
    }
}

/// The asking is over: it joins the past, and nobody needs to answer any more.
pub(super) fn close(application: &mut Application, review: InApproval) -> Case {
    let mut asking = review.asking;
    asking.cancel_pending();
    application.past.push(asking);
    review.case
}

fn supersede_round(application: &mut Application) {
    let round = application.round();
    let of_round = application.past.iter_mut().filter(|asking| asking.round == round);
    of_round.for_each(Asking::supersede);
}

/// The step that opens and all after it are decided anew.
pub(super) fn supersede_from(application: &mut Application, case: &Case, opening: &Opening) -> Option<()> {
    let round = application.round();
    let from = case.route.position(&opening.step)?;
    let later = |asking: &&mut Asking| {
        asking.round == round && case.route.position(&asking.step).is_some_and(|at| at >= from)
    };
    application
        .past
        .iter_mut()
        .filter(later)
        .for_each(Asking::supersede);
    Some(())
}
