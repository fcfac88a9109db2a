//! What a workflow is. Only [`Definition::parse`] makes one from text, so a bad one cannot exist.

mod approval;
mod case;
mod check;
mod execution;
mod kinds;
mod numbering;
mod policy;
mod quorum;
mod source;
mod step;

pub use approval::{Approval, AtDeadline, Hold, Mode, PullUp, RejectPolicy, Reminder, SendBackPolicy};
pub use case::{Expected, RouteCase};
pub(crate) use check::{exits, may_end};
pub use execution::{
    AddressChange, ChangeContact, ChangeGroup, ChangeList, ChangeMailbox, ChangeTeam, ChangeUser,
    ContactDetail, ContactDetails, CreateContact, CreateGroup, CreateList, CreateMailbox, CreateUser,
    CustomAction, CustomCall, End, Execution, GroupKind, Leave, ListKind, PlanMapping, SignIn, Start,
    TeamSetting, Turnover,
};
pub use kinds::{
    Automatic, Circulation, ManualWork, Outcome, PlacedExecution, PostReview, Proof, Stage, Then,
};
pub use numbering::{NumberAt, Numbering};
pub use policy::{ApplyFor, Nobody, PullBackPolicy, SamePerson, SelfRule, WithdrawPolicy};
pub use quorum::Quorum;
pub use source::{Choose, Matches, Source};
pub use step::{Branch, Kind, Step, Target};

use forms::{Date, FieldKey, Label, Schema, Values};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::{StepKey, WorkflowKey};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Definition {
    pub key: WorkflowKey,
    /// Counts up; an application is pinned to the version it was submitted with.
    pub version: u32,
    pub title: Label,
    pub form: Schema,
    pub numbering: Numbering,
    /// In order; at least one.
    pub steps: Vec<Step>,
    pub execution: Execution,
    #[serde(default)]
    pub pull_back: PullBackPolicy,
    #[serde(default)]
    pub withdraw: WithdrawPolicy,
    #[serde(default)]
    pub apply_for: ApplyFor,
    /// 兼務: the field in which an applicant names the unit of the post that he applies as; none, or not answered: his
    /// main post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apply_as: Option<FieldKey>,
    /// 基準日: the field with the day whose organisation is asked; none, or not answered: the day of the question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_date: Option<FieldKey>,
    /// 閲覧者: who may read it from acceptance on, beside those who take part; `{"from": "unit"}` is the applicant's
    /// own department.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub viewers: Vec<Source>,
    #[serde(default)]
    pub self_rule: SelfRule,
    #[serde(default)]
    pub same_person: SamePerson,
    /// Whether deputies may act.
    #[serde(default = "yes")]
    pub deputies: bool,
    /// What becomes of a step that nobody is left for.
    #[serde(default)]
    pub nobody: Nobody,
    /// Routes that must come out as written here before the definition may be published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<RouteCase>,
}

pub(crate) fn yes() -> bool {
    true
}

/// Where a definition is wrong, what is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{path}: {problem}. {remedy}")]
pub struct DefinitionError {
    pub path: String,
    pub problem: String,
    pub remedy: String,
}

impl Definition {
    pub fn parse(json: &str) -> Result<Self, DefinitionError> {
        let definition: Self = serde_json::from_str(json).map_err(|error| DefinitionError {
            path: format!("line {}, column {}", error.line(), error.column()),
            problem: error.to_string(),
            remedy: "Correct the JSON as the message says".to_owned(),
        })?;
        check::check(&definition)?;
        Ok(definition)
    }

    pub fn step(&self, key: &StepKey) -> Option<&Step> {
        self.steps.iter().find(|step| step.key == *key)
    }

    /// Every source that names anybody, with those that it chooses from.
    pub fn all_sources(&self) -> impl Iterator<Item = &Source> {
        let viewers = self.viewers.iter().flat_map(Source::with_inner);
        self.steps.iter().flat_map(Step::all_sources).chain(viewers)
    }

    /// The unit of the post that these answers apply as; none: the main post.
    pub fn unit<'a>(&self, values: &'a Values) -> Option<&'a str> {
        values.text(self.apply_as.as_ref()?.as_str())
    }

    /// The day whose organisation these answers ask.
    pub fn base(&self, values: &Values, today: Date) -> Date {
        let named = self
            .base_date
            .as_ref()
            .and_then(|field| values.text(field.as_str()));
        // The form has refused what is no day.
        named.and_then(|day| day.parse().ok()).unwrap_or(today)
    }

    /// Place of a step among all steps, from 0.
    pub fn position(&self, key: &StepKey) -> Option<usize> {
        self.steps.iter().position(|step| step.key == *key)
    }

    /// Where the execution stands among the steps; none: behind all of them, and work by hand says on which side it is.
    pub fn placed_execution(&self) -> Option<usize> {
        self.steps
            .iter()
            .position(|step| matches!(step.kind, Kind::Execution(_)))
    }

    /// On which side of the execution work by hand is done.
    pub fn stage(&self, key: &StepKey) -> Option<Stage> {
        let Kind::ManualWork(work) = &self.step(key)?.kind else {
            return None;
        };
        let by_place = || {
            let is_before = self.position(key)? < self.placed_execution()?;
            Some(if is_before {
                Stage::BeforeExecution
            } else {
                Stage::AfterExecution
            })
        };
        work.stage.or_else(by_place)
    }

    /// Whether people do what a directory on premises masters; otherwise it is refused.
    pub fn works_by_hand(&self) -> bool {
        self.steps.iter().any(Step::asks_for_work_by_hand)
    }

    /// The step, if it is an approval.
    pub fn approval(&self, key: &StepKey) -> Option<&Approval> {
        match &self.step(key)?.kind {
            Kind::Approval(approval) => Some(approval),
            _ => None,
        }
    }
}
