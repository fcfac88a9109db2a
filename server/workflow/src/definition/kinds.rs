//! Steps that are not approvals.

use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::condition::Condition;
use crate::definition::{Quorum, Source};

/// 回覧・確認: readers say that they saw it; nothing waits for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Circulation {
    pub readers: Vec<Source>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Period>,
}

/// 後閲: reviewers look once everything is approved, and may object; nothing waits for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PostReview {
    pub reviewers: Vec<Source>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Period>,
}

/// 自動: the first outcome whose condition holds; the way goes on if none does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Automatic {
    pub outcomes: Vec<Outcome>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    pub then: Then,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Then {
    Pass,
    /// Approved; nobody further is asked.
    Finish,
    Reject,
    /// Back to the applicant.
    Return,
}

/// 手動作業: what no connector can do; a worker writes the result and gives proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ManualWork {
    pub workers: Vec<Source>,
    #[serde(default = "Quorum::any")]
    pub quorum: Quorum,
    /// None: before or behind the execution, as the steps show it; then the execution must stand among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    #[serde(default)]
    pub proof: Proof,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Period>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    BeforeExecution,
    AfterExecution,
}

/// 実行: where among the steps the plan is carried out. What is carried out stands in the definition's `execution`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlacedExecution {}

/// What must stand beside the result in words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Proof {
    /// At least one file.
    #[default]
    File,
    /// Nothing: the words are enough.
    Words,
}
