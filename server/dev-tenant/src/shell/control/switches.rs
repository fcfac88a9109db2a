//! The switches for what Microsoft leaves undocumented.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use crate::shell::state::Shell;
use crate::switches::Switches;

pub(super) async fn read(State(shell): State<Arc<Shell>>) -> Json<Switches> {
    Json(shell.world.tenant().switches)
}

/// Sets them all: what the body leaves out goes back to its default.
pub(super) async fn set(State(shell): State<Arc<Shell>>, Json(wanted): Json<Switches>) -> Json<Switches> {
    shell.world.tenant().switches = wanted;
    Json(wanted)
}
