//! Where an application stands; each state holds exactly the facts that exist in it.

use std::collections::BTreeSet;

use forms::Issue;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::application::{Asking, Code, Progress};
use crate::ids::PersonId;
use crate::route::Route;
use crate::sealed::{Payload, Plan, SealedFile, StepToken};

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
    /// Who put the step on hold; only he and his deputies can decide until he releases it.
    pub held_by: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_at: Option<Timestamp>,
    /// 期限超過: the deadline has passed, and what follows from that has happened.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_late: bool,
    /// Reminders that were sent, by their places in the definition.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub reminded: BTreeSet<u32>,
    /// 引上げ: later approvers who may go ahead.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub pull_up: BTreeSet<PersonId>,
}

/// Manual work that waits to be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Working {
    pub progress: Progress,
    pub asking: Asking,
    pub token: StepToken,
    pub due: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_late: bool,
    /// Too few of those asked are left in the tenant; administrators know.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_deserted: bool,
    /// Files that were added since the work was asked for: its proof.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<SealedFile>,
}

/// What was going on when the case was parked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "in", rename_all = "camelCase")]
pub enum Stopped {
    Review(Box<InApproval>),
    Execution(Box<Progress>),
    Compensation(Box<Progress>),
    /// It would delete too much; nothing was begun.
    Deletions(Box<Progress>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum State {
    /// SU 申請済(受付待ち)
    Submitted { payload: Payload },
    /// IA 承認中, HO 保留中
    InApproval(Box<InApproval>),
    /// SB 差戻し: by an approver, or by us with issues or by a rule
    SentBack {
        by: Option<PersonId>,
        comment: Option<String>,
        issues: Vec<Issue>,
    },
    /// PB 引戻し
    PulledBack {},
    /// AP 承認済(実行待ち)
    Approved {
        case: Case,
        /// 実行予定: not before then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        starts: Option<Timestamp>,
    },
    /// MW 手動作業待ち
    ManualWork(Box<Working>),
    /// EX 実行中
    Executing(Progress),
    /// EX 実行中: what was done is being undone
    Compensating(Progress),
    /// RV 要確認
    NeedsAttention { stopped: Stopped, why: String },
    /// CO 完了, PC 一部完了, FA 実行失敗; `accepted` says why an admin let steps go undone
    Completed {
        progress: Progress,
        accepted: Option<String>,
    },
    /// RJ 却下
    Rejected { case: Case },
    /// WD 取下げ
    Withdrawn { by: PersonId },
    /// EP 期限切れ
    Expired { case: Case },
    /// CA 強制終了
    Cancelled {
        by: PersonId,
        reason: String,
        /// What was done and not undone, so that a 取消申請 can follow; none: nothing was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        progress: Option<Box<Progress>>,
    },
}

impl State {
    /// Whether something is being done to the tenant that was not undone: it is not given up before somebody has
    /// looked at it in 要確認.
    pub(super) fn is_underway(&self) -> bool {
        match self {
            Self::Executing(progress) | Self::Compensating(progress) => progress.has_left_traces(),
            Self::ManualWork(working) => working.progress.has_left_traces(),
            _ => false,
        }
    }

    pub fn code(&self) -> Code {
        match self {
            Self::Submitted { .. } => Code::SU,
            Self::InApproval(review) if review.held_by.is_some() => Code::HO,
            Self::InApproval(_) => Code::IA,
            Self::SentBack { .. } => Code::SB,
            Self::PulledBack {} => Code::PB,
            Self::Approved { .. } => Code::AP,
            Self::ManualWork(_) => Code::MW,
            Self::Executing(_) | Self::Compensating(_) => Code::EX,
            Self::NeedsAttention { .. } => Code::RV,
            Self::Completed { progress, .. } => progress.ends_as(),
            Self::Rejected { .. } => Code::RJ,
            Self::Withdrawn { .. } => Code::WD,
            Self::Expired { .. } => Code::EP,
            Self::Cancelled { .. } => Code::CA,
        }
    }
}
