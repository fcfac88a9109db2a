//! Who is asked at each step. Resolved once, when a submission is accepted, and frozen.

mod organisation;
mod resolve;

pub use organisation::{Group, Organisation, Person};
pub use resolve::{RouteError, RouteProblem, resolve, resolve_all};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::ids::{PersonId, StepKey};

/// The frozen route: every approval step of the definition, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    pub steps: Vec<RouteStep>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteStep {
    pub key: StepKey,
    pub assignees: BTreeSet<PersonId>,
    /// Why others than the definition's are asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Note {
    /// Nobody was left to ask: the administrators are.
    FallbackToAdministrators,
    /// The applicant or someone disabled was left out; a manager further up may be asked instead.
    Replaced,
}

impl Route {
    pub fn step(&self, key: &StepKey) -> Option<&RouteStep> {
        self.steps.iter().find(|step| step.key == *key)
    }

    pub fn position(&self, key: &StepKey) -> Option<usize> {
        self.steps.iter().position(|step| step.key == *key)
    }

    /// Whether every step asks somebody.
    pub fn is_binding(&self) -> bool {
        !self.steps.is_empty() && self.steps.iter().all(|step| !step.assignees.is_empty())
    }
}
