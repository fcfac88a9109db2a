//! What holds for a whole workflow.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::ids::{GroupId, PersonId};

/// How long the applicant may take an application back to change it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PullBackPolicy {
    #[default]
    UntilFirstDecision,
    UntilLastStep,
    Never,
}

/// How long the applicant may end an application.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WithdrawPolicy {
    #[default]
    UntilExecution,
    UntilApproved,
    /// Only what was sent or pulled back.
    Never,
}

/// 代理申請: who may apply for somebody else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ApplyFor {
    #[default]
    Nobody,
    /// The applicant's deputies for this workflow.
    Deputies,
    Anyone,
}

/// What becomes of the applicant where he would be asked about his own application.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SelfRule {
    /// He is left out; where he was the only one, the manager above him is asked.
    #[default]
    Forbid,
    /// He is left out; where he was the only one, the step is skipped.
    Skip,
    /// He is asked like anybody.
    Allow,
}

/// How often a person is asked who stands at several steps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SamePerson {
    #[default]
    AskEach,
    /// Once, at the first of them; his answer stands for the later ones.
    First,
    /// Once, at the last of them.
    Last,
}

/// Who is asked where nobody is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "then", rename_all = "camelCase", deny_unknown_fields)]
pub enum Nobody {
    Administrators {},
    People {
        people: BTreeSet<PersonId>,
    },
    Group {
        group: GroupId,
    },
    /// The same post in the units above.
    LiftToParentUnit {},
    /// The step is skipped, and the route says so.
    Skip {},
    /// The application goes back, and the administrators are told.
    Stop {},
}

impl Default for Nobody {
    fn default() -> Self {
        Self::Administrators {}
    }
}
