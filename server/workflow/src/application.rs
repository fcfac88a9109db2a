//! The life of an application: the fold of its events.

mod access_of;
mod actor;
mod apply;
mod attendance;
mod code;
mod command;
mod deadline;
mod decide;
mod deletions;
mod desk;
mod details;
mod edit;
mod event;
mod execution;
mod expiry;
mod hold;
mod intake;
mod manual;
mod notice;
mod notices;
mod offers;
mod progress;
mod pull_up;
mod reassign;
mod refusal;
mod representation;
mod review;
mod row;
mod schedule;
mod seals;
mod seat;
mod standing;
mod state;
mod take_back;
mod terms;
mod vote;
mod work;

pub use actor::Actor;
pub use apply::{Misfit, apply, replay};
pub use attendance::{APPROVERS_LEFT, WORKERS_LEFT, attendance};
pub use code::Code;
pub use command::{Authority, Choice, Command, Marks, Submission};
pub use deadline::{due_actions, next_due};
pub use decide::decide;
pub use deletions::{DELETIONS_HELD, TooManyDeletions};
pub use details::{Channel, Elapsed, Link, LinkKind, Opening, SendBackTo, Source, Submitted};
pub use event::Event;
pub use expiry::Expiry;
pub use intake::may_follow;
pub use notice::{Notice, NoticeItem, NoticeKind, NoticeState};
pub use offers::{Offer, Shown, offers, shown};
pub use progress::Progress;
pub use refusal::{Refusal, RefusalCode};
pub use representation::represent;
pub use row::{RowBegun, RowEnd, RowEnded};
pub use standing::{Flag, StepState};
pub use state::{Case, InApproval, State, Stopped, Working};
pub use terms::Terms;
pub use work::{Asking, ItemState, Rules, Tally, Verdict, WorkItem, tally};

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::ids::{ApplicationId, PersonId, WorkflowKey};
use crate::sealed::SealedFile;

/// An application that was submitted at least once. A draft is a row of the applicant's own and not yet ours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Application {
    pub id: ApplicationId,
    pub number: String,
    /// The number before the final one, where that comes with the last approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisional: Option<String>,
    pub workflow: WorkflowKey,
    pub definition_version: u32,
    pub applicant: PersonId,
    /// 起票者: who typed it, if that is somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafter: Option<PersonId>,
    /// The closed application that this one undoes, changes or renews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// The inbox row and round it came from.
    pub source: Source,
    pub viewers: BTreeSet<PersonId>,
    /// Those of the round's submission, and those that approvers added since.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<SealedFile>,
    /// Every asking that is over, oldest first; superseded ones are kept.
    pub past: Vec<Asking>,
    /// 回覧・後閲, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
    /// 代理: who may decide now in whose place.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub represented: BTreeMap<PersonId, BTreeSet<PersonId>>,
    /// 有効期限, once it is approved; none: what it gives stands for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry: Option<Expiry>,
    pub state: State,
}

impl Application {
    pub fn code(&self) -> Code {
        self.state.code()
    }

    /// The number that it was submitted under.
    pub fn first_number(&self) -> &str {
        self.provisional.as_deref().unwrap_or(&self.number)
    }

    pub fn round(&self) -> u32 {
        self.source.round()
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

    /// Whose answers or work are waited for; none while the case is parked.
    pub fn asking(&self) -> Option<&Asking> {
        match &self.state {
            State::InApproval(review) => Some(&review.asking),
            State::ManualWork(working) => Some(&working.asking),
            _ => None,
        }
    }

    pub fn is_closed(&self) -> bool {
        self.code().is_closed()
    }
}
