//! What happened: the body of the journal. Members are only ever added; old lines stay readable.

use std::collections::{BTreeMap, BTreeSet};

use forms::Issue;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::application::{Channel, Elapsed, NoticeKind, Opening, Source, Submitted, Verdict};
use crate::application::{RowBegun, RowEnded, TooManyDeletions};
use crate::definition::Then;
use crate::ids::{ApplicationId, PersonId, PlanStepId, StepKey};
use crate::route::Route;
use crate::sealed::{Payload, Plan, SealedFile, StepToken};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Event {
    /// The first submission.
    Submitted(Box<Submitted>),
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
        /// None: nobody is asked, rules decide.
        opening: Option<Opening>,
    },
    /// The final number.
    Numbered {
        number: String,
    },
    /// Who may decide in whose place from now on.
    Represented {
        deputies: BTreeMap<PersonId, BTreeSet<PersonId>>,
    },
    Decided {
        by: PersonId,
        verdict: Verdict,
        token: StepToken,
        comment: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
    },
    Held {
        by: PersonId,
        comment: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
    },
    Released {
        by: PersonId,
        /// The deadline, if it moved by as long as the step was held.
        due: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
    },
    /// Seen, without a decision.
    Confirmed {
        by: PersonId,
        comment: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
    },
    /// The quorum is reached and another step follows.
    StepPassed {
        opening: Opening,
    },
    /// An automatic step was reached. Rejecting and returning it ends the approval.
    RuleApplied {
        step: StepKey,
        then: Then,
    },
    SentBack {
        by: PersonId,
        comment: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
    },
    SentBackToStep {
        by: PersonId,
        comment: String,
        opening: Opening,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
    },
    Rejected {},
    Approved {},
    /// Carried out from then on.
    Scheduled {
        at: Timestamp,
    },
    /// 有効期限: what is carried out stands until then.
    ExpirySet {
        at: Timestamp,
    },
    /// The applicant is told that the end is so many days ahead.
    ExpiryReminded {
        days: BTreeSet<u16>,
    },
    /// What was carried out is undone by an application of the service's own.
    ExpiryReached {},
    /// An application that follows this one was carried out: it moved the end, or undid what would end.
    ExpiryMoved {
        by: ApplicationId,
        number: String,
        at: Option<Timestamp>,
    },
    PulledBack {
        by: PersonId,
    },
    /// The last approver takes his decision back; the step is open again.
    TakenBack {
        by: PersonId,
        /// Whose item that is.
        person: PersonId,
        opening: Opening,
    },
    Withdrawn {
        by: PersonId,
        comment: Option<String>,
    },
    Reassigned {
        by: PersonId,
        from: PersonId,
        to: PersonId,
        reason: String,
    },
    /// These may go ahead of the step that stands.
    PullUpOffered {
        to: BTreeSet<PersonId>,
    },
    /// One of them does; those passed over are asked to look afterwards.
    PulledUp {
        by: PersonId,
        comment: Option<String>,
        jumped: Vec<StepKey>,
        reviewers: BTreeSet<PersonId>,
        review_due: Option<Timestamp>,
        opening: Opening,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
    },
    /// 回覧・後閲 begins.
    Circulated {
        step: StepKey,
        kind: NoticeKind,
        people: BTreeSet<PersonId>,
        due: Option<Timestamp>,
    },
    Acknowledged {
        by: PersonId,
        step: StepKey,
        comment: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
    },
    Objected {
        by: PersonId,
        step: StepKey,
        comment: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
    },
    ObjectionSettled {
        by: PersonId,
        step: StepKey,
        person: PersonId,
        reason: String,
    },
    NoticeLate {
        step: StepKey,
    },
    Reminded {
        reminders: BTreeSet<u32>,
    },
    DeadlinePassed {
        elapsed: Elapsed,
    },
    /// Those asked changed the form; what was decided at this step is asked anew.
    Edited {
        by: PersonId,
        comment: Option<String>,
        payload: Payload,
        plan: Plan,
        route: Route,
        opening: Opening,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
    },
    RouteChanged {
        by: PersonId,
        reason: String,
        route: Route,
        /// None: the step that stands is as it was.
        opening: Option<Opening>,
    },
    /// 強制終了
    Cancelled {
        by: PersonId,
        reason: String,
    },
    /// 強制終了 of an execution that has begun: nothing further is done, and what was done waits for an administrator.
    Halted {
        by: PersonId,
        reason: String,
    },
    /// What would be done is no longer what was approved.
    PlanChanged {
        plan: Plan,
        opening: Opening,
    },
    /// The same where nobody had been asked: the rules look again.
    PreparedAnew {},
    ExecutionStarted {},
    /// Nothing was begun: so much would be deleted that an administrator looks first.
    DeletionsHeld {
        deletions: TooManyDeletions,
    },
    /// He has looked, and lets it go on.
    DeletionsAllowed {
        by: PersonId,
        reason: String,
    },
    /// Written before the step touches the tenant.
    StepBegun {
        step: PlanStepId,
        before: Value,
    },
    StepDone {
        step: PlanStepId,
        receipt: Value,
    },
    /// The same for rows, some at a time.
    RowsBegun {
        rows: Vec<RowBegun>,
    },
    RowsEnded {
        rows: Vec<RowEnded>,
    },
    WorkOpened {
        opening: Opening,
    },
    WorkDone {
        by: PersonId,
        result: String,
        proof: Vec<SealedFile>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
    },
    /// 作業不可: the work cannot be done, and an administrator has to look.
    WorkDeclined {
        by: PersonId,
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
    },
    /// Too few of those who are asked for the work are left in the tenant.
    WorkersLeft {},
    Parked {
        why: String,
    },
    /// Enough of those who were missing are back: the step goes on where it stood.
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
    CompensationStarted {
        by: PersonId,
        reason: String,
    },
    StepCompensated {
        step: PlanStepId,
        receipt: Value,
    },
    /// The same for rows, some at a time.
    RowsCompensated {
        rows: Vec<RowEnded>,
    },
    /// An admin lets open steps go undone.
    AcceptedAsIs {
        by: PersonId,
        reason: String,
    },
    /// Nothing is left to do.
    Completed {},
    /// Something that a person wrote decided nothing; `reason` is a code of `judge` or of a refusal.
    NotCounted {
        by: PersonId,
        reason: String,
    },
    /// A fresh password of the account was set and shown, once, to this person.
    PasswordShown {
        to: PersonId,
    },
}
