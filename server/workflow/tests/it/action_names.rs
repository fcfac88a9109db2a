//! As which action of the transition table a command counts.

use workflow::application::SendBackTo;
use workflow::definition::AtDeadline;
use workflow::{Application, Choice, Command, Definition};

/// The deadline's action is the one of the step that stands.
pub(crate) fn action_name(
    command: &Command,
    before: Option<&Application>,
    definition: &Definition,
) -> &'static str {
    match command {
        Command::Submit(_) | Command::Resubmit { .. } => "T2",
        Command::Accept { .. } => "T3",
        Command::Return { .. } => "T4",
        Command::Decide { choice, .. } => decision(choice),
        Command::TakeBack { .. } => "T9",
        Command::PullBack { .. } => "T10",
        Command::Withdraw { .. } => "T11",
        Command::Release { .. } => "T12 release",
        Command::Reassign { .. } => "T13",
        Command::PullUp { .. } => "T14",
        Command::Acknowledge { .. } | Command::Object { .. } => "T15",
        Command::Remind { .. } => "T16 remind",
        Command::MeetDeadline { .. } => deadline(before, definition),
        Command::ChangeRoute { .. } => "T17",
        Command::Cancel { .. } => "T18",
        Command::StartExecution => "T19",
        Command::HoldDeletions { .. } => "T19 threshold",
        Command::PlanChanged { .. } => "T19 changed",
        Command::FinishStep { .. } | Command::EndRows { .. } => "T20 done",
        Command::Park { .. } => "T20 failed",
        Command::FinishWork { .. } => "T21",
        Command::DeclineWork { .. } => "T21 impossible",
        Command::Retry { .. } => "T22 retry",
        Command::Skip { .. } => "T22 skip",
        Command::Compensate { .. } => "T22 compensate",
        Command::AcceptAsIs { .. } => "T22 accept",
        command => of_our_own(command),
    }
}

fn decision(choice: &Choice) -> &'static str {
    match choice {
        Choice::Approve => "T5",
        Choice::Finish => "T6",
        Choice::SendBack(SendBackTo::Applicant {}) => "T7 to applicant",
        Choice::SendBack(SendBackTo::Step { .. }) => "T7 to step",
        Choice::Reject => "T8",
        Choice::Hold => "T12 hold",
        Choice::Confirm => "T12 release",
    }
}

/// At the deadline of work by hand people are reminded.
fn deadline(before: Option<&Application>, definition: &Definition) -> &'static str {
    let review = before.and_then(Application::review);
    let step = review.and_then(|review| definition.approval(&review.asking.step));
    match step.map(|step| &step.at_deadline) {
        None | Some(AtDeadline::Remind {}) => "T16 remind",
        Some(AtDeadline::Escalate { .. }) => "T16 escalate",
        Some(AtDeadline::Approve {}) => "T16 approve",
        Some(AtDeadline::Reject {}) => "T16 reject",
        Some(AtDeadline::SendBack {}) => "T16 send back",
        Some(AtDeadline::Expire {}) => "T16 expire",
    }
}

/// What the specification's table does not name.
fn of_our_own(command: &Command) -> &'static str {
    match command {
        Command::Edit { .. } => "F12 edit",
        Command::Attach { .. } => "attach",
        Command::Number { .. } => "number",
        Command::OfferPullUp { .. } => "offer to go ahead",
        Command::SettleObjection { .. } => "settle objection",
        Command::Represent { .. } => "represent",
        Command::RemindOfNotice { .. } => "remind of notice",
        Command::RemindOfExpiry { .. } | Command::MeetExpiry | Command::MoveExpiry { .. } => "expiry",
        Command::AllowDeletions { .. } => "allow deletions",
        Command::BeginStep { .. } | Command::BeginRows { .. } => "begin",
        Command::MissWorkers => "miss workers",
        Command::Resume => "resume",
        Command::FinishCompensation { .. } | Command::EndRowCompensations { .. } => "undone",
        Command::TurnDown { .. } => "turn down",
        Command::ShowPassword { .. } => "show password",
        other => panic!("an action without a name: {other:?}"),
    }
}
