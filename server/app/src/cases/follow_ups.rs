//! What follows from events: a pure table.

use jiff::Timestamp;
use workflow::journal::Place;
use workflow::{Application, Definition, Event, PersonId, State};

use super::mails::mails;
use crate::config::{Language, Mail};
use crate::jobs::Task;
use crate::ownerless;

/// One decision, seen from what has to be done about it.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) before: Option<&'a Application>,
    pub(super) after: &'a Application,
    pub(super) events: &'a [Event],
    /// Number of the first event's journal line.
    pub(super) first_seq: i64,
    pub(super) at: Timestamp,
    /// Where a person wrote what led to it.
    pub(super) via: Option<Place>,
    pub(super) definition: &'a Definition,
    pub(super) administrators: &'a [PersonId],
    pub(super) mail: &'a Mail,
    /// In which it is told.
    pub(super) language: Language,
}

#[derive(Debug, PartialEq)]
pub(super) struct FollowUps {
    pub(super) tasks: Vec<Task>,
    /// Whether the application holds nothing any more.
    pub(super) release: bool,
}

/// SharePoint always has to show the new state; everything else depends on what happened.
pub(super) fn follow_ups(scene: &Scene) -> FollowUps {
    let application = store::ApplicationId::new(scene.after.id.as_str());
    let mut tasks = vec![Task::Publish {
        application: application.clone(),
    }];
    let application = || application.clone();
    tasks.extend(scene.events.iter().filter_map(|event| match event {
        Event::Submitted(_) | Event::Resubmitted { .. } => Some(Task::Prepare {
            application: application(),
        }),
        Event::Approved {}
        | Event::Retried { .. }
        | Event::DeletionsAllowed { .. }
        | Event::CompensationStarted { .. } => Some(Task::Execute {
            application: application(),
        }),
        // Forms no longer say that nobody answers for it.
        Event::Completed {} => {
            let object = ownerless::adopted_by(scene.definition, scene.after);
            object.map(|object| Task::Adopted { object })
        }
        Event::ExpiryReached {} => Some(Task::Expire {
            application: application(),
        }),
        // Otherwise it is the execution itself that says so.
        Event::ExecutionStarted {} if is_after_work(scene) => Some(Task::Execute {
            application: application(),
        }),
        _ => None,
    }));
    let letters = mails(scene).into_iter();
    tasks.extend(letters.map(|wish| Task::Mail(Box::new(wish))));
    FollowUps {
        tasks,
        release: scene.after.is_closed(),
    }
}

fn is_after_work(scene: &Scene) -> bool {
    let before = scene.before.map(|before| &before.state);
    matches!(before, Some(State::ManualWork(_)))
}
