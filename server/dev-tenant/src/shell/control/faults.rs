//! The faults to come.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::refusal::Refusal;
use crate::shell::faults::{Faults, Plan};
use crate::shell::state::Shell;

/// What is left of the plan.
pub(super) async fn read(State(shell): State<Arc<Shell>>) -> Json<Plan> {
    Json(shell.faults().plan().clone())
}

/// Replaces the plan; `{}` ends all faults.
pub(super) async fn set(
    State(shell): State<Arc<Shell>>,
    Json(plan): Json<Plan>,
) -> Result<Json<Plan>, Refusal> {
    let faults = Faults::follow(plan)?;
    let shown = faults.plan().clone();
    *shell.faults() = faults;
    Ok(Json(shown))
}
