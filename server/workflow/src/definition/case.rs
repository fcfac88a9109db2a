//! Test cases that a definition carries.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Date, Values};
use serde::{Deserialize, Serialize};

use crate::ids::{PersonId, StepKey};
use crate::route::{Organisation, SkipReason};

/// An application of somebody, and the route that it must get.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RouteCase {
    pub name: String,
    pub applicant: PersonId,
    /// The unit of the post that he applies as; none: his main post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(default)]
    pub values: Values,
    /// What the plan counts: `{"deletes": 12}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub plan: BTreeMap<String, u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_date: Option<Date>,
    /// None: the organisation of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Organisation>,
    /// Every step of the way, in order.
    pub expect: Vec<Expected>,
}

impl Eq for RouteCase {}

/// A step, and who is asked or why nobody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expected {
    pub step: StepKey,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub people: BTreeSet<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skipped: Option<SkipReason>,
}
