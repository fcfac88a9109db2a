//! Events of an application that waits because it would delete too much.

use crate::application::{DELETIONS_HELD, Event, Progress, State, Stopped};

/// Nothing of it was begun.
pub(super) fn held(progress: Progress) -> State {
    State::NeedsAttention {
        stopped: Stopped::Deletions(Box::new(progress)),
        why: DELETIONS_HELD.to_owned(),
    }
}

pub(super) fn leave(mut progress: Progress, event: &Event) -> Option<State> {
    match event {
        Event::Retried { .. } => Some(State::Executing(progress)),
        Event::DeletionsAllowed { .. } => {
            progress.deletions_allowed = true;
            Some(State::Executing(progress))
        }
        Event::Withdrawn { by, .. } => Some(State::Withdrawn { by: by.clone() }),
        _ => None,
    }
}
