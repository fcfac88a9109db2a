//! Where an application stands; each state holds exactly the facts that exist in it.

use forms::Issue;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::application::{Asking, SendBackTo};
use crate::ids::{PersonId, PlanStepId};
use crate::route::Route;
use crate::sealed::{Payload, Plan, StepToken};

/// State codes as shown in lists. A draft exists only in the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Code {
    DR,
    SU,
    IA,
    SB,
    PB,
    AP,
    EX,
    RV,
    CO,
    RJ,
    WD,
}

impl Code {
    pub fn is_closed(self) -> bool {
        matches!(self, Self::CO | Self::RJ | Self::WD)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::DR => "DR",
            Self::SU => "SU",
            Self::IA => "IA",
            Self::SB => "SB",
            Self::PB => "PB",
            Self::AP => "AP",
            Self::EX => "EX",
            Self::RV => "RV",
            Self::CO => "CO",
            Self::RJ => "RJ",
            Self::WD => "WD",
        }
    }
}

/// What was accepted: form, plan and the frozen route.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    pub payload: Payload,
    pub plan: Plan,
    pub route: Route,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InApproval {
    pub case: Case,
    pub asking: Asking,
    pub token: StepToken,
    /// When the token began to stand.
    pub since: Timestamp,
    pub due: Option<Timestamp>,
    /// Who put the step on hold; only he can decide until he releases it.
    pub held_by: Option<PersonId>,
}

/// How far an execution got.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    pub case: Case,
    /// Steps whose before-image is journalled.
    pub begun: Vec<PlanStepId>,
    pub done: Vec<PlanStepId>,
    pub skipped: Vec<PlanStepId>,
}

impl Progress {
    /// Whether no step touched the tenant, or was passed over, so far.
    pub fn is_untouched(&self) -> bool {
        self.begun.is_empty() && self.done.is_empty() && self.skipped.is_empty()
    }

    /// Steps that are neither done nor skipped, in order.
    pub fn open(&self) -> impl Iterator<Item = &PlanStepId> {
        let over = |step: &&PlanStepId| !self.done.contains(step) && !self.skipped.contains(step);
        self.case.plan.steps.iter().filter(over)
    }
}

/// What was going on when the case was parked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "in", rename_all = "camelCase")]
pub enum Stopped {
    Review(Box<InApproval>),
    Execution(Box<Progress>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum State {
    /// SU 申請済(受付待ち)
    Submitted { payload: Payload },
    /// IA 承認中
    InApproval(Box<InApproval>),
    /// SB 差戻し: by an approver, or by us with issues
    SentBack {
        by: Option<PersonId>,
        comment: Option<String>,
        issues: Vec<Issue>,
    },
    /// PB 引戻し
    PulledBack {},
    /// AP 承認済(実行待ち)
    Approved { case: Case },
    /// EX 実行中
    Executing(Progress),
    /// RV 要確認
    NeedsAttention { stopped: Stopped, why: String },
    /// CO 完了; `accepted` says why an admin let steps go undone
    Completed {
        progress: Progress,
        accepted: Option<String>,
    },
    /// RJ 却下
    Rejected { case: Case },
    /// WD 取下げ
    Withdrawn { by: PersonId },
}

impl State {
    pub fn code(&self) -> Code {
        match self {
            Self::Submitted { .. } => Code::SU,
            Self::InApproval(_) => Code::IA,
            Self::SentBack { .. } => Code::SB,
            Self::PulledBack {} => Code::PB,
            Self::Approved { .. } => Code::AP,
            Self::Executing(_) => Code::EX,
            Self::NeedsAttention { .. } => Code::RV,
            Self::Completed { .. } => Code::CO,
            Self::Rejected { .. } => Code::RJ,
            Self::Withdrawn { .. } => Code::WD,
        }
    }
}

impl SendBackTo {
    pub fn is_applicant(&self) -> bool {
        matches!(self, Self::Applicant {})
    }
}
