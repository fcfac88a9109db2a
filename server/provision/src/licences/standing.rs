//! The licences of an account, as Graph shows them in its `licenseAssignmentStates`. Pure.

use std::collections::BTreeSet;

use forms::{Code, Issue};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{AssignedLicences, Assignment, ids};

/// Errors that would meet whoever gave the account itself what a group gives in vain, in Japanese and English. Seats are
/// counted elsewhere.
const ERRORS: [(&str, &str, &str); 3] = [
    (
        "MutuallyExclusiveViolation",
        "{licence} のサービスは、すでに割り当てられているライセンスのサービスと同時に使えません(グループからの割り当てが失敗しています)。そのライセンスを同時に外すか、重なるサービスを使わないプロファイルを選んでください。",
        "Services of {licence} and of a licence that is held exclude one another (a group gives it in vain). Take the other licence away with it, or choose a profile without the services that both have.",
    ),
    (
        "DependencyViolation",
        "{licence} のサービスに必要な別のサービスがありません(グループからの割り当てが失敗しています)。必要なサービスを含むライセンスかプロファイルを選んでください。",
        "A service of {licence} needs another one that is not there (a group gives it in vain). Choose a licence or profile that has it.",
    ),
    (
        "ProhibitedInUsageLocationViolation",
        "{licence} には、この利用場所では使えないサービスがあります(グループからの割り当てが失敗しています)。そのサービスを使わないプロファイルを選ぶか、管理者にお問い合わせください。",
        "A service of {licence} may not be used in the country of the account (a group gives it in vain). Choose a profile without it, or ask the administrator.",
    ),
];

/// A licence that a group gives in vain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedLicence {
    pub sku: Uuid,
    pub without: BTreeSet<Uuid>,
    /// As Graph names it.
    pub error: String,
}

impl FailedLicence {
    /// What stands against giving it to the account itself: it would have all services that failed.
    pub(crate) fn issue(&self, wanted: &Assignment, field: &str) -> Option<Issue> {
        let would_fail = self.sku == wanted.sku && ids(&wanted.without).is_subset(&self.without);
        let (_, ja, en) = ERRORS.iter().find(|(error, ..)| *error == self.error)?;
        let filled = |words: &str| words.replace("{licence}", &wanted.name);
        would_fail.then(|| {
            let issue = Issue::new(Code::RuleBroken, field);
            issue.with("ja", filled(ja)).with("en", filled(en))
        })
    }
}

/// Given to the account itself.
pub(crate) fn direct(shown: &Map<String, Value>) -> AssignedLicences {
    let direct = states(shown).filter(|state| state["assignedByGroup"].is_null());
    direct
        .filter_map(|state| Some((sku(state)?, without(state))))
        .collect()
}

/// Given through groups, in vain too.
pub(crate) fn inherited(shown: &Map<String, Value>) -> BTreeSet<Uuid> {
    of_groups(shown).filter_map(sku).collect()
}

/// Given through groups in vain.
pub(crate) fn failed(shown: &Map<String, Value>) -> Vec<FailedLicence> {
    let failed = of_groups(shown).filter(|state| state["state"] == "Error");
    let failed = failed.filter_map(|state| {
        Some(FailedLicence {
            sku: sku(state)?,
            without: without(state),
            error: state["error"].as_str()?.to_owned(),
        })
    });
    failed.collect()
}

fn states(shown: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    let states = shown.get("licenseAssignmentStates").and_then(Value::as_array);
    states.into_iter().flatten()
}

fn of_groups(shown: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    states(shown).filter(|state| !state["assignedByGroup"].is_null())
}

fn sku(state: &Value) -> Option<Uuid> {
    id(&state["skuId"])
}

fn without(state: &Value) -> BTreeSet<Uuid> {
    let plans = state["disabledPlans"].as_array().into_iter().flatten();
    plans.filter_map(id).collect()
}

fn id(value: &Value) -> Option<Uuid> {
    value.as_str()?.parse().ok()
}
