//! Commands from the last approval to the end.

use jiff::Timestamp;

use crate::application::decide::opening;
use crate::application::review::withdraw;
use crate::application::{Application, Case, Command, Event, Progress, Refusal, RefusalCode, State, Stopped};
use crate::definition::Definition;
use crate::ids::{PersonId, PlanStepId};
use crate::sealed::Plan;

type Decided = Result<Vec<Event>, Refusal>;

pub(super) fn decide(
    application: &Application,
    command: Command,
    definition: &Definition,
    now: Timestamp,
) -> Decided {
    match (&application.state, command) {
        (State::Approved { case }, Command::StartExecution) => {
            let mut events = vec![Event::ExecutionStarted {}];
            if case.plan.steps.is_empty() {
                events.push(Event::Completed {});
            }
            Ok(events)
        }
        (State::Approved { case }, Command::PlanChanged { plan }) => {
            ask_again(application, case, plan, definition, now)
        }
        (State::Approved { .. }, Command::Withdraw { by, comment }) => withdraw(application, by, comment),
        (State::Executing(progress), Command::PlanChanged { plan }) => {
            if progress.is_untouched() {
                ask_again(application, &progress.case, plan, definition, now)
            } else {
                Err(RefusalCode::AlreadyBegun.into())
            }
        }
        (State::Executing(progress), command) => run(application, progress, command),
        (State::NeedsAttention { stopped, .. }, command) => {
            attend(application, stopped, command, definition, now)
        }
        (State::Completed { .. }, Command::ShowPassword { to }) => Ok(vec![Event::PasswordShown { to }]),
        _ => Err(Refusal::not_now(application.code())),
    }
}

/// Back to the last approver, with what would be done now.
fn ask_again(
    application: &Application,
    case: &Case,
    plan: Plan,
    definition: &Definition,
    now: Timestamp,
) -> Decided {
    let last = definition.approvals.last().ok_or(RefusalCode::RouteMismatch)?;
    let opening = opening(application, (&case.payload, &plan), last, now);
    Ok(vec![Event::PlanChanged { plan, opening }])
}

fn is_open(progress: &Progress, step: &PlanStepId) -> Result<(), Refusal> {
    if progress.open().any(|open| open == step) {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::NoSuchPlanStep).with("step", step.as_str()))
}

fn run(application: &Application, progress: &Progress, command: Command) -> Decided {
    match command {
        Command::BeginStep { step, before } => {
            is_open(progress, &step)?;
            // The first look is the before-image: after that the step may have changed what stands there.
            if progress.begun.contains(&step) {
                return Err(Refusal::not_now(application.code()));
            }
            Ok(vec![Event::StepBegun { step, before }])
        }
        Command::FinishStep { step, receipt } => {
            is_open(progress, &step)?;
            let last = progress.open().count() == 1;
            let mut events = vec![Event::StepDone { step, receipt }];
            if last {
                events.push(Event::Completed {});
            }
            Ok(events)
        }
        Command::Park { why } => Ok(vec![Event::Parked { why }]),
        _ => Err(Refusal::not_now(application.code())),
    }
}

fn reasoned(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        return Err(RefusalCode::ReasonMissing.into());
    }
    Ok(())
}

fn attend(
    application: &Application,
    stopped: &Stopped,
    command: Command,
    definition: &Definition,
    now: Timestamp,
) -> Decided {
    match (stopped, command) {
        (Stopped::Execution(progress), Command::Retry { by }) => Ok(retry(progress, by)),
        (Stopped::Execution(progress), Command::Skip { by, step, reason }) => {
            reasoned(&reason)?;
            is_open(progress, &step)?;
            Ok(vec![Event::StepSkipped { by, step, reason }])
        }
        (Stopped::Execution(_), Command::AcceptAsIs { by, reason }) => {
            reasoned(&reason)?;
            Ok(vec![Event::AcceptedAsIs { by, reason }])
        }
        (Stopped::Review(_), Command::Resume) => Ok(vec![Event::Resumed {}]),
        (Stopped::Review(review), Command::Retry { by }) => {
            let step = definition
                .approval(&review.asking.step)
                .ok_or(RefusalCode::RouteMismatch)?;
            let opening = opening(application, (&review.case.payload, &review.case.plan), step, now);
            Ok(vec![Event::AskedAgain { by, opening }])
        }
        (Stopped::Review(_), Command::Withdraw { by, comment }) => withdraw(application, by, comment),
        _ => Err(Refusal::not_now(application.code())),
    }
}

fn retry(progress: &Progress, by: PersonId) -> Vec<Event> {
    let mut events = vec![Event::Retried { by }];
    if progress.open().next().is_none() {
        events.push(Event::Completed {});
    }
    events
}
