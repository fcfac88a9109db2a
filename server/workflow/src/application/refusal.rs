//! Why a command was not carried out, as codes. The words stand in resource files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use crate::application::Code;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// Not in this state. Args: `state`.
    NotNow,
    /// Only the applicant may.
    NotApplicant,
    /// Not one of those who are asked.
    NotAssignee,
    /// Decided already.
    AlreadyDecided,
    /// The step, the form or the plan changed since the person looked.
    StaleStep,
    /// Another approver holds the step. Args: `by`.
    HeldByOther,
    CommentMissing,
    /// Args: `step`.
    NoSuchTarget,
    /// Pulling back is no longer possible under this definition.
    TooLate,
    /// The definition is not the one that the application is pinned to. Args: `version`.
    OtherDefinition,
    /// The round does not follow the last one. Args: `expected`.
    WrongRound,
    /// The route does not fit the definition's steps.
    RouteMismatch,
    /// The plan has no such open step. Args: `step`.
    NoSuchPlanStep,
    /// The same inbox row and round made an application already.
    AlreadySubmitted,
    ReasonMissing,
    /// Execution began to change the tenant: the plan cannot go back to its approvers.
    AlreadyBegun,
    /// The step's definition does not allow it.
    NotAllowed,
    /// It is not time yet, or another asking stands.
    NotDue,
    /// A deadline would lie beyond the calendar.
    BeyondCalendar,
    /// The person is asked already.
    AlreadyAsked,
    /// The applicant cannot decide on his own application.
    ApplicantBarred,
    /// Args: `field`.
    FieldNotEditable,
    /// Manual work needs a result in words.
    ResultMissing,
    /// Manual work needs a file as proof.
    ProofMissing,
    /// Only an administrator may.
    NotAdministrator,
    /// Nobody of that name can be asked: unknown, or not enabled.
    NobodyOfThatName,
    /// The changed form has mistakes, or what it asks for cannot be had.
    FormInvalid,
    /// There is no circulation, post-review or objection of this person at that step.
    NoSuchItem,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
#[error("refused: {code:?}")]
pub struct Refusal {
    pub code: RefusalCode,
    pub args: BTreeMap<String, Value>,
}

impl Refusal {
    pub fn new(code: RefusalCode) -> Self {
        Self {
            code,
            args: BTreeMap::new(),
        }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }

    pub(super) fn not_now(code: Code) -> Self {
        Self::new(RefusalCode::NotNow).with("state", code.as_str())
    }
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self::new(code)
    }
}
