//! What became of a decision that came by the API.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use store::transaction;
use utoipa::ToSchema;

use super::Api;
use super::caller::Decider;
use crate::cases::Case;
use crate::decisions::{Decision, Fate};
use crate::http::Problem;
use crate::jobs::JobError;

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Decided {
    id: String,
    /// `waiting`, `recorded` (it stands in the journal) or `notCounted` (it decides nothing).
    status: &'static str,
    /// Why it is not counted, e.g. `stale_step`.
    code: Option<String>,
    /// ISO 8601, UTC.
    asked_at: String,
    recorded_at: Option<String>,
}

/// What became of a decision of this person.
#[utoipa::path(get, path = "/applications/{number}/decisions/{id}",
    params(
        ("number" = String, Path, description = "Number of the application"),
        ("id" = String, Path, description = "Id of the decision"),
    ),
    responses(
        (status = 200, description = "The decision", body = Decided),
        (status = 401, description = "No valid token"),
        (status = 403, description = "A client that may not decide"),
        (status = 404, description = "No such decision, or not yours"),
    ))]
pub(super) async fn decided(
    State(api): State<Api>,
    Decider(person): Decider,
    Path((number, id)): Path<(String, String)>,
) -> Result<Json<Decided>, Problem> {
    let service = &api.service;
    let found: Result<_, JobError> = transaction!(service.store.read(&service.tenant), tx => {
        let case = Case::by_number(tx, &number).await?;
        let decision = Decision::find(tx, &id).await?;
        Ok(case.zip(decision))
    });
    let found = found.map_err(Problem::internal)?;
    let own = found.filter(|(case, decision)| decision.by == person && decision.application == case.row.id);
    let (_, decision) = own.ok_or(Problem::NotFound)?;
    Ok(Json(told(id, &decision)))
}

pub(super) fn told(id: String, decision: &Decision) -> Decided {
    let (status, code, recorded_at) = match &decision.fate {
        Fate::Waiting => ("waiting", None, None),
        Fate::Recorded { at } => ("recorded", None, Some(at.to_string())),
        Fate::NotCounted { why } => ("notCounted", word(why), None),
        Fate::Left => ("notCounted", Some("left".to_owned()), None),
    };
    Decided {
        id,
        status,
        code,
        asked_at: decision.asked_at.to_string(),
        recorded_at,
    }
}

/// Codes serialise as themselves.
fn word(code: &impl Serialize) -> Option<String> {
    let code = serde_json::to_value(code).ok()?;
    code.as_str().map(str::to_owned)
}
