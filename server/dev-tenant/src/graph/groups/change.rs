//! Changing and deleting groups.

use serde_json::Value;

use super::create::{bound, check_names, check_people, check_writable, insert};
use super::links::{check_binds, check_number};
use super::{changeable, find};
use crate::call::Reply;
use crate::graph::address::named_key;
use crate::graph::fault::Fault;
use crate::graph::model;
use crate::graph::permission::{CHANGE_GROUPS, DELETE_GROUPS, WRITE_MEMBERS};
use crate::graph::request::{Outcome, Request};

/// Updates a group, or creates it when it is addressed by a new unique name with `Prefer: create-if-missing`.
pub(crate) fn patch(request: &Request, key: &str) -> Outcome {
    let mut changes = model::canonical("group", &request.object()?)?;
    if let Some(name) = named_key(key, "uniqueName") {
        let tenant = request.world.tenant();
        let known = tenant.directory.groups.values();
        let mut known = known.filter(|group| group.deleted.is_none());
        let exists = known.any(|group| group.unique_name.as_ref() == Some(&name));
        drop(tenant);
        if !exists && request.prefers("create-if-missing") {
            changes.insert("uniqueName".to_owned(), name.into());
            return insert(request, changes);
        }
        changes.remove("uniqueName");
    }
    let only_members = !changes.is_empty() && changes.keys().all(|name| name == "members@odata.bind");
    request.may_write(if only_members {
        WRITE_MEMBERS
    } else {
        CHANGE_GROUPS
    })?;
    if changes.contains_key("uniqueName") {
        return Err(Fault::bad_request("Property 'uniqueName' is immutable."));
    }
    check_binds(&changes)?;
    check_names(&changes)?;
    check_writable(&changes)?;
    update(request, key, changes)
}

fn update(request: &Request, key: &str, mut changes: model::Entity) -> Outcome {
    let mut tenant = request.world.tenant();
    let members = bound(request, &tenant.directory, &mut changes, "members@odata.bind")?;
    let owners = bound(request, &tenant.directory, &mut changes, "owners@odata.bind")?;
    if super::has_type(find(&tenant.directory, request.now, key)?, "Unified") {
        check_people(&tenant.directory, members.union(&owners))?;
    }
    let group = changeable(&mut tenant.directory, request.now, key)?;
    check_number(group, owners.len())?;
    if !members.is_disjoint(&group.members) {
        return Err(super::links::already("members"));
    }
    if !owners.is_disjoint(&group.owners) {
        return Err(super::links::already("owners"));
    }
    if !members.is_empty() && super::has_type(group, "DynamicMembership") {
        return Err(super::links::dynamic());
    }
    let id = group.id;
    group.members.extend(&members);
    group.owners.extend(&owners);
    let updates = !changes.is_empty();
    for (name, value) in changes {
        match (name.as_str(), value) {
            ("displayName", Value::String(text)) => group.display_name = text,
            (_, value) => {
                group.properties.insert(name, value);
            }
        }
    }
    for member in members {
        request.record(
            &mut tenant,
            format!("graph:add-member:group:{}:{}", id.0, member.0),
        );
    }
    for owner in owners {
        request.record(&mut tenant, format!("graph:add-owner:group:{}:{}", id.0, owner.0));
    }
    if updates {
        request.record(&mut tenant, format!("graph:update:group:{}", id.0));
    }
    Ok(Reply::empty(204))
}

/// Microsoft 365 groups go to the deleted items, all others at once.
pub(crate) fn delete(request: &Request, key: &str) -> Outcome {
    request.may_write(DELETE_GROUPS)?;
    let mut tenant = request.world.tenant();
    let id = find(&tenant.directory, request.now, key)?.id;
    let group = changeable(&mut tenant.directory, request.now, key)?;
    group.deleted = Some(request.now);
    if !super::has_type(group, "Unified") {
        tenant.directory.groups.remove(&id);
    }
    request.record(&mut tenant, format!("graph:delete:group:{}", id.0));
    Ok(Reply::empty(204))
}
