//! `apply`: the state after an event. Live runs and recovery from the journal are this same code.

mod execution;
mod review;

use jiff::Timestamp;
use thiserror::Error;

use crate::application::{Application, Code, Event, State};

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
        return create(event).ok_or_else(|| misfit(Code::DR, event));
    };
    let code = application.code();
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

fn create(event: &Event) -> Option<Application> {
    let Event::Submitted {
        application,
        number,
        workflow,
        definition_version,
        applicant,
        viewers,
        source,
        payload,
    } = event
    else {
        return None;
    };
    Some(Application {
        id: application.clone(),
        number: number.clone(),
        workflow: workflow.clone(),
        definition_version: *definition_version,
        applicant: applicant.clone(),
        source: source.clone(),
        viewers: viewers.iter().cloned().collect(),
        files: Vec::new(),
        past: Vec::new(),
        state: State::Submitted {
            payload: payload.clone(),
        },
    })
}

fn change(application: &mut Application, state: State, event: &Event, at: Timestamp) -> Option<State> {
    match (state, event) {
        (state, Event::NotCounted { .. }) if !state.code().is_closed() => Some(state),
        (State::SentBack { .. } | State::PulledBack {}, Event::Resubmitted { source, payload, .. }) => {
            application.source = source.clone();
            application.files.clear();
            Some(State::Submitted {
                payload: payload.clone(),
            })
        }
        (State::Submitted { .. }, Event::Returned { issues }) => Some(State::SentBack {
            by: None,
            comment: None,
            issues: issues.clone(),
        }),
        (state @ State::Submitted { .. }, Event::Attached { files, .. }) => {
            application.files.clone_from(files);
            Some(state)
        }
        (State::Submitted { payload }, Event::Accepted { plan, route, opening }) => {
            review::accept(application, payload, plan, route, opening, at)
        }
        (State::InApproval(review), event) => review::change(application, review, event, at),
        (
            State::SentBack { .. } | State::PulledBack {} | State::Approved { .. },
            Event::Withdrawn { by, .. },
        ) => Some(State::Withdrawn { by: by.clone() }),
        (state, event) => execution::change(application, state, event, at),
    }
}
