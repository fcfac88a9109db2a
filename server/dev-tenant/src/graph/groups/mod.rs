//! Groups.

pub(crate) mod change;
pub(crate) mod create;
pub(crate) mod licences;
pub(crate) mod links;
pub(crate) mod read;
pub(crate) mod show;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;

use super::address::named_key;
use super::fault::Fault;
use super::users;
use crate::directory::{Directory, Group, ObjectId};

/// The group by object id or `uniqueName='…'`, once it has replicated.
pub(crate) fn find<'d>(directory: &'d Directory, now: Timestamp, key: &str) -> Result<&'d Group, Fault> {
    let name = named_key(key, "uniqueName");
    directory
        .groups
        .values()
        .filter(|group| group.deleted.is_none() && group.visible_from <= now)
        .find(|group| match &name {
            Some(_) => group.unique_name == name,
            None => users::is(group.id, key),
        })
        .ok_or_else(|| Fault::no_resource(name.as_deref().unwrap_or(key)))
}

/// A group whose properties and members Graph may write: not mail-enabled but for Microsoft 365 groups, and not
/// mastered on premises.
pub(crate) fn changeable<'d>(
    directory: &'d mut Directory,
    now: Timestamp,
    key: &str,
) -> Result<&'d mut Group, Fault> {
    let group = find(directory, now, key)?;
    let id = group.id;
    if is_kept_by_exchange(group) {
        return Err(Fault::bad_request(
            "Cannot Update a mail-enabled security groups and or distribution list.",
        ));
    }
    if flag(group, "onPremisesSyncEnabled") {
        return Err(Fault::bad_request(
            "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.",
        ));
    }
    directory
        .groups
        .get_mut(&id)
        .ok_or_else(|| Fault::no_resource(key))
}

/// A distribution list or a mail-enabled security group.
fn is_kept_by_exchange(group: &Group) -> bool {
    flag(group, "mailEnabled") && !has_type(group, "Unified")
}

fn flag(group: &Group, name: &str) -> bool {
    group.properties.get(name) == Some(&Value::Bool(true))
}

pub(crate) fn has_type(group: &Group, kind: &str) -> bool {
    group
        .properties
        .get("groupTypes")
        .and_then(Value::as_array)
        .is_some_and(|kinds| kinds.iter().any(|found| found == kind))
}

/// Groups that hold `member`, directly or through other groups.
pub(crate) fn containing(directory: &Directory, member: ObjectId, transitive: bool) -> Vec<&Group> {
    directory
        .groups
        .values()
        .filter(|group| group.deleted.is_none())
        .filter(|group| {
            group.members.contains(&member) || (transitive && below(directory, group.id).contains(&member))
        })
        .collect()
}

/// All members of a group, however deep; rings of groups end.
pub(crate) fn below(directory: &Directory, group: ObjectId) -> BTreeSet<ObjectId> {
    let mut found = BTreeSet::new();
    let mut open = vec![group];
    while let Some(members) = open
        .pop()
        .map(|id| directory.groups.get(&id).map(|group| &group.members))
    {
        let new = members.into_iter().flatten().filter(|id| found.insert(**id));
        open.extend(new.copied());
    }
    found
}
