//! What happened: the body of the journal. Members are only ever added; old lines stay readable.

use forms::Issue;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::application::Verdict;
use crate::ids::{ApplicationId, PersonId, PlanStepId, StepKey, WorkflowKey};
use crate::route::Route;
use crate::sealed::{Payload, Plan, SealedFile, StepToken};

/// The inbox row an application came from, and which of its submissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    pub inbox_item: i64,
    /// 1 for the first submission.
    pub round: u32,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.inbox_item, self.round)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "camelCase")]
pub enum SendBackTo {
    Applicant {},
    Step { step: StepKey },
}

/// A step begins: its place in the route, and the token that stands for what is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    pub step: StepKey,
    /// 1, 2, 3, … within the application.
    pub asking: u32,
    pub token: StepToken,
    pub due: Option<Timestamp>,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Actor {
    Service,
    Person(PersonId),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Event {
    /// The first submission.
    Submitted {
        application: ApplicationId,
        number: String,
        workflow: WorkflowKey,
        definition_version: u32,
        applicant: PersonId,
        viewers: Vec<PersonId>,
        source: Source,
        payload: Payload,
    },
    Resubmitted {
        by: PersonId,
        source: Source,
        payload: Payload,
    },
    /// We could not accept the form; the applicant is told why.
    Returned {
        issues: Vec<Issue>,
    },
    /// Files that go with the application from now on.
    Attached {
        /// None: the submission's own.
        by: Option<PersonId>,
        files: Vec<SealedFile>,
    },
    Accepted {
        plan: Plan,
        route: Route,
        opening: Opening,
    },
    Decided {
        by: PersonId,
        verdict: Verdict,
        token: StepToken,
        comment: Option<String>,
    },
    Held {
        by: PersonId,
        comment: Option<String>,
    },
    Released {
        by: PersonId,
    },
    /// Seen, without a decision.
    Confirmed {
        by: PersonId,
        comment: Option<String>,
    },
    /// The quorum is reached and another step follows.
    StepPassed {
        opening: Opening,
    },
    SentBack {
        by: PersonId,
        comment: String,
    },
    SentBackToStep {
        by: PersonId,
        comment: String,
        opening: Opening,
    },
    Rejected {},
    Approved {},
    PulledBack {
        by: PersonId,
    },
    Withdrawn {
        by: PersonId,
        comment: Option<String>,
    },
    /// What would be done is no longer what was approved.
    PlanChanged {
        plan: Plan,
        opening: Opening,
    },
    ExecutionStarted {},
    /// Written before the step touches the tenant.
    StepBegun {
        step: PlanStepId,
        before: Value,
    },
    StepDone {
        step: PlanStepId,
        receipt: Value,
    },
    Parked {
        why: String,
    },
    /// Parked while in approval: the step goes on where it stood.
    Resumed {},
    Retried {
        by: PersonId,
    },
    /// Parked while in approval: the step is asked again, from nothing.
    AskedAgain {
        by: PersonId,
        opening: Opening,
    },
    StepSkipped {
        by: PersonId,
        step: PlanStepId,
        reason: String,
    },
    /// An admin lets open steps go undone.
    AcceptedAsIs {
        by: PersonId,
        reason: String,
    },
    Completed {},
    /// Something that a person wrote decided nothing; `reason` is a code of `judge` or of a refusal.
    NotCounted {
        by: PersonId,
        reason: String,
    },
    /// A fresh password of the new account was set and shown, once, to this person.
    PasswordShown {
        to: PersonId,
    },
}

impl Event {
    pub fn actor(&self) -> Actor {
        match self {
            Self::Submitted { applicant: by, .. }
            | Self::Resubmitted { by, .. }
            | Self::Decided { by, .. }
            | Self::Held { by, .. }
            | Self::Released { by }
            | Self::Confirmed { by, .. }
            | Self::SentBack { by, .. }
            | Self::SentBackToStep { by, .. }
            | Self::AskedAgain { by, .. }
            | Self::PulledBack { by }
            | Self::Attached { by: Some(by), .. }
            | Self::Withdrawn { by, .. }
            | Self::Retried { by }
            | Self::StepSkipped { by, .. }
            | Self::NotCounted { by, .. }
            | Self::PasswordShown { to: by }
            | Self::AcceptedAsIs { by, .. } => Actor::Person(by.clone()),
            _ => Actor::Service,
        }
    }
}
