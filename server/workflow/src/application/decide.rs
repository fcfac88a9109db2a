//! `decide`: what a command leads to. Pure; the journal takes what it returns.

use jiff::{SignedDuration, Timestamp};

use crate::application::{
    Application, Code, Command, Event, Opening, Refusal, RefusalCode, State, Submission,
};
use crate::application::{execution, review};
use crate::definition::{Approval, Definition};
use crate::ids::StepKey;
use crate::sealed::{Asked, Payload, Plan, SealedFile};

type Decided = Result<Vec<Event>, Refusal>;

/// The events that a command leads to, or why it leads to none.
///
/// `application` is none before the first submission. `now` is used for deadlines only.
pub fn decide(
    application: Option<&Application>,
    command: Command,
    definition: &Definition,
    now: Timestamp,
) -> Decided {
    let Some(application) = application else {
        return match command {
            Command::Submit(submission) => submit(submission, definition),
            _ => Err(Refusal::not_now(Code::DR)),
        };
    };
    if definition.key != application.workflow || definition.version != application.definition_version {
        let version = application.definition_version;
        return Err(Refusal::new(RefusalCode::OtherDefinition).with("version", version));
    }
    match (&application.state, command) {
        (_, Command::Submit(_)) => Err(RefusalCode::AlreadySubmitted.into()),
        (_, Command::TurnDown { by, reason }) if !application.is_closed() => {
            Ok(vec![Event::NotCounted { by, reason }])
        }
        (State::SentBack { .. } | State::PulledBack {}, command @ Command::Resubmit { .. }) => {
            resubmit(application, command)
        }
        (State::Submitted { .. }, Command::Return { issues }) => Ok(vec![Event::Returned { issues }]),
        (State::Submitted { .. }, Command::Attach { by, files }) => Ok(vec![Event::Attached { by, files }]),
        (State::InApproval(state), command) => review::decide(application, state, command, definition, now),
        (State::Submitted { .. }, command @ Command::Accept { .. })
        | (State::SentBack { .. } | State::PulledBack {}, command @ Command::Withdraw { .. }) => {
            review::enter_or_end(application, command, definition, now)
        }
        (_, command) => execution::decide(application, command, definition, now),
    }
}

fn submit(submission: Submission, definition: &Definition) -> Decided {
    if submission.source.round != 1 {
        return Err(Refusal::new(RefusalCode::WrongRound).with("expected", 1));
    }
    Ok(vec![Event::Submitted {
        application: submission.application,
        number: submission.number,
        workflow: definition.key.clone(),
        definition_version: definition.version,
        applicant: submission.applicant,
        viewers: submission.viewers,
        source: submission.source,
        payload: Payload::seal(submission.values),
    }])
}

fn resubmit(application: &Application, command: Command) -> Decided {
    let Command::Resubmit { by, source, values } = command else {
        return Err(Refusal::not_now(application.code()));
    };
    if by != application.applicant {
        return Err(RefusalCode::NotApplicant.into());
    }
    let expected = application.round() + 1;
    if source.round != expected || source.inbox_item != application.source.inbox_item {
        return Err(Refusal::new(RefusalCode::WrongRound).with("expected", expected));
    }
    let payload = Payload::seal(values);
    Ok(vec![Event::Resubmitted { by, source, payload }])
}

/// Opens a step of the definition; `payload` and `plan` are what will be asked about.
pub(super) fn opening(
    application: &Application,
    (payload, plan): (&Payload, &Plan),
    step: &Approval,
    now: Timestamp,
) -> Opening {
    let asking = next_asking(application);
    let asked = Asked {
        application: &application.id,
        payload: payload.hash,
        plan: plan.hash,
        step: &step.key,
        round: application.round(),
        files: SealedFile::digest(&application.files),
        asking,
    };
    let days = |days: u32| {
        now.saturating_add(SignedDuration::from_hours(24 * i64::from(days)))
            .ok()
    };
    Opening {
        step: step.key.clone(),
        asking,
        token: asked.token(),
        due: step.due_days.and_then(days),
    }
}

fn next_asking(application: &Application) -> u32 {
    let last = application
        .past
        .iter()
        .map(|asking| asking.number)
        .max()
        .unwrap_or(0);
    let current = application.review().map_or(0, |review| review.asking.number);
    last.max(current) + 1
}

pub(super) fn position(definition: &Definition, step: &StepKey) -> Result<usize, Refusal> {
    let found = definition
        .approvals
        .iter()
        .position(|approval| approval.key == *step);
    found.ok_or_else(|| RefusalCode::RouteMismatch.into())
}
