//! What leads back to how a list was. Pure.

use serde_json::Value;
use uuid::Uuid;

use super::{ListStep, Recipients};
use crate::inverse::changed;

/// The way back from one step; none where it changed nothing, or nothing leads back.
pub(crate) fn back(step: &ListStep, before: &Value) -> Option<ListStep> {
    match step {
        ListStep::CreateList(_) => before["list"].is_null().then_some(ListStep::DeleteList {}),
        ListStep::UpdateList(change) => match before["list"].as_object() {
            Some(was) => changed(&change.to, was).map(ListStep::UpdateList),
            None => changed(&change.to, &change.from).map(ListStep::UpdateList),
        },
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

/// Those of the people who were there before, or those who were not.
fn split(people: &Recipients, before: &Value, name: &str, were_there: bool) -> Option<Recipients> {
    let ids = before[name].as_array().into_iter().flatten();
    let there: Vec<Uuid> = ids.filter_map(|id| id.as_str()?.parse().ok()).collect();
    let mut split = people.clone();
    split.retain(|id, _| there.contains(id) == were_there);
    (!split.is_empty()).then_some(split)
}
