//! Adding and removing members and owners.

use serde_json::Value;

use super::create::member;
use super::{changeable, has_type};
use crate::call::Reply;
use crate::directory::{Group, ObjectId};
use crate::graph::fault::Fault;
use crate::graph::model::Entity;
use crate::graph::objects::reference;
use crate::graph::permission::{WRITE_GROUPS, WRITE_MEMBERS};
use crate::graph::request::{Outcome, Request};

/// Microsoft Graph, "Add members": up to 20 in one PATCH.
const MOST_BINDS: usize = 20;
const MOST_OWNERS: usize = 100;

pub(crate) fn check_binds(changes: &Entity) -> Result<(), Fault> {
    let count = |name: &str| changes.get(name).and_then(Value::as_array).map_or(0, Vec::len);
    if count("members@odata.bind") <= MOST_BINDS && count("owners@odata.bind") <= MOST_BINDS {
        return Ok(());
    }
    Err(Fault::bad_request(
        "The number of references in one request exceeds the maximum of 20.",
    ))
}

/// A group has so many owners at most (Microsoft Graph, "group resource type").
pub(crate) fn check_number(group: &Group, more: usize) -> Result<(), Fault> {
    if group.owners.len() + more > MOST_OWNERS {
        return Err(Fault::bad_request("A group can have at most 100 owners."));
    }
    Ok(())
}

pub(crate) fn already(side: &str) -> Fault {
    Fault::bad_request(format!(
        "One or more added object references already exist for the following modified properties: '{side}'."
    ))
}

pub(crate) fn dynamic() -> Fault {
    Fault::bad_request(
        "Insufficient privileges to complete the operation: members of a dynamic group follow its rule.",
    )
}

fn may_link(request: &Request, side: &str) -> Result<(), Fault> {
    request.may_write(if side == "members" {
        WRITE_MEMBERS
    } else {
        WRITE_GROUPS
    })
}

pub(crate) fn add(request: &Request, key: &str, side: &str) -> Outcome {
    may_link(request, side)?;
    let wanted = reference(&request.object()?)?;
    let mut tenant = request.world.tenant();
    super::find(&tenant.directory, request.now, key)?;
    let added = member(request, &tenant.directory, &wanted)?;
    let is_person = tenant.directory.users.contains_key(&added);
    let group = changeable(&mut tenant.directory, request.now, key)?;
    if side == "members" && has_type(group, "DynamicMembership") {
        return Err(dynamic());
    }
    if !is_person && (side == "owners" || has_type(group, "Unified")) {
        return Err(Fault::invalid(side, "Group"));
    }
    let id = group.id;
    if side == "owners" {
        check_number(group, 1)?;
    }
    let set = if side == "members" {
        &mut group.members
    } else {
        &mut group.owners
    };
    if !set.insert(added) {
        return Err(already(side));
    }
    let what = side.trim_end_matches('s');
    request.record(
        &mut tenant,
        format!("graph:add-{what}:group:{}:{}", id.0, added.0),
    );
    Ok(Reply::empty(204))
}

pub(crate) fn remove(request: &Request, key: &str, side: &str, gone: &str) -> Outcome {
    may_link(request, side)?;
    let mut tenant = request.world.tenant();
    let group = changeable(&mut tenant.directory, request.now, key)?;
    if side == "members" && has_type(group, "DynamicMembership") {
        return Err(dynamic());
    }
    let gone = ObjectId(uuid::Uuid::try_parse(gone).map_err(|_| Fault::no_resource(gone))?);
    let keeps_owner = has_type(group, "Unified") || group.made_by_app;
    let id = group.id;
    let set = if side == "members" {
        &mut group.members
    } else {
        &mut group.owners
    };
    if !set.contains(&gone) {
        return Err(Fault::bad_request(format!(
            "One or more removed object references do not exist for the following modified properties: '{side}'."
        )));
    }
    if side == "owners" && keeps_owner && set.len() == 1 {
        return Err(Fault::bad_request(
            "The group must have at least one owner, hence this owner cannot be removed.",
        ));
    }
    set.remove(&gone);
    let what = side.trim_end_matches('s');
    request.record(
        &mut tenant,
        format!("graph:remove-{what}:group:{}:{}", id.0, gone.0),
    );
    Ok(Reply::empty(204))
}
