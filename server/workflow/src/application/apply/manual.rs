//! Events of work by hand.

use jiff::Timestamp;

use crate::application::apply::review::asking;
use crate::application::apply::stay::hand_over;
use crate::application::{Application, Asking, Event, ItemState, Opening, Progress, State, Stopped};
use crate::application::{Verdict, Working};
use crate::ids::PersonId;

pub(super) fn open(application: &Application, mut progress: Progress, opening: &Opening) -> Option<State> {
    progress.declined.retain(|step| *step != opening.step);
    let asking = asking(application, &progress.case, opening)?;
    Some(State::ManualWork(Box::new(Working {
        progress,
        asking,
        token: opening.token,
        due: opening.due,
        is_late: false,
        is_deserted: false,
        proof: Vec::new(),
    })))
}

pub(super) fn change(
    application: &mut Application,
    mut working: Working,
    event: &Event,
    at: Timestamp,
) -> Option<State> {
    if let Event::Attached { files, .. } = event {
        application.files.extend_from_slice(files);
    }
    match stay(&mut working, event, at) {
        Some(fits) => fits.then(|| State::ManualWork(Box::new(working))),
        None => leave(application, working, event, at),
    }
}

/// The events after which the same work stands, and whether this one fits; none for others.
fn stay(working: &mut Working, event: &Event, at: Timestamp) -> Option<bool> {
    match event {
        Event::WorkDone { by, on_behalf_of, .. } => {
            return Some(answer(
                &mut working.asking,
                (by, on_behalf_of.as_ref()),
                Verdict::Approve,
                at,
            ));
        }
        Event::Reassigned { from, to, .. } => {
            working.is_deserted = false;
            return Some(hand_over(&mut working.asking, from, to));
        }
        Event::WorkersLeft {} => working.is_deserted = true,
        Event::Resumed {} => working.is_deserted = false,
        Event::Attached { files, .. } => working.proof.extend_from_slice(files),
        Event::DeadlinePassed { .. } => working.is_late = true,
        _ => return None,
    }
    Some(true)
}

fn answer(
    asking: &mut Asking,
    (by, on_behalf_of): (&PersonId, Option<&PersonId>),
    verdict: Verdict,
    at: Timestamp,
) -> bool {
    let deputy = on_behalf_of.map(|_| by);
    asking.record((on_behalf_of.unwrap_or(by), deputy), verdict, at)
}

/// The events that end the work.
fn leave(application: &mut Application, mut working: Working, event: &Event, at: Timestamp) -> Option<State> {
    match event {
        Event::WorkDeclined {
            by,
            reason,
            on_behalf_of,
            ..
        } => {
            let by = (by, on_behalf_of.as_ref());
            let fits = answer(&mut working.asking, by, Verdict::Reject, at);
            fits.then(|| decline(application, working, reason))
        }
        Event::WorkOpened { opening } => {
            let progress = close(application, working.progress, working.asking);
            open(application, progress, opening)
        }
        Event::ExecutionStarted {} => {
            let progress = close(application, working.progress, working.asking);
            Some(State::Executing(progress))
        }
        Event::Completed {} => {
            let progress = close(application, working.progress, working.asking);
            let accepted = None;
            Some(State::Completed { progress, accepted })
        }
        _ => None,
    }
}

/// An administrator has it asked for again, skips it, undoes what was done or accepts it as it is.
fn decline(application: &mut Application, working: Working, why: &str) -> State {
    let Working {
        mut progress,
        mut asking,
        ..
    } = working;
    asking.turn_pending(&ItemState::Cancelled);
    progress.declined.push(asking.step.clone());
    application.past.push(asking);
    State::NeedsAttention {
        stopped: Stopped::Execution(Box::new(progress)),
        why: why.to_owned(),
    }
}

fn close(application: &mut Application, mut progress: Progress, mut asking: Asking) -> Progress {
    asking.turn_pending(&ItemState::Cancelled);
    progress.worked.push(asking.step.clone());
    application.past.push(asking);
    progress
}
