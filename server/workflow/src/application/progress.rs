//! How far an execution got, and as what it ends.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::application::{Case, Code};
use crate::ids::{PlanStepId, StepKey};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    pub case: Case,
    /// Steps whose before-image is journalled.
    pub begun: Vec<PlanStepId>,
    pub done: Vec<PlanStepId>,
    pub skipped: Vec<PlanStepId>,
    /// Rows that failed, or could not be undone, and why, until somebody retries or skips them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub failed: BTreeMap<PlanStepId, String>,
    /// Steps that were undone from their before-images.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compensated: Vec<PlanStepId>,
    /// Steps of manual work that are done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub worked: Vec<StepKey>,
    /// Steps of manual work that could not be done, until they are asked for again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub declined: Vec<StepKey>,
    /// An administrator has let all that it deletes go on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deletions_allowed: bool,
}

impl Progress {
    pub(super) fn start(case: Case) -> Self {
        Self {
            case,
            begun: Vec::new(),
            done: Vec::new(),
            skipped: Vec::new(),
            failed: BTreeMap::new(),
            compensated: Vec::new(),
            worked: Vec::new(),
            declined: Vec::new(),
            deletions_allowed: false,
        }
    }

    /// Whether the tenant may have been changed in a way that was not undone.
    pub fn has_left_traces(&self) -> bool {
        self.to_compensate().next().is_some()
    }

    /// Whether this is work by hand that was declined, and neither asked for again nor skipped.
    pub(super) fn is_declined(&self, step: &str) -> bool {
        let is_it = |key: &StepKey| key.as_str() == step;
        self.declined.iter().any(is_it) && !self.worked.iter().any(is_it)
    }

    /// A step of the plan, or else work by hand that was declined: nobody is asked for it again.
    pub(super) fn skip(&mut self, step: &PlanStepId) {
        if self.open().any(|open| open == step) {
            self.failed.remove(step);
            self.skipped.push(step.clone());
        } else {
            self.worked.push(StepKey::new(step.as_str()));
        }
    }

    /// Whether no step touched the tenant, was passed over or failed so far.
    pub fn is_untouched(&self) -> bool {
        self.begun.is_empty() && self.done.is_empty() && self.skipped.is_empty() && self.failed.is_empty()
    }

    /// Steps that are neither done nor skipped, in order.
    pub fn open(&self) -> impl Iterator<Item = &PlanStepId> {
        let over: BTreeSet<&PlanStepId> = self.done.iter().chain(&self.skipped).collect();
        let open = move |step: &&PlanStepId| !over.contains(step);
        self.case.plan.steps.iter().filter(open)
    }

    /// Those of them that did not fail.
    pub fn waiting(&self) -> Vec<&PlanStepId> {
        self.open()
            .filter(|step| !self.failed.contains_key(*step))
            .collect()
    }

    /// Steps that may have changed something and are not undone, the last one first.
    pub fn to_compensate(&self) -> impl Iterator<Item = &PlanStepId> {
        let touched: BTreeSet<&PlanStepId> = self.begun.iter().chain(&self.done).collect();
        let undone: BTreeSet<&PlanStepId> = self.compensated.iter().collect();
        let touched = move |step: &&PlanStepId| touched.contains(step) && !undone.contains(step);
        self.case.plan.steps.iter().rev().filter(touched)
    }

    /// Those of them that did not fail to be undone.
    pub fn waiting_to_be_undone(&self) -> Vec<&PlanStepId> {
        self.to_compensate()
            .filter(|step| !self.failed.contains_key(*step))
            .collect()
    }

    /// FA: nothing of the plan stands; PC: something is missing; CO: all is done.
    pub(super) fn ends_as(&self) -> Code {
        let is_short = self.open().next().is_some()
            || !self.skipped.is_empty()
            || !self.compensated.is_empty()
            || !self.declined.is_empty();
        match (is_short, self.to_compensate().next()) {
            (false, _) => Code::CO,
            (true, None) => Code::FA,
            (true, Some(_)) => Code::PC,
        }
    }
}
