//! What an app with `Sites.Selected` may do on a site.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use http::StatusCode;
use serde::Deserialize;
use uuid::Uuid;

use super::refusal::Refusal;
use crate::directory::AppId;
use crate::sharepoint::state::people::GrantRole;
use crate::sharepoint::state::site::{AppGrant, Site};
use crate::shell::state::Shell;
use crate::world::Tenant;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Where {
    /// Server-relative path of the site, e.g. `/sites/flow`.
    site: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    role: GrantRole,
}

/// Gives the app this one role on the site, instead of what it had.
pub(super) async fn grant(
    State(shell): State<Arc<Shell>>,
    Path(app): Path<Uuid>,
    Query(place): Query<Where>,
    Json(wanted): Json<Wanted>,
) -> Result<StatusCode, Refusal> {
    let app = AppId(app);
    let mut tenant = shell.world.tenant();
    let name = tenant
        .directory
        .apps
        .get(&app)
        .map(|app| app.display_name.clone());
    let display_name = name.ok_or_else(|| Refusal::NotFound(format!("app {}", app.0)))?;
    let key = tenant.ids.uuid();
    let site = site(&mut tenant, &place.site)?;
    site.grants.retain(|_, grant| grant.app != app);
    let grant = AppGrant {
        app,
        display_name,
        role: wanted.role,
    };
    site.grants.insert(key, grant);
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn revoke(
    State(shell): State<Arc<Shell>>,
    Path(app): Path<Uuid>,
    Query(place): Query<Where>,
) -> Result<StatusCode, Refusal> {
    let mut tenant = shell.world.tenant();
    let site = site(&mut tenant, &place.site)?;
    let before = site.grants.len();
    site.grants.retain(|_, grant| grant.app.0 != app);
    if site.grants.len() == before {
        return Err(Refusal::NotFound(format!("grant of app {app} on {}", place.site)));
    }
    Ok(StatusCode::NO_CONTENT)
}

fn site<'t>(tenant: &'t mut Tenant, path: &str) -> Result<&'t mut Site, Refusal> {
    let mut sites = tenant.sharepoint.sites.iter_mut();
    let found = sites.find(|site| site.farm.is_none() && site.path.eq_ignore_ascii_case(path));
    found.ok_or_else(|| Refusal::NotFound(format!("site {path}")))
}
