//! What a plan counts, for the conditions of routes.

use std::collections::BTreeMap;

use provision::{Plan, Step};

/// By the names that conditions use under `plan`.
pub(crate) fn counts(plan: &Plan) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for step in &plan.steps {
        let name = match step {
            Step::CreateUser(_) => "creates",
            Step::SetManager { .. } | Step::RemoveManager { .. } | Step::UpdateUser(_) => "updates",
            Step::AssignLicence { .. } => "licences",
            Step::AddToGroup { .. } => "additions",
            Step::RemoveLicence { .. } | Step::RemoveFromGroup { .. } => "removals",
            Step::DeleteUser {} => "deletes",
        };
        *counts.entry(name.to_owned()).or_default() += 1;
    }
    for name in workflow::condition::OF_PLAN {
        counts.entry(name.to_owned()).or_default();
    }
    counts
}
