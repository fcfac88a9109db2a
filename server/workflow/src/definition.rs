//! What a workflow is. Only [`Definition::parse`] makes one from text, so a bad one cannot exist.

mod check;
mod step;

pub use step::{Approval, Assignees, Execution, PlanMapping, Quorum, RejectPolicy, SendBackPolicy};

use forms::{Label, Schema};
use jiff::civil::Date;
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
    pub approvals: Vec<Approval>,
    pub execution: Execution,
    #[serde(default)]
    pub pull_back: PullBackPolicy,
}

/// An application's number: prefix, year, running number, as in `USR-2026-00042`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Numbering {
    pub prefix: String,
    /// The running number is padded to this many digits.
    pub digits: usize,
}

impl Numbering {
    /// Name of the counter: running numbers start again every year.
    pub fn counter(&self, today: Date) -> String {
        format!("{}-{}", self.prefix, today.year())
    }

    pub fn number(&self, today: Date, running: u64) -> String {
        format!("{}-{running:0width$}", self.counter(today), width = self.digits)
    }
}

/// How long the applicant may take an application back to change it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PullBackPolicy {
    #[default]
    UntilFirstDecision,
    UntilLastStep,
    Never,
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

    pub fn approval(&self, key: &StepKey) -> Option<&Approval> {
        self.approvals.iter().find(|step| step.key == *key)
    }
}
