//! Events from the last approval to the end.

use jiff::Timestamp;

use crate::application::apply::{deletions, manual, reopen, review};
use crate::application::{Application, Case, Event, Progress, RowEnd, RowEnded, State, Stopped};

pub(super) fn change(
    application: &mut Application,
    state: State,
    event: &Event,
    at: Timestamp,
) -> Option<State> {
    match (state, event) {
        (State::Approved { case, starts }, event) => begin(application, (case, starts), event, at),
        (State::Executing(progress), Event::PlanChanged { .. }) if progress.is_untouched() => {
            ask_again(application, progress.case, event, at)
        }
        (State::Executing(progress), event) => run(application, progress, event),
        (State::Compensating(progress), event) => undo(progress, event),
        (state @ State::Completed { .. }, Event::PasswordShown { .. }) => Some(state),
        (State::NeedsAttention { stopped, why }, event) => attend(application, stopped, why, event, at),
        _ => None,
    }
}

fn begin(
    application: &mut Application,
    (case, starts): (Case, Option<Timestamp>),
    event: &Event,
    at: Timestamp,
) -> Option<State> {
    match event {
        Event::ExecutionStarted {} => Some(State::Executing(Progress::start(case))),
        Event::DeletionsHeld { .. } => Some(deletions::held(Progress::start(case))),
        Event::WorkOpened { opening } => manual::open(application, Progress::start(case), opening),
        Event::PlanChanged { .. } => ask_again(application, case, event, at),
        Event::PreparedAnew {} => Some(State::Submitted {
            payload: case.payload,
        }),
        Event::Withdrawn { by, .. } => Some(State::Withdrawn { by: by.clone() }),
        // Accepted with nobody to ask: what the rules say comes with it.
        Event::RuleApplied { then, .. } => {
            let passed = State::Approved {
                case: case.clone(),
                starts,
            };
            review::ruled(application, case, *then).or(Some(passed))
        }
        Event::Approved {} => Some(State::Approved { case, starts }),
        Event::Scheduled { at } => Some(State::Approved {
            case,
            starts: Some(*at),
        }),
        _ => None,
    }
}

fn ask_again(application: &mut Application, mut case: Case, event: &Event, at: Timestamp) -> Option<State> {
    match event {
        Event::PlanChanged { plan, opening } => {
            case.plan = plan.clone();
            reopen::supersede_from(application, &case, opening)?;
            review::open(application, case, opening, at)
        }
        _ => None,
    }
}

fn run(application: &mut Application, mut progress: Progress, event: &Event) -> Option<State> {
    match event {
        Event::PreparedAnew {} if progress.is_untouched() => Some(State::Submitted {
            payload: progress.case.payload,
        }),
        Event::DeletionsHeld { .. } if progress.is_untouched() => Some(deletions::held(progress)),
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
        Event::RowsBegun { rows } => {
            progress.begun.extend(rows.iter().map(|begun| begun.row.clone()));
            Some(State::Executing(progress))
        }
        Event::RowsEnded { rows } => {
            for ended in rows {
                end(&mut progress, ended);
            }
            Some(State::Executing(progress))
        }
        Event::WorkOpened { opening } => manual::open(application, progress, opening),
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

fn end(progress: &mut Progress, ended: &RowEnded) {
    match &ended.end {
        RowEnd::Done { .. } => progress.done.push(ended.row.clone()),
        RowEnd::Failed { why } => {
            progress.failed.insert(ended.row.clone(), why.clone());
        }
    }
}

fn undo(mut progress: Progress, event: &Event) -> Option<State> {
    match event {
        Event::StepCompensated { step, .. } => {
            progress.compensated.push(step.clone());
            Some(State::Compensating(progress))
        }
        Event::RowsCompensated { rows } => {
            for RowEnded { row, end } in rows {
                match end {
                    RowEnd::Done { .. } => progress.compensated.push(row.clone()),
                    RowEnd::Failed { why } => {
                        progress.failed.insert(row.clone(), why.clone());
                    }
                }
            }
            Some(State::Compensating(progress))
        }
        Event::Parked { why } => Some(State::NeedsAttention {
            stopped: Stopped::Compensation(Box::new(progress)),
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
        (Stopped::Deletions(progress), event) => deletions::leave(*progress, event),
        (Stopped::Execution(mut progress), Event::Retried { .. }) => {
            progress.failed.clear();
            Some(State::Executing(*progress))
        }
        (Stopped::Compensation(mut progress), Event::Retried { .. })
        | (Stopped::Execution(mut progress), Event::CompensationStarted { .. }) => {
            // A row that failed may have begun: it is undone too.
            progress.failed.clear();
            Some(State::Compensating(*progress))
        }
        (Stopped::Execution(mut progress), Event::StepSkipped { step, .. }) => {
            progress.skip(step);
            let stopped = Stopped::Execution(progress);
            Some(State::NeedsAttention { stopped, why })
        }
        (
            Stopped::Execution(progress) | Stopped::Compensation(progress),
            Event::AcceptedAsIs { reason, .. },
        ) => Some(State::Completed {
            progress: *progress,
            accepted: Some(reason.clone()),
        }),
        (Stopped::Execution(progress), Event::StepDone { .. } | Event::RowsEnded { .. }) => {
            match run(application, *progress, event)? {
                State::Executing(progress) => Some(still(Stopped::Execution(Box::new(progress)), why)),
                _ => None,
            }
        }
        (Stopped::Compensation(progress), Event::StepCompensated { .. } | Event::RowsCompensated { .. }) => {
            match undo(*progress, event)? {
                State::Compensating(progress) => Some(still(Stopped::Compensation(Box::new(progress)), why)),
                _ => None,
            }
        }
        (Stopped::Review(parked), Event::Resumed {}) => Some(State::InApproval(parked)),
        (Stopped::Review(parked), Event::AskedAgain { opening, .. }) => {
            let case = review::close(application, *parked);
            reopen::supersede_from(application, &case, opening)?;
            review::open(application, case, opening, at)
        }
        (Stopped::Review(parked), Event::Withdrawn { by, .. }) => {
            review::close(application, *parked);
            Some(State::Withdrawn { by: by.clone() })
        }
        _ => None,
    }
}

/// A call that was under way when the rest was stopped came to its end.
fn still(stopped: Stopped, why: String) -> State {
    State::NeedsAttention { stopped, why }
}
