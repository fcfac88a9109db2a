//! What leads back to how a group was. Pure.

use serde_json::Value;
use uuid::Uuid;

use super::{GroupStep, People, team};
use crate::inverse::changed;

/// The way back from one step; none where it changed nothing, or goes with the group itself.
pub(crate) fn back(step: &GroupStep, before: &Value) -> Option<GroupStep> {
    match step {
        GroupStep::CreateGroup(new) => {
            let kind = new.kind;
            before["group"]
                .is_null()
                .then_some(GroupStep::DeleteGroup { kind })
        }
        GroupStep::UpdateGroup(change) => match before["group"].as_object() {
            Some(was) => changed(&change.to, was).map(GroupStep::UpdateGroup),
            None => changed(&change.to, &change.from).map(GroupStep::UpdateGroup),
        },
        // A group keeps an owner: the first ones go with the group.
        GroupStep::AddOwners { .. } if listed(before, "owners").is_empty() => None,
        GroupStep::AddOwners { people } => {
            others(people, &listed(before, "owners")).map(|people| GroupStep::RemoveOwners { people })
        }
        GroupStep::RemoveOwners { people } => {
            those(people, &listed(before, "owners")).map(|people| GroupStep::AddOwners { people })
        }
        GroupStep::AddMembers { people } => {
            others(people, &listed(before, "members")).map(|people| GroupStep::RemoveMembers { people })
        }
        GroupStep::RemoveMembers { people } => {
            those(people, &listed(before, "members")).map(|people| GroupStep::AddMembers { people })
        }
        GroupStep::MakeTeam {} => None,
        GroupStep::DeleteGroup { kind } => {
            (!before["group"].is_null()).then_some(GroupStep::RestoreGroup { kind: *kind })
        }
        GroupStep::RestoreGroup { kind } => before["group"]
            .is_null()
            .then_some(GroupStep::DeleteGroup { kind: *kind }),
        GroupStep::Team(step) => team::back(step, before).map(GroupStep::Team),
    }
}

pub(super) fn listed(before: &Value, name: &str) -> Vec<Uuid> {
    let ids = before[name].as_array().into_iter().flatten();
    ids.filter_map(|id| id.as_str()?.parse().ok()).collect()
}

pub(super) fn those(people: &People, among: &[Uuid]) -> Option<People> {
    let mut those = people.clone();
    those.retain(|id, _| among.contains(id));
    (!those.is_empty()).then_some(those)
}

pub(super) fn others(people: &People, than: &[Uuid]) -> Option<People> {
    let mut others = people.clone();
    others.retain(|id, _| !than.contains(id));
    (!others.is_empty()).then_some(others)
}
