//! What each app has used of SharePoint, how full the lists are, and blocks.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::refusal::Refusal;
use crate::directory::AppId;
use crate::shell::state::Shell;

/// Requests, writes, refusals, resource units and bytes by app id, `browsers` for people without an app; items and
/// unique permission scopes by list.
pub(super) async fn read(State(shell): State<Arc<Shell>>) -> Result<Json<Value>, Refusal> {
    let name = |app: Option<AppId>| app.map_or_else(|| "browsers".to_owned(), |app| app.0.to_string());
    let usage = shell.world.meter.usage().into_iter();
    let apps: BTreeMap<String, Value> = usage
        .map(|(app, usage)| Ok((name(app), serde_json::to_value(usage)?)))
        .collect::<Result<_, serde_json::Error>>()?;
    let tenant = shell.world.tenant();
    let lists = tenant
        .sharepoint
        .sites
        .iter()
        .flat_map(|site| site.lists.values());
    let lists: BTreeMap<&str, Value> = lists
        .map(|list| {
            let scopes = list.items.unique_scopes();
            let held = json!({"items": list.items.len(), "uniqueScopes": scopes});
            (list.root_folder.as_str(), held)
        })
        .collect();
    Ok(Json(json!({"apps": apps, "lists": lists})))
}

/// Counters and windows start again from nothing.
pub(super) async fn reset(State(shell): State<Arc<Shell>>) -> StatusCode {
    shell.world.meter.reset();
    StatusCode::NO_CONTENT
}

/// From now on the app gets 503 and nothing else.
pub(super) async fn block(State(shell): State<Arc<Shell>>, Path(app): Path<Uuid>) -> StatusCode {
    shell.world.meter.block(AppId(app), true);
    StatusCode::NO_CONTENT
}

pub(super) async fn unblock(State(shell): State<Arc<Shell>>, Path(app): Path<Uuid>) -> StatusCode {
    shell.world.meter.block(AppId(app), false);
    StatusCode::NO_CONTENT
}
