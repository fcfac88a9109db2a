//! Events while an application is in approval.

use jiff::Timestamp;

use crate::application::apply::stay::stay;
use crate::application::apply::{beside, reopen};
use crate::application::{
    Application, Asking, Case, Elapsed, Event, InApproval, ItemState, NoticeKind, Opening, State, Stopped,
    Verdict, WorkItem,
};
use crate::definition::Then;
use crate::route::SkipReason;

/// Who is asked when a step of the route opens; nothing if the route does not know it.
pub(super) fn asking(application: &Application, case: &Case, opening: &Opening) -> Option<Asking> {
    let asked = case.route.step(&opening.step)?;
    Some(Asking {
        step: opening.step.clone(),
        round: application.round(),
        number: opening.asking,
        items: asked.assignees.iter().cloned().map(WorkItem::pending).collect(),
        waived: u32::try_from(asked.waived.len()).unwrap_or(u32::MAX),
    })
}

/// Begins a step.
pub(super) fn open(application: &Application, case: Case, opening: &Opening, at: Timestamp) -> Option<State> {
    let asking = asking(application, &case, opening)?;
    Some(begin(case, asking, opening, at))
}

pub(super) fn begin(case: Case, asking: Asking, opening: &Opening, at: Timestamp) -> State {
    State::InApproval(Box::new(InApproval {
        case,
        asking,
        token: opening.token,
        since: at,
        due: opening.due,
        held_by: None,
        held_at: None,
        is_late: false,
        reminded: std::collections::BTreeSet::new(),
        pull_up: std::collections::BTreeSet::new(),
    }))
}

pub(super) fn change(
    application: &mut Application,
    mut review: Box<InApproval>,
    event: &Event,
    at: Timestamp,
) -> Option<State> {
    match event {
        Event::Parked { why } => Some(State::NeedsAttention {
            stopped: Stopped::Review(review),
            why: why.clone(),
        }),
        Event::Attached { files, .. } => {
            application.files.extend_from_slice(files);
            Some(State::InApproval(review))
        }
        event => match stay(&mut review, event, at) {
            Some(fits) => fits.then_some(State::InApproval(review)),
            None => leave(application, *review, event, at),
        },
    }
}

/// The events that end an asking.
fn leave(
    application: &mut Application,
    mut review: InApproval,
    event: &Event,
    at: Timestamp,
) -> Option<State> {
    if let Event::SentBack { by, on_behalf_of, .. } | Event::SentBackToStep { by, on_behalf_of, .. } = event {
        let deputy = on_behalf_of.as_ref().map(|_| by);
        let person = on_behalf_of.as_ref().unwrap_or(by);
        review.asking.record((person, deputy), Verdict::SendBack, at);
    }
    match event {
        Event::DeadlinePassed { elapsed } => {
            review.asking.turn_pending(&ItemState::TimedOut);
            let case = close(application, review);
            end_late(application, case, elapsed)
        }
        Event::PulledUp {
            jumped,
            reviewers,
            review_due,
            opening,
            ..
        } => {
            review.asking.turn_pending(&ItemState::PassedOver);
            let mut case = close(application, review);
            let round = application.round();
            let step = jumped.first()?;
            let notice = beside::notice((step, NoticeKind::PostReview), reviewers, round, *review_due);
            application.notices.push(notice);
            let passed = case
                .route
                .steps
                .iter_mut()
                .filter(|step| jumped.contains(&step.key));
            passed.for_each(|step| step.skipped = Some(SkipReason::PullUp));
            open(application, case, opening, at)
        }
        event => {
            let case = close(application, review);
            end(application, case, event, at)
        }
    }
}

fn end(application: &mut Application, case: Case, event: &Event, at: Timestamp) -> Option<State> {
    match event {
        Event::StepPassed { opening } => open(application, case, opening, at),
        Event::Approved {} => Some(State::Approved { case, starts: None }),
        Event::Rejected {} => Some(State::Rejected { case }),
        Event::RuleApplied { then, .. } => ruled(application, case, *then),
        Event::SentBack { by, comment, .. } => {
            reopen::supersede_round(application);
            Some(State::SentBack {
                by: Some(by.clone()),
                comment: Some(comment.clone()),
                issues: Vec::new(),
            })
        }
        Event::PulledBack { .. } => {
            reopen::supersede_round(application);
            Some(State::PulledBack {})
        }
        Event::Withdrawn { by, .. } => Some(State::Withdrawn { by: by.clone() }),
        event => reopen::change(application, case, event, at),
    }
}

/// An automatic step that ends the approval.
pub(super) fn ruled(application: &mut Application, case: Case, then: Then) -> Option<State> {
    match then {
        Then::Reject => Some(State::Rejected { case }),
        Then::Return => Some(back(application)),
        Then::Pass | Then::Finish => None,
    }
}

/// Back to the applicant, by no person.
fn back(application: &mut Application) -> State {
    reopen::supersede_round(application);
    State::SentBack {
        by: None,
        comment: None,
        issues: Vec::new(),
    }
}

fn end_late(application: &mut Application, case: Case, elapsed: &Elapsed) -> Option<State> {
    match elapsed {
        Elapsed::Reject {} => Some(State::Rejected { case }),
        Elapsed::Expire {} => Some(State::Expired { case }),
        Elapsed::SendBack {} => Some(back(application)),
        Elapsed::Remind {} | Elapsed::Approve {} | Elapsed::Escalate { .. } => None,
    }
}

/// The asking is over: it joins the past, and nobody needs to answer any more.
pub(super) fn close(application: &mut Application, review: InApproval) -> Case {
    let mut asking = review.asking;
    asking.turn_pending(&ItemState::Cancelled);
    application.past.push(asking);
    review.case
}
