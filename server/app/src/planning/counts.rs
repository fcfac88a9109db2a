//! What plans count, for the conditions of routes.

use std::collections::BTreeMap;

use provision::{Plans, Step};

/// By the names that conditions use under `plan`.
pub(crate) fn counts(plans: &Plans) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for step in plans.all().iter().flat_map(|plan| &plan.steps) {
        let name = match step {
            Step::CreateUser(_) => "creates",
            Step::SetManager { .. }
            | Step::RemoveManager { .. }
            | Step::UpdateUser(_)
            | Step::AllowSignIn {} => "updates",
            Step::BlockSignIn {} => "blocks",
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
