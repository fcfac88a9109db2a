//! What may be asked of an application.

use forms::{Issue, Values};
use serde_json::Value;

use crate::application::{SendBackTo, Source};
use crate::ids::{ApplicationId, PersonId, PlanStepId};
use crate::route::Route;
use crate::sealed::{Plan, SealedFile, StepToken};

/// A first submission: everything that the inbox row says.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    pub application: ApplicationId,
    pub number: String,
    pub applicant: PersonId,
    pub viewers: Vec<PersonId>,
    pub source: Source,
    pub values: Values,
}

/// 判断 of an approver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// 承認
    Approve,
    /// 差戻し
    SendBack(SendBackTo),
    /// 却下
    Reject,
    /// 保留
    Hold,
    /// 確認: seen; from the one who holds the step it releases it
    Confirm,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Submit(Submission),
    /// 再申請 after 差戻し or 引戻し, on the same inbox row.
    Resubmit {
        by: PersonId,
        source: Source,
        values: Values,
    },
    /// Files were taken: the submission's own, or what an approver added to the step that stands.
    Attach {
        /// None: the submission's own.
        by: Option<PersonId>,
        files: Vec<SealedFile>,
    },
    /// The form is good: freeze plan and route.
    Accept {
        plan: Plan,
        route: Route,
    },
    /// The form is not good.
    Return {
        issues: Vec<Issue>,
    },
    Decide {
        by: PersonId,
        token: StepToken,
        choice: Choice,
        comment: Option<String>,
    },
    PullBack {
        by: PersonId,
    },
    Withdraw {
        by: PersonId,
        comment: Option<String>,
    },
    StartExecution,
    PlanChanged {
        plan: Plan,
    },
    BeginStep {
        step: PlanStepId,
        before: Value,
    },
    FinishStep {
        step: PlanStepId,
        receipt: Value,
    },
    /// A step failed, or something is not as it should be: a person must look.
    Park {
        why: String,
    },
    /// Those who were missing are back: the step goes on where it stood.
    Resume,
    Retry {
        by: PersonId,
    },
    Skip {
        by: PersonId,
        step: PlanStepId,
        reason: String,
    },
    /// What a person wrote decides nothing: kept, so that it is never looked at again.
    TurnDown {
        by: PersonId,
        reason: String,
    },
    /// A person is shown a fresh password of the new account.
    ShowPassword {
        to: PersonId,
    },
    /// 受入: close although steps are open.
    AcceptAsIs {
        by: PersonId,
        reason: String,
    },
}
