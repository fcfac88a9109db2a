//! Application permissions of a registration, given and taken as an administrator would.

use std::sync::Arc;

use axum::extract::{Path, State};
use http::StatusCode;
use uuid::Uuid;

use super::refusal::Refusal;
use crate::directory::{App, AppId, ObjectId};
use crate::registration::AppObject;
use crate::shell::state::Shell;

type Asked = (Uuid, Uuid, String);

/// Tokens carry it from the next one on.
pub(super) async fn grant(
    State(shell): State<Arc<Shell>>,
    Path((app, resource, role)): Path<Asked>,
) -> Result<StatusCode, Refusal> {
    with_app(&shell, app, |app| {
        app.roles.entry(resource).or_default().insert(role);
        Ok(StatusCode::NO_CONTENT)
    })
}

pub(super) async fn drop_role(
    State(shell): State<Arc<Shell>>,
    Path((app, resource, role)): Path<Asked>,
) -> Result<StatusCode, Refusal> {
    with_app(&shell, app, |app| {
        let held = app.roles.get_mut(&resource);
        if held.is_some_and(|roles| roles.remove(&role)) {
            return Ok(StatusCode::NO_CONTENT);
        }
        let what = format!("permission {role} of resource {resource} on {}", app.display_name);
        Err(Refusal::NotFound(what))
    })
}

/// Gives a directory role, by template id, to the app's principal.
pub(super) async fn assign_role(
    State(shell): State<Arc<Shell>>,
    Path((app, template)): Path<(Uuid, Uuid)>,
) -> Result<StatusCode, Refusal> {
    let principal = with_app(&shell, app, |app| Ok(app.principal))?;
    let mut tenant = shell.world.tenant();
    tenant
        .directory
        .roles
        .entry(principal)
        .or_default()
        .insert(template);
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn unassign_role(
    State(shell): State<Arc<Shell>>,
    Path((app, template)): Path<(Uuid, Uuid)>,
) -> Result<StatusCode, Refusal> {
    let principal = with_app(&shell, app, |app| Ok(app.principal))?;
    let mut tenant = shell.world.tenant();
    let held = tenant.directory.roles.get_mut(&principal);
    if held.is_some_and(|roles| roles.remove(&template)) {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Refusal::NotFound(format!(
        "directory role {template} of app {app}"
    )))
}

const OBJECTS: [AppObject; 2] = [AppObject::Application, AppObject::ServicePrincipal];

/// Makes a person or principal an owner of the app's registration and principal.
pub(super) async fn own(
    State(shell): State<Arc<Shell>>,
    Path((app, principal)): Path<(Uuid, Uuid)>,
) -> Result<StatusCode, Refusal> {
    with_app(&shell, app, |app| {
        for object in OBJECTS {
            let owners = app.registration.owners.entry(object).or_default();
            owners.insert(ObjectId(principal));
        }
        Ok(StatusCode::NO_CONTENT)
    })
}

pub(super) async fn disown(
    State(shell): State<Arc<Shell>>,
    Path((app, principal)): Path<(Uuid, Uuid)>,
) -> Result<StatusCode, Refusal> {
    with_app(&shell, app, |app| {
        let mut found = false;
        for object in OBJECTS {
            let owners = app.registration.owners.entry(object).or_default();
            found |= owners.remove(&ObjectId(principal));
        }
        if found {
            return Ok(StatusCode::NO_CONTENT);
        }
        Err(Refusal::NotFound(format!(
            "owner {principal} of {}",
            app.display_name
        )))
    })
}

fn with_app<T>(
    shell: &Shell,
    app: Uuid,
    work: impl FnOnce(&mut App) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let mut tenant = shell.world.tenant();
    let found = tenant.directory.apps.get_mut(&AppId(app));
    work(found.ok_or_else(|| Refusal::NotFound(format!("app {app}")))?)
}
