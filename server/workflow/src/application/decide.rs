//! `decide`: what a command leads to. Pure; the journal takes what it returns.

use jiff::Timestamp;

use crate::application::desk::{Decided, Desk, reasoned};
use crate::application::{Application, Code, Command, Event, Refusal, RefusalCode, State, Terms};
use crate::application::{execution, intake, manual, review};

/// The events that a command leads to, or why it leads to none.
///
/// `application` is none before the first submission. `now` is used for deadlines only.
pub fn decide(application: Option<&Application>, command: Command, terms: Terms, now: Timestamp) -> Decided {
    let definition = terms.definition;
    let Some(application) = application else {
        return match command {
            Command::Submit(submission) => intake::submit(*submission, definition),
            _ => Err(Refusal::not_now(Code::DR)),
        };
    };
    if definition.key != application.workflow || definition.version != application.definition_version {
        let version = application.definition_version;
        return Err(Refusal::new(RefusalCode::OtherDefinition).with("version", version));
    }
    let desk = Desk {
        application,
        terms,
        definition,
        now,
    };
    match command {
        Command::Submit(_) => Err(RefusalCode::AlreadySubmitted.into()),
        Command::Acknowledge { .. }
        | Command::Object { .. }
        | Command::SettleObjection { .. }
        | Command::RemindOfNotice { .. } => desk.notices(command),
        Command::RemindOfExpiry { .. } | Command::MeetExpiry | Command::MoveExpiry { .. } => {
            desk.expiry(command)
        }
        Command::Number { number } => desk.number(number),
        Command::TurnDown { .. } | Command::Cancel { .. } | Command::Represent { .. } => {
            desk.anywhere(command)
        }
        command => desk.by_state(command),
    }
}

impl Desk<'_> {
    /// What is possible as long as the application is open.
    fn anywhere(&self, command: Command) -> Decided {
        let code = self.application.code();
        if code.is_closed() {
            return Err(Refusal::not_now(code));
        }
        match command {
            Command::TurnDown { by, reason } => Ok(vec![Event::NotCounted { by, reason }]),
            Command::Cancel { by, reason } => {
                reasoned(&reason)?;
                Ok(vec![if self.application.state.is_underway() {
                    Event::Halted { by, reason }
                } else {
                    Event::Cancelled { by, reason }
                }])
            }
            Command::Represent { deputies } if self.definition.deputies || deputies.is_empty() => {
                Ok(vec![Event::Represented { deputies }])
            }
            Command::Represent { .. } => Err(RefusalCode::NotAllowed.into()),
            _ => Err(Refusal::not_now(code)),
        }
    }

    fn by_state(&self, command: Command) -> Decided {
        match &self.application.state {
            State::Submitted { payload } => intake::submitted(self, payload, command),
            State::SentBack { .. } | State::PulledBack {} => intake::with_applicant(self, command),
            State::InApproval(state) => review::decide(self, state, command),
            State::ManualWork(working) => manual::decide(self, working, command),
            _ => execution::decide(self, command),
        }
    }
}
