//! What is sealed at submission: the form, the plan, and the token that stands for both at one step.

use forms::Values;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::hash::{Hash, HashError};
use crate::ids::{ApplicationId, PlanStepId, StepKey};

/// The form as it was submitted, with the hash of its canonical JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Payload {
    pub values: Values,
    pub hash: Hash,
}

impl Payload {
    pub fn seal(values: Values) -> Self {
        let hash = payload_hash(&values);
        Self { values, hash }
    }
}

pub fn payload_hash(values: &Values) -> Hash {
    Hash::of_json(&Value::Object(values.as_map().clone()))
}

/// What shall be done to the tenant, as approvers see it. The body is the planner's; we only seal it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Every step, in order.
    pub steps: Vec<PlanStepId>,
    pub body: Value,
    pub hash: Hash,
}

impl Plan {
    pub fn seal(steps: Vec<PlanStepId>, body: Value) -> Self {
        let hash = Hash::of_json(&json!({ "steps": steps, "body": body }));
        Self { steps, body, hash }
    }
}

/// A file that goes with an application, as it was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SealedFile {
    pub name: String,
    /// SHA-256 of the content.
    pub hash: Hash,
}

impl SealedFile {
    /// An empty file of this name.
    pub(crate) fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            hash: Hash::of(b""),
        }
    }

    /// Stands for all of them; none when there are none.
    pub fn digest(files: &[Self]) -> Option<Hash> {
        (!files.is_empty()).then(|| Hash::of_json(&json!(files)))
    }
}

/// Stands for exactly what a person decides on: nobody approves what he did not see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepToken(pub Hash);

impl StepToken {
    /// Reads a token from a list column.
    pub fn parse(text: &str) -> Result<Self, HashError> {
        Hash::parse(text).map(Self)
    }
}

impl std::fmt::Display for StepToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What a token is made of.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub application: &'a ApplicationId,
    pub payload: Hash,
    pub plan: Hash,
    pub step: &'a StepKey,
    pub round: u32,
    /// [`SealedFile::digest`] of the files that go with it.
    pub files: Option<Hash>,
    /// Counts every opening of a step of this application, so that a step asked again has a token of its own.
    pub asking: u32,
}

impl Asked<'_> {
    pub fn token(&self) -> StepToken {
        let mut asked = json!({
            "application": self.application, "payload": self.payload, "plan": self.plan,
            "step": self.step, "round": self.round, "asking": self.asking,
        });
        if let Some(files) = self.files {
            asked["files"] = json!(files);
        }
        StepToken(Hash::of_json(&asked))
    }
}
