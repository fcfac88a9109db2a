//! Events from the last approval to the end.

use jiff::Timestamp;

use crate::application::apply::review;
use crate::application::{Application, Case, Event, Progress, State, Stopped};

pub(super) fn change(
    application: &mut Application,
    state: State,
    event: &Event,
    at: Timestamp,
) -> Option<State> {
    match (state, event) {
        (State::Approved { case }, Event::ExecutionStarted {}) => Some(State::Executing(Progress {
            case,
            begun: Vec::new(),
            done: Vec::new(),
            skipped: Vec::new(),
        })),
        (State::Approved { case }, Event::PlanChanged { .. }) => ask_again(application, case, event, at),
        (State::Executing(progress), Event::PlanChanged { .. }) if progress.is_untouched() => {
            ask_again(application, progress.case, event, at)
        }
        (State::Executing(progress), event) => run(progress, event),
        (state @ State::Completed { .. }, Event::PasswordShown { .. }) => Some(state),
        (State::NeedsAttention { stopped, why }, event) => attend(application, stopped, why, event, at),
        _ => None,
    }
}

fn ask_again(application: &mut Application, mut case: Case, event: &Event, at: Timestamp) -> Option<State> {
    let Event::PlanChanged { plan, opening } = event else {
        return None;
    };
    case.plan = plan.clone();
    review::supersede_from(application, &case, opening)?;
    review::open(application, case, opening, at)
}

fn run(mut progress: Progress, event: &Event) -> Option<State> {
    match event {
        Event::StepBegun { step, .. } => {
            if !progress.begun.contains(step) {
                progress.begun.push(step.clone());
            }
            Some(State::Executing(progress))
        }
        Event::StepDone { step, .. } => {
            progress.done.push(step.clone());
            Some(State::Executing(progress))
        }
        Event::Parked { why } => Some(State::NeedsAttention {
            stopped: Stopped::Execution(Box::new(progress)),
            why: why.clone(),
        }),
        Event::Completed {} => Some(State::Completed {
            progress,
            accepted: None,
        }),
        _ => None,
    }
}

fn attend(
    application: &mut Application,
    stopped: Stopped,
    why: String,
    event: &Event,
    at: Timestamp,
) -> Option<State> {
    match (stopped, event) {
        (Stopped::Execution(progress), Event::Retried { .. }) => Some(State::Executing(*progress)),
        (Stopped::Execution(mut progress), Event::StepSkipped { step, .. }) => {
            progress.skipped.push(step.clone());
            let stopped = Stopped::Execution(progress);
            Some(State::NeedsAttention { stopped, why })
        }
        (Stopped::Execution(progress), Event::AcceptedAsIs { reason, .. }) => Some(State::Completed {
            progress: *progress,
            accepted: Some(reason.clone()),
        }),
        (Stopped::Review(parked), Event::Resumed {}) => Some(State::InApproval(parked)),
        (Stopped::Review(parked), Event::AskedAgain { opening, .. }) => {
            let case = review::close(application, *parked);
            review::supersede_from(application, &case, opening)?;
            review::open(application, case, opening, at)
        }
        (Stopped::Review(parked), Event::Withdrawn { by, .. }) => {
            review::close(application, *parked);
            Some(State::Withdrawn { by: by.clone() })
        }
        _ => None,
    }
}
