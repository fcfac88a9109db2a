//! Who decides for the caller, and for whom he does: what the register says now.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use store::transaction;
use utoipa::ToSchema;
use workflow::PersonId;
use workflow::route::Delegation;

use super::Api;
use crate::auth::Visitor;
use crate::deputies::Entry;
use crate::http::Problem;
use crate::jobs::JobError;
use crate::people;

#[derive(Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Deputies {
    /// Those who decide, or will, in the caller's place.
    mine: Vec<Deputyship>,
    /// Those in whose place the caller decides, or will.
    stand_in: Vec<Deputyship>,
}

#[derive(Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Deputyship {
    /// The row of the inbox by which it is ended; absent where it was handed over.
    row: Option<i32>,
    /// Of the other.
    name: String,
    /// ISO 8601, UTC.
    from: String,
    /// Absent: until it is ended.
    until: Option<String>,
    /// Keys of workflows; absent: all.
    workflows: Option<Vec<String>>,
}

/// The caller's deputies, and whose deputy he is; nothing that is over.
#[utoipa::path(get, path = "/deputies", responses(
    (status = 200, description = "What the register says", body = Deputies),
    (status = 401, description = "No valid token"),
))]
pub(super) async fn deputies(State(api): State<Api>, visitor: Visitor) -> Result<Json<Deputies>, Problem> {
    let person = PersonId::new(visitor.person.to_string());
    let service = &api.service;
    let now = service.now();
    let found: Result<_, JobError> = transaction!(service.store.read(&service.tenant), tx => {
        let mut found = Deputies { mine: Vec::new(), stand_in: Vec::new() };
        for (row, Entry { delegation, .. }) in Entry::named(tx).await? {
            if delegation.until.is_some_and(|until| until <= now) {
                continue;
            }
            if delegation.of == person {
                found.mine.push(shown(tx, &row, (&delegation, &delegation.to)).await?);
            }
            if delegation.to == person {
                found.stand_in.push(shown(tx, &row, (&delegation, &delegation.of)).await?);
            }
        }
        Ok(found)
    });
    found.map(Json).map_err(Problem::internal)
}

async fn shown(
    tx: &mut store::Tx,
    row: &str,
    (delegation, other): (&Delegation, &PersonId),
) -> Result<Deputyship, JobError> {
    let copy = people::copy(tx, other).await?;
    let workflows = delegation.workflows.as_ref();
    Ok(Deputyship {
        row: row.parse().ok(),
        name: copy.map_or_else(|| other.to_string(), |known| known.name),
        from: delegation.from.to_string(),
        until: delegation.until.map(|until| until.to_string()),
        workflows: workflows.map(|keys| keys.iter().map(ToString::to_string).collect()),
    })
}
