//! What plans count, for the conditions of routes.

use std::collections::BTreeMap;

use provision::{Plans, Step};

/// By the names that conditions use under `plan`.
pub(crate) fn counts(plans: &Plans) -> BTreeMap<String, u64> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for name in workflow::condition::OF_PLAN {
        counts.insert(name.to_owned(), 0);
    }
    for step in plans.all().iter().flat_map(|plan| &plan.steps) {
        for (name, number) in of(step) {
            *counts.entry(name.to_owned()).or_default() += number;
        }
    }
    counts
}

fn of(step: &Step) -> Vec<(&'static str, u64)> {
    let one = match step {
        Step::ChangeLicences { give, take } => {
            let count = |all: &[provision::Licence]| u64::try_from(all.len()).unwrap_or(u64::MAX);
            return vec![("licences", count(give)), ("removals", count(take))];
        }
        Step::CreateUser(_) => "creates",
        Step::SetManager { .. } | Step::RemoveManager { .. } | Step::UpdateUser(_) | Step::AllowSignIn {} => {
            "updates"
        }
        Step::BlockSignIn {} => "blocks",
        Step::AssignLicence { .. } => "licences",
        Step::AddToGroup { .. } => "additions",
        Step::RemoveLicence { .. } | Step::RemoveFromGroup { .. } => "removals",
        Step::DeleteUser {} => "deletes",
    };
    vec![(one, 1)]
}
