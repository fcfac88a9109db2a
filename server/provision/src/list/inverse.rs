//! What leads back to how a list was. Pure.

use serde_json::Value;

use super::ListStep;
use crate::inverse::changed;
use crate::recipient::split;

/// The way back from one step; none where it changed nothing, or nothing leads back.
pub(crate) fn back(step: &ListStep, before: &Value) -> Option<ListStep> {
    match step {
        ListStep::CreateList(_) => before["list"].is_null().then_some(ListStep::DeleteList {}),
        ListStep::UpdateList(change) => match before["list"].as_object() {
            Some(was) => changed(&change.to, was).map(ListStep::UpdateList),
            None => changed(&change.to, &change.from).map(ListStep::UpdateList),
        },
        // A list keeps an owner: the first ones stay.
        ListStep::AddOwners { .. } if before["ownerless"] == true => None,
        ListStep::AddOwners { people } => {
            split(people, before, "owners", false).map(|people| ListStep::RemoveOwners { people })
        }
        ListStep::RemoveOwners { people } => {
            split(people, before, "owners", true).map(|people| ListStep::AddOwners { people })
        }
        ListStep::AddMembers { people } => {
            split(people, before, "members", false).map(|people| ListStep::RemoveMembers { people })
        }
        ListStep::RemoveMembers { people } => {
            split(people, before, "members", true).map(|people| ListStep::AddMembers { people })
        }
        ListStep::DeleteList {} => None,
    }
}
