//! Operations under way: how creating and archiving a team comes along.

use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::state::{Operation, OperationKind};
use crate::call::Reply;
use crate::directory::{Directory, Group, ObjectId};
use crate::exchange::after;
use crate::graph::fault::Fault;
use crate::graph::model::Entity;
use crate::graph::page::{self, Collection};
use crate::graph::permission::READ_OPERATIONS;
use crate::graph::request::{Outcome, Request, entity};
use crate::graph::users::is;
use crate::world::Tenant;

/// Begins an operation, due after the switched time.
pub(super) fn begin(tenant: &mut Tenant, now: Timestamp, kind: OperationKind) -> Operation {
    let fails = tenant.switches.teams.operation_failed_percent;
    Operation {
        id: tenant.ids.uuid(),
        kind,
        begun: now,
        due: after(now, tenant.switches.teams.operation_seconds),
        fails: tenant.ids.chance(fails),
    }
}

/// 202, with addresses that are relative and lack the version.
pub(super) fn accepted(team: ObjectId, operation: &Operation) -> Reply {
    Reply::empty(202)
        .with(
            "Location",
            format!("/teams('{}')/operations('{}')", team.0, operation.id),
        )
        .with("Content-Location", format!("/teams('{}')", team.0))
}

/// The group of an operation, which may bear no team yet and may not have replicated.
fn group<'d>(directory: &'d Directory, key: &str) -> Result<&'d Group, Fault> {
    let mut groups = directory.groups.values();
    groups
        .find(|group| is(group.id, key) && !group.operations.is_empty())
        .ok_or_else(|| Fault::refused(404, "NotFound", format!("No team found with Group Id {key}")))
}

fn show(now: Timestamp, team: ObjectId, operation: &Operation) -> Entity {
    let status = operation.status(now);
    let failure = json!({"code": "InternalServerError", "message": "The operation could not be completed."});
    let shown = json!({
        "id": operation.id,
        "operationType": operation.kind,
        "createdDateTime": operation.begun,
        "lastActionDateTime": now.min(operation.due),
        "status": status,
        "attemptsCount": u8::from(status != "notStarted"),
        "targetResourceId": team,
        "targetResourceLocation": format!("/teams('{}')", team.0),
        "error": (status == "failed").then_some(failure),
    });
    shown.as_object().cloned().unwrap_or_default()
}

pub(crate) fn one(request: &Request, key: &str, id: &str) -> Outcome {
    request.may(READ_OPERATIONS)?;
    let tenant = request.world.tenant();
    let group = group(&tenant.directory, key)?;
    let wanted = Uuid::try_parse(id).ok();
    let mut all = group.operations.iter();
    let found = all.find(|operation| Some(operation.id) == wanted);
    let found =
        found.ok_or_else(|| Fault::refused(404, "NotFound", format!("No operation found with id {id}")))?;
    let context = format!("teams('{}')/operations/$entity", group.id.0);
    Ok(entity(200, &context, show(request.now, group.id, found)))
}

pub(crate) fn list(request: &Request, key: &str) -> Outcome {
    request.may(READ_OPERATIONS)?;
    let tenant = request.world.tenant();
    let group = group(&tenant.directory, key)?;
    let context = format!("teams('{}')/operations", group.id.0);
    let collection = Collection {
        resource: "teamsAsyncOperation",
        context: &context,
        default: &[],
    };
    let all = group
        .operations
        .iter()
        .map(|operation| show(request.now, group.id, operation));
    page::directory(request, collection, all.collect())
}
