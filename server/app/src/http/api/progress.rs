//! Where an application stands, for those who take part in it.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use store::{StoreError, transaction};
use utoipa::ToSchema;
use workflow::PersonId;

use super::Api;
use super::readers::may_read;
use crate::auth::Visitor;
use crate::http::Problem;

/// An application as its people may see it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Progress {
    number: String,
    /// State code, e.g. `IA`.
    state: String,
    /// What happened, oldest first.
    steps: Vec<Step>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Step {
    /// Type of the journal's event, e.g. `stepPassed`.
    name: String,
    /// Always `done`: what is written has happened.
    state: &'static str,
    /// ISO 8601, UTC.
    at: String,
}

/// What happened to an application so far. 404 for whoever takes no part in it.
#[utoipa::path(get, path = "/applications/{number}/progress",
    params(("number" = String, Path, description = "Number of the application")),
    responses(
        (status = 200, description = "The application", body = Progress),
        (status = 401, description = "No valid token"),
        (status = 404, description = "No such application, or not yours"),
    ))]
pub(super) async fn progress(
    State(api): State<Api>,
    visitor: Visitor,
    Path(number): Path<String>,
) -> Result<Json<Progress>, Problem> {
    let service = &api.service;
    let found: Result<_, StoreError> = transaction!(service.store.read(&service.tenant), tx => {
        match tx.application_by_number(&number).await? {
            Some(row) => Ok(Some((tx.journal(&row.id).await?, row))),
            None => Ok(None),
        }
    });
    let (lines, row) = found.map_err(Problem::internal)?.ok_or(Problem::NotFound)?;
    if !may_read(&row, &PersonId::new(visitor.person.to_string()))? {
        return Err(Problem::NotFound);
    }
    let steps = lines.iter().map(|line| Step {
        name: event_type(&line.body),
        state: "done",
        at: line.at.to_string(),
    });
    Ok(Json(Progress {
        steps: steps.collect(),
        number: row.number,
        state: row.code,
    }))
}

/// Only the type: bodies hold forms.
fn event_type(body: &str) -> String {
    #[derive(serde::Deserialize)]
    struct Line {
        event: Typed,
    }
    #[derive(serde::Deserialize)]
    struct Typed {
        r#type: String,
    }
    serde_json::from_str::<Line>(body).map_or_else(|_| "unknown".to_owned(), |line| line.event.r#type)
}
