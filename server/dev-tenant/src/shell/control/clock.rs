//! The tenant's time.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::refusal::Refusal;
use crate::shell::clock_file;
use crate::shell::state::Shell;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    /// Negative goes back.
    seconds: i64,
}

pub(super) async fn read(State(shell): State<Arc<Shell>>) -> Json<Value> {
    Json(shown(&shell))
}

pub(super) async fn advance(
    State(shell): State<Arc<Shell>>,
    Json(wanted): Json<Advance>,
) -> Result<Json<Value>, Refusal> {
    let by = SignedDuration::from_secs(wanted.seconds);
    clock_file::advance(&shell.data, &shell.world.clock, by)?;
    Ok(Json(shown(&shell)))
}

fn shown(shell: &Shell) -> Value {
    let clock = &shell.world.clock;
    json!({"now": clock.now(), "offsetMilliseconds": clock.offset_ms()})
}
