//! Who is asked at each step. Resolved once, when a submission is accepted, and frozen with the reasons.

mod called;
mod drift;
mod facts;
mod fit;
mod freeze;
mod lane;
mod organisation;
mod register;
mod resolve;
mod same_person;
mod sources;
mod trace;
mod walk;

pub use called::{Called, called};
pub use drift::{Drift, drift};
pub use facts::Known;
pub use organisation::{Group, Organisation, Person, Post, Unit};
pub use register::{Delegation, Register};
pub use resolve::{Request, RouteError, RouteProblem, resolve_all, resolve_rest};
pub use sources::people_in_table;
pub use trace::{Because, LeftOut, Reason, Trace, Why};

use std::collections::{BTreeMap, BTreeSet};

use forms::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::definition::Then;
use crate::ids::{PersonId, StepKey};

/// The frozen route: every step of the way, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    pub steps: Vec<RouteStep>,
    /// 基準日: the day whose organisation was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Date>,
    /// 閲覧者, found once, with the first whole route.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub viewers: BTreeSet<PersonId>,
    /// What was known of applicant and plan, by name: `applicant.department`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RouteStep {
    pub key: StepKey,
    pub assignees: BTreeSet<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skipped: Option<SkipReason>,
    /// Of an automatic step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Then>,
    /// Those who are asked at another step and count here as having approved.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub waived: BTreeSet<PersonId>,
    /// Who is asked at the deadline.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub escalation: BTreeSet<PersonId>,
    /// Why these people, and why not others.
    #[serde(default, skip_serializing_if = "Trace::is_empty")]
    pub trace: Trace,
}

/// Why nobody is asked at a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SkipReason {
    NoApprover,
    SamePerson,
    /// Only the applicant himself would have been asked.
    Applicant,
    Rule,
    PullUp,
}

impl RouteStep {
    /// A step that asks these people.
    pub fn asking(key: StepKey, assignees: impl IntoIterator<Item = PersonId>) -> Self {
        Self {
            key,
            assignees: assignees.into_iter().collect(),
            skipped: None,
            outcome: None,
            waived: BTreeSet::new(),
            escalation: BTreeSet::new(),
            trace: Trace::default(),
        }
    }

    /// A step that asks nobody.
    pub fn skipping(key: StepKey, why: SkipReason) -> Self {
        Self {
            skipped: Some(why),
            ..Self::asking(key, [])
        }
    }

    pub fn is_asked(&self) -> bool {
        self.skipped.is_none() && !self.assignees.is_empty()
    }

    /// The steps at which those answer who count here without being asked.
    pub fn heard_at(&self) -> impl Iterator<Item = &StepKey> {
        let elsewhere = self
            .trace
            .left_out
            .iter()
            .filter(|left| self.waived.contains(&left.person));
        elsewhere.filter_map(|left| match &left.why {
            Why::SamePerson { step } => Some(step),
            Why::Away | Why::Applicant => None,
        })
    }
}

impl Route {
    /// A route of these steps, as if nothing else were known.
    pub fn of(steps: Vec<RouteStep>) -> Self {
        Self {
            steps,
            ..Self::default()
        }
    }

    pub fn step(&self, key: &StepKey) -> Option<&RouteStep> {
        self.steps.iter().find(|step| step.key == *key)
    }

    /// The same way, where a step asks these people because somebody said so. Nothing: the way has no such step, or
    /// nobody is asked there.
    #[must_use]
    pub fn appointing(&self, key: &StepKey, people: BTreeSet<PersonId>) -> Option<Self> {
        let mut route = self.clone();
        let step = route.steps.iter_mut().find(|step| step.key == *key)?;
        if !step.is_asked() {
            return None;
        }
        let reason = |person: &PersonId| Reason {
            person: person.clone(),
            because: Because::Appointed,
        };
        step.trace.asked = people.iter().map(reason).collect();
        step.assignees = people;
        step.waived.clear();
        Some(route)
    }

    pub fn position(&self, key: &StepKey) -> Option<usize> {
        self.steps.iter().position(|step| step.key == *key)
    }
}
