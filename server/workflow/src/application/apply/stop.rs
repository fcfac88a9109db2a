//! 強制終了: whatever is asked, nobody needs to answer any more, and what was done is kept.

use crate::application::{Application, Asking, ItemState, Progress, State, Stopped};

/// How far the execution got, if it had begun.
pub(super) fn leave(application: &mut Application, state: State) -> Option<Progress> {
    match state {
        State::InApproval(review)
        | State::NeedsAttention {
            stopped: Stopped::Review(review),
            ..
        } => {
            close(application, review.asking);
            None
        }
        State::ManualWork(working) => {
            close(application, working.asking);
            Some(working.progress)
        }
        State::Executing(progress) | State::Compensating(progress) => Some(progress),
        State::NeedsAttention {
            stopped:
                Stopped::Execution(progress) | Stopped::Compensation(progress) | Stopped::Deletions(progress),
            ..
        } => Some(*progress),
        _ => None,
    }
}

/// What was going on waits for an administrator, as after a failure.
pub(super) fn halt(application: &mut Application, state: State, why: &str) -> Option<State> {
    let is_undoing = matches!(state, State::Compensating(_));
    if !state.is_underway() {
        return None;
    }
    let progress = Box::new(leave(application, state)?);
    Some(State::NeedsAttention {
        stopped: if is_undoing {
            Stopped::Compensation(progress)
        } else {
            Stopped::Execution(progress)
        },
        why: why.to_owned(),
    })
}

fn close(application: &mut Application, mut asking: Asking) {
    asking.turn_pending(&ItemState::Cancelled);
    application.past.push(asking);
}
