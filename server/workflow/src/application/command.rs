//! What may be asked of an application.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Issue, Values};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::application::{Channel, Link, RowBegun, RowEnded, SendBackTo, Source, TooManyDeletions};
use crate::ids::{ApplicationId, PersonId, PlanStepId, StepKey};
use crate::route::Route;
use crate::sealed::{Plan, SealedFile, StepToken};

/// A first submission: everything that the inbox row says.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    pub application: ApplicationId,
    /// A provisional one where the final number comes with the last approval.
    pub number: String,
    pub applicant: PersonId,
    /// Who typed it, if that is somebody else.
    pub drafter: Option<PersonId>,
    /// The application that this one undoes or changes; [`crate::application::may_follow`] says whether it may.
    pub link: Option<Link>,
    pub viewers: Vec<PersonId>,
    pub source: Source,
    pub values: Values,
}

/// 判断 of an approver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "choice", rename_all = "camelCase")]
pub enum Choice {
    /// 承認
    Approve,
    /// 承認終了: approved as a whole, where the step is a final one
    Finish,
    /// 差戻し
    SendBack(SendBackTo),
    /// 却下
    Reject,
    /// 保留
    Hold,
    /// 確認: seen; from the one who holds the step it releases it
    Confirm,
}

/// How a person's act came to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks {
    pub channel: Channel,
    /// For whom a deputy acts; none: himself, or the one who is asked and whose deputy he is.
    pub on_behalf_of: Option<PersonId>,
}

impl Marks {
    pub fn of(channel: Channel) -> Self {
        Self {
            channel,
            on_behalf_of: None,
        }
    }
}

/// As what a person acts. That he is an administrator, the caller has made sure of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    Assignee,
    Administrator,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Submit(Box<Submission>),
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
    /// 採番 with the last approval.
    Number {
        number: String,
    },
    Decide {
        by: PersonId,
        token: StepToken,
        choice: Choice,
        comment: Option<String>,
        marks: Marks,
    },
    /// 引戻し by the applicant.
    PullBack {
        by: PersonId,
    },
    /// 引戻し by the last approver, as long as the next one has done nothing.
    TakeBack {
        by: PersonId,
    },
    Withdraw {
        by: PersonId,
        comment: Option<String>,
    },
    /// 解除 of a hold by an administrator; its holder confirms instead.
    Release {
        by: PersonId,
    },
    /// 振替. That `to` is an active person, the caller has made sure of.
    Reassign {
        by: PersonId,
        authority: Authority,
        from: PersonId,
        to: PersonId,
        reason: String,
    },
    /// Nobody has decided for long, or those asked are known to be absent: later approvers may go ahead.
    OfferPullUp {
        asking: u32,
        /// Those asked are absent: there is no need to wait.
        absent: bool,
    },
    /// 引上げ承認
    PullUp {
        by: PersonId,
        token: StepToken,
        comment: Option<String>,
        marks: Marks,
    },
    /// 確認・後閲: seen. Where no step is named, what waits for him first.
    Acknowledge {
        by: PersonId,
        step: Option<StepKey>,
        comment: Option<String>,
        marks: Marks,
    },
    /// 異議
    Object {
        by: PersonId,
        step: Option<StepKey>,
        comment: String,
        marks: Marks,
    },
    /// An administrator has looked at an objection.
    SettleObjection {
        by: PersonId,
        step: StepKey,
        person: PersonId,
        reason: String,
    },
    /// Those asked change fields that their step lets them change. The route's steps up to theirs stay.
    Edit {
        by: PersonId,
        token: StepToken,
        values: Values,
        plan: Plan,
        route: Route,
        comment: Option<String>,
        marks: Marks,
    },
    /// 経路変更 by an administrator. What is passed stays.
    ChangeRoute {
        by: PersonId,
        route: Route,
        reason: String,
    },
    /// 強制終了 by an administrator.
    Cancel {
        by: PersonId,
        reason: String,
    },
    /// 代理: who may decide in whose place from now on; see [`crate::application::represent`].
    Represent {
        deputies: BTreeMap<PersonId, BTreeSet<PersonId>>,
    },
    /// 催促; the reminders by their places in the definition.
    Remind {
        asking: u32,
        reminders: BTreeSet<u32>,
    },
    /// The deadline has passed.
    MeetDeadline {
        asking: u32,
    },
    /// A circulation or post-review is late.
    RemindOfNotice {
        step: StepKey,
    },
    /// The end comes near: so many days.
    RemindOfExpiry {
        days: BTreeSet<u16>,
    },
    /// The end is reached.
    MeetExpiry,
    /// An application that follows was carried out: it moves the end, or undid what would end.
    MoveExpiry {
        by: ApplicationId,
        number: String,
        at: Option<Timestamp>,
    },
    StartExecution,
    /// Too much would be deleted: an administrator looks before it begins.
    HoldDeletions {
        deletions: TooManyDeletions,
    },
    /// 削除許可 by an administrator: it begins all the same.
    AllowDeletions {
        by: PersonId,
        reason: String,
    },
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
    /// The same for rows, some at a time.
    BeginRows {
        rows: Vec<RowBegun>,
    },
    EndRows {
        rows: Vec<RowEnded>,
    },
    /// 手動作業 is done.
    FinishWork {
        by: PersonId,
        token: StepToken,
        result: String,
        proof: Vec<SealedFile>,
        marks: Marks,
    },
    /// 作業不可
    DeclineWork {
        by: PersonId,
        token: StepToken,
        reason: String,
        marks: Marks,
    },
    /// Too few of those who are asked for the work are left.
    MissWorkers,
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
    /// 補償: what was done is to be undone from the before-images.
    Compensate {
        by: PersonId,
        reason: String,
    },
    FinishCompensation {
        step: PlanStepId,
        receipt: Value,
    },
    /// The same for rows, some at a time.
    EndRowCompensations {
        rows: Vec<RowEnded>,
    },
    /// What a person wrote decides nothing: kept, so that it is never looked at again.
    TurnDown {
        by: PersonId,
        reason: String,
    },
    /// A person is shown a fresh password of the account.
    ShowPassword {
        to: PersonId,
    },
    /// 受入: close although steps are open.
    AcceptAsIs {
        by: PersonId,
        reason: String,
    },
}
