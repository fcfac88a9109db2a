//! `apply`: the state after an event. Live runs and recovery from the journal are this same code.

mod beside;
mod deletions;
mod execution;
mod intake;
mod manual;
mod reopen;
mod review;
mod stay;
mod stop;

use jiff::Timestamp;
use thiserror::Error;

use crate::application::{Application, Code, Event, Progress, State, expiry};

/// The journal says something that cannot have happened in this state: it was not written by us.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("an event does not fit the state {state:?}: {event:?}")]
pub struct Misfit {
    /// DR: there was no application yet.
    pub state: Code,
    pub event: Box<Event>,
}

/// The application after an event that happened at `at`.
pub fn apply(application: Option<Application>, event: &Event, at: Timestamp) -> Result<Application, Misfit> {
    let Some(mut application) = application else {
        return intake::create(event).ok_or_else(|| misfit(Code::DR, event));
    };
    let code = application.code();
    if beside::changes(event) {
        return beside::change(&mut application, event, at)
            .map(|()| application)
            .ok_or_else(|| misfit(code, event));
    }
    if matches!(event, Event::Approved {}) {
        expiry::change(&mut application, event, at);
    }
    let state = take(&mut application);
    match change(&mut application, state, event, at) {
        Some(state) => {
            application.state = state;
            Ok(application)
        }
        None => Err(misfit(code, event)),
    }
}

/// The application that a journal tells of; none for an empty journal.
pub fn replay<'a>(
    events: impl IntoIterator<Item = (Timestamp, &'a Event)>,
) -> Result<Option<Application>, Misfit> {
    events.into_iter().try_fold(None, |application, (at, event)| {
        apply(application, event, at).map(Some)
    })
}

fn misfit(state: Code, event: &Event) -> Misfit {
    Misfit {
        state,
        event: Box::new(event.clone()),
    }
}

/// Moves the state out; `apply` owns the application and puts the next one in, or drops it.
fn take(application: &mut Application) -> State {
    std::mem::replace(&mut application.state, State::PulledBack {})
}

fn change(application: &mut Application, state: State, event: &Event, at: Timestamp) -> Option<State> {
    match (state, event) {
        (state, Event::Cancelled { by, reason }) if !state.code().is_closed() => {
            let progress = stop::leave(application, state).filter(Progress::has_left_traces);
            Some(State::Cancelled {
                by: by.clone(),
                reason: reason.clone(),
                progress: progress.map(Box::new),
            })
        }
        (state, Event::Halted { reason, .. }) => stop::halt(application, state, reason),
        (state @ (State::SentBack { .. } | State::PulledBack {} | State::Submitted { .. }), event) => {
            intake::change(application, state, event, at)
        }
        (State::InApproval(review), event) => review::change(application, review, event, at),
        (State::ManualWork(working), event) => manual::change(application, *working, event, at),
        (state, event) => execution::change(application, state, event, at),
    }
}
