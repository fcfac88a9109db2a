//! Events of work by hand.

use jiff::Timestamp;

use crate::application::apply::review::asking;
use crate::application::apply::stay::hand_over;
use crate::application::{Application, Asking, Event, ItemState, Opening, Progress, State, Verdict, Working};

pub(super) fn open(application: &Application, progress: Progress, opening: &Opening) -> Option<State> {
    let asking = asking(application, &progress.case, opening)?;
    Some(State::ManualWork(Box::new(Working {
        progress,
        asking,
        token: opening.token,
        due: opening.due,
        is_late: false,
        proof: Vec::new(),
    })))
}

pub(super) fn change(
    application: &mut Application,
    mut working: Working,
    event: &Event,
    at: Timestamp,
) -> Option<State> {
    let stays = |working| Some(State::ManualWork(Box::new(working)));
    match event {
        Event::WorkDone { by, on_behalf_of, .. } => {
            let deputy = on_behalf_of.as_ref().map(|_| by);
            let person = on_behalf_of.as_ref().unwrap_or(by);
            let open = working.asking.record((person, deputy), Verdict::Approve, at);
            open.then_some(State::ManualWork(Box::new(working)))
        }
        Event::Reassigned { from, to, .. } => {
            let fits = hand_over(&mut working.asking, from, to);
            fits.then_some(State::ManualWork(Box::new(working)))
        }
        Event::Attached { files, .. } => {
            application.files.extend_from_slice(files);
            working.proof.extend_from_slice(files);
            stays(working)
        }
        Event::DeadlinePassed { .. } => {
            working.is_late = true;
            stays(working)
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

fn close(application: &mut Application, mut progress: Progress, mut asking: Asking) -> Progress {
    asking.turn_pending(&ItemState::Cancelled);
    progress.worked.push(asking.step.clone());
    application.past.push(asking);
    progress
}
