//! Where webhooks for a host really go.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use http::StatusCode;
use serde::Deserialize;

use super::refusal::Refusal;
use crate::shell::state::Shell;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bend {
    address: SocketAddr,
}

pub(super) async fn read(State(shell): State<Arc<Shell>>) -> Json<BTreeMap<String, SocketAddr>> {
    Json(shell.bends.all())
}

pub(super) async fn bend(
    State(shell): State<Arc<Shell>>,
    Path(host): Path<String>,
    Json(bend): Json<Bend>,
) -> Result<StatusCode, Refusal> {
    shell.bends.set(&host, Some(bend.address))?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn straighten(
    State(shell): State<Arc<Shell>>,
    Path(host): Path<String>,
) -> Result<StatusCode, Refusal> {
    shell.bends.set(&host, None)?;
    Ok(StatusCode::NO_CONTENT)
}
