//! Archiving a team, and taking it out again.

use serde_json::Value;

use super::state::OperationKind;
use super::{bad_request, bearer, find, operations};
use crate::graph::permission::WRITE_TEAM_SETTINGS;
use crate::graph::request::{Outcome, Request, parameter};

pub(crate) fn archive(request: &Request, key: &str, archived: bool) -> Outcome {
    request.may_write(WRITE_TEAM_SETTINGS)?;
    if !request.body.iter().all(u8::is_ascii_whitespace) {
        let body = request.object()?;
        if parameter(&body, "shouldSetSpoSiteReadOnlyForMembers") == Some(&Value::Bool(true)) {
            return Err(bad_request(
                "shouldSetSpoSiteReadOnlyForMembers is not supported in application context.",
            ));
        }
    }
    let mut tenant = request.world.tenant();
    let (group, _) = find(&tenant.directory, request.now, key)?;
    if group.owners.is_empty() {
        return Err(bad_request("The team has no owner."));
    }
    let kind = if archived {
        OperationKind::ArchiveTeam
    } else {
        OperationKind::UnarchiveTeam
    };
    let operation = operations::begin(&mut tenant, request.now, kind);
    let now = request.now;
    let group = bearer(&mut tenant.directory, now, key)?;
    if let Some(team) = group.team.as_mut().filter(|_| !operation.fails) {
        team.is_archived = team.is_archived(now);
        team.archiving = Some((archived, operation.due));
    }
    group.operations.push(operation.clone());
    let id = group.id;
    let verb = if archived { "archive" } else { "unarchive" };
    request.record(&mut tenant, format!("graph:{verb}:team:{}", id.0));
    Ok(operations::accepted(id, &operation))
}
