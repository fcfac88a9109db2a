//! Making a Microsoft 365 group a team.

use serde_json::{Map, Value, json};

use super::state::{OperationKind, Team};
use super::{bad_request, operations, settings, show};
use crate::directory::{Group, ObjectId};
use crate::exchange::after;
use crate::graph::fault::Fault;
use crate::graph::groups::{self, has_type};
use crate::graph::model::{self, Entity};
use crate::graph::permission::{CREATE_TEAMS, TEAMIFY};
use crate::graph::request::{Outcome, Request, entity};
use crate::world::Tenant;

/// At once, and with the team as the answer.
pub(super) fn put(request: &Request, key: &str) -> Outcome {
    request.may_write(TEAMIFY)?;
    let mut body = model::canonical("team", &request.object()?)?;
    let settings = settings::take(&mut body)?;
    let mut tenant = request.world.tenant();
    let id = check(request, &tenant, key)?;
    bear(&mut tenant, id, Team::new(request.now, settings));
    request.record(&mut tenant, format!("graph:create:team:{}", id.0));
    let group = &tenant.directory.groups[&id];
    let team = group.team.as_ref().ok_or_else(|| Fault::no_resource(key))?;
    let shown = show::show(request, &tenant.directory, group, team);
    let context = format!("groups('{}')/team/$entity", id.0);
    Ok(entity(201, &context, shown))
}

/// By POST /teams with `group@odata.bind`: 202 and an operation.
pub(super) fn post(request: &Request, mut body: Entity, key: &str) -> Outcome {
    request.may_write(CREATE_TEAMS)?;
    if let Some(name) = ["displayName", "visibility", "members"]
        .into_iter()
        .find(|name| body.contains_key(*name))
    {
        return Err(bad_request(format!(
            "Property '{name}' is not allowed with group@odata.bind."
        )));
    }
    let settings = settings::take(&mut body)?;
    let mut tenant = request.world.tenant();
    let id = check(request, &tenant, key)?;
    let operation = operations::begin(&mut tenant, request.now, OperationKind::TeamifyGroup);
    if !operation.fails {
        bear(&mut tenant, id, Team::new(operation.due, settings));
    }
    if let Some(group) = tenant.directory.groups.get_mut(&id) {
        group.operations.push(operation.clone());
    }
    request.record(&mut tenant, format!("graph:create:team:{}", id.0));
    Ok(operations::accepted(id, &operation))
}

/// A group that has replicated to Teams, has an owner, and is no team yet.
fn check(request: &Request, tenant: &Tenant, key: &str) -> Result<ObjectId, Fault> {
    let group = groups::find(&tenant.directory, request.now, key)?;
    let settled = after(group.created, tenant.switches.teams.group_settles_seconds);
    if settled > request.now {
        let text =
            format!("Failed to execute Skype backend request GetGroupDetails. No group found with id {key}");
        return Err(Fault::refused(404, "NotFound", text));
    }
    if !has_type(group, "Unified") {
        return Err(bad_request("Only a Microsoft 365 group can become a team."));
    }
    if group.owners.is_empty() {
        return Err(bad_request(
            "The group must have at least one owner to become a team.",
        ));
    }
    if group.team.is_some() {
        return Err(Fault::refused(409, "Conflict", "The group is already a team."));
    }
    Ok(group.id)
}

pub(super) fn bear(tenant: &mut Tenant, id: ObjectId, team: Team) {
    if let Some(group) = tenant.directory.groups.get_mut(&id) {
        mark(group);
        group.team = Some(team);
    }
}

/// Groups say that they are teams.
fn mark(group: &mut Group) {
    let properties: &mut Map<String, Value> = &mut group.properties;
    properties.insert("resourceProvisioningOptions".to_owned(), json!(["Team"]));
}
