//! What a version of an application's item is found to be.

use serde::{Deserialize, Serialize};

use crate::application::Choice;
use crate::ids::PersonId;
use crate::judge::version::Editor;
use crate::sealed::StepToken;

/// Why a version decides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    NotAssignee,
    /// Nothing is asked now.
    NothingAsked,
    /// `PFDecisionFor` names another step token, or the version is older than the step.
    StaleStep,
    /// `PFDecisionFor` names another person, or cannot be read.
    ForeignDecisionFor,
    /// Saved by a plain form before the step stood long enough.
    TooEarly,
    /// A sealed column was altered with it.
    SealedAltered,
    /// What the person saw was not what is sealed: an earlier version had altered it.
    SealedNotShown,
    UnknownChoice,
    /// The item's history is not as it was: a person looks first, and nothing up to then counts.
    Parked,
    /// Saved by something that is no person.
    UnknownEditor,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    OurOwn,
    Decision {
        by: PersonId,
        choice: Choice,
        comment: Option<String>,
        token: StepToken,
    },
    /// 確認 by somebody who is shown it and asked nothing.
    Acknowledged {
        by: PersonId,
        comment: Option<String>,
    },
    /// Nothing was decided and nothing sealed was touched.
    CommentOnly {
        by: Editor,
    },
    Refused {
        by: Editor,
        reason: Reason,
    },
}
