//! Why each person stands on a route, and why others do not. Data: the words stand in resource files.

use serde::{Deserialize, Serialize};

use crate::ids::{PersonId, StepKey};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Trace {
    pub asked: Vec<Reason>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub person: PersonId,
    pub because: Because,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum Because {
    /// The lane of this number, from 0, names him; `from` is the word of definitions.
    Source { lane: usize, from: String },
    /// Stands in for the applicant, one level up.
    Lifted { lane: usize },
    /// An administrator changed the route.
    Appointed,
    /// Nobody was left: the administrators are asked.
    Administrators,
    /// Nobody was left: those whom the definition names for that are asked.
    Fallback,
    /// Nobody was left: the same post in this unit above.
    ParentUnit { unit: String },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub person: PersonId,
    pub why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum Why {
    /// Disabled, or not in the tenant any more.
    Away,
    Applicant,
    /// Asked at that step.
    SamePerson {
        step: StepKey,
    },
}

impl Trace {
    pub fn is_empty(&self) -> bool {
        self.asked.is_empty() && self.left_out.is_empty()
    }
}
