//! The life of an application: the fold of its events.

mod apply;
mod attendance;
mod command;
mod decide;
mod event;
mod execution;
mod refusal;
mod review;
mod state;
mod work;

pub use apply::{Misfit, apply, replay};
pub use attendance::{APPROVERS_LEFT, attendance};
pub use command::{Choice, Command, Submission};
pub use decide::decide;
pub use event::{Actor, Event, Opening, SendBackTo, Source};
pub use refusal::{Refusal, RefusalCode};
pub use state::{Case, Code, InApproval, Progress, State, Stopped};
pub use work::{Asking, ItemState, Tally, Verdict, WorkItem, tally};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::ids::{ApplicationId, PersonId, WorkflowKey};
use crate::sealed::SealedFile;

/// An application that was submitted at least once. A draft is a row of the applicant's own and not yet ours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Application {
    pub id: ApplicationId,
    pub number: String,
    pub workflow: WorkflowKey,
    pub definition_version: u32,
    pub applicant: PersonId,
    /// The inbox row and round it came from.
    pub source: Source,
    pub viewers: BTreeSet<PersonId>,
    /// Those of the round's submission, and those that approvers added since.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<SealedFile>,
    /// Every asking that is over, oldest first; superseded ones are kept.
    pub past: Vec<Asking>,
    pub state: State,
}

impl Application {
    pub fn code(&self) -> Code {
        self.state.code()
    }

    pub fn round(&self) -> u32 {
        self.source.round
    }

    /// What is being asked, also while that is parked.
    pub fn review(&self) -> Option<&InApproval> {
        match &self.state {
            State::InApproval(review)
            | State::NeedsAttention {
                stopped: Stopped::Review(review),
                ..
            } => Some(review),
            _ => None,
        }
    }

    pub fn is_closed(&self) -> bool {
        self.code().is_closed()
    }
}
