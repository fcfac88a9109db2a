//! Applications of one person, a page at a time, newest first: from our own index, over all lists.

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use store::{Cursor, Listed, PersonId, Role, StoreError, transaction};
use utoipa::{IntoParams, ToSchema};

use super::Api;
use super::page::{self, Wanted};
use crate::auth::Visitor;
use crate::http::Problem;
use crate::shards::item_form;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// `next` of the page before.
    after: Option<String>,
    /// Rows of a page, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u16>,
}

/// A page of a listing.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub(super) struct Listing {
    items: Vec<Entry>,
    /// To be given as `after`; absent at the end.
    next: Option<String>,
}

#[derive(Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    number: String,
    /// Key of the workflow, as in its definition.
    workflow: String,
    definition_version: i64,
    /// State code, e.g. `IA`.
    state: String,
    /// Object id of the applicant.
    applicant: String,
    /// ISO 8601, UTC.
    created_at: String,
    updated_at: String,
    /// The item's form in SharePoint; absent where only this API shows the application.
    url: Option<String>,
}

/// Applications that this person made, newest first.
#[utoipa::path(get, path = "/applications", params(Asked), responses(
    (status = 200, description = "A page", body = Listing),
    (status = 400, description = "Not a page"),
    (status = 401, description = "No valid token"),
))]
pub(super) async fn mine(
    State(api): State<Api>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Json<Listing>, Problem> {
    let (person, wanted) = (PersonId::new(visitor.person.to_string()), asked.wanted()?);
    let found: Result<_, StoreError> = transaction!(api.service.store.read(&api.service.tenant), tx =>
        tx.applications_of(&person, wanted.after.as_ref(), wanted.most()).await);
    listing(&api, &wanted, found)
}

/// Applications that wait for this person, newest first.
#[utoipa::path(get, path = "/tasks", params(Asked), responses(
    (status = 200, description = "A page", body = Listing),
    (status = 400, description = "Not a page"),
    (status = 401, description = "No valid token"),
))]
pub(super) async fn tasks(
    State(api): State<Api>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Json<Listing>, Problem> {
    let (person, wanted) = (PersonId::new(visitor.person.to_string()), asked.wanted()?);
    let found: Result<_, StoreError> = transaction!(api.service.store.read(&api.service.tenant), tx =>
        tx.applications_with(&person, Role::Holder, wanted.after.as_ref(), wanted.most()).await);
    listing(&api, &wanted, found)
}

fn listing(
    api: &Api,
    wanted: &Wanted,
    found: Result<Vec<Listed>, StoreError>,
) -> Result<Json<Listing>, Problem> {
    let mut rows = found.map_err(Problem::internal)?;
    let more = rows.len() > wanted.limit;
    rows.truncate(wanted.limit);
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| {
        page::written(&Cursor {
            at: row.created_at,
            id: row.id.clone(),
        })
    });
    let items = rows.into_iter().map(|row| entry(api, row));
    Ok(Json(Listing {
        items: items.collect(),
        next,
    }))
}

fn entry(api: &Api, row: Listed) -> Entry {
    let sealed = row.sealed.as_ref();
    Entry {
        url: sealed.and_then(|item| item_form(&api.service, item, row.fold.as_deref())),
        number: row.number,
        workflow: row.workflow.to_string(),
        definition_version: row.definition_version,
        state: row.code,
        applicant: row.applicant.to_string(),
        created_at: row.created_at.to_string(),
        updated_at: row.updated_at.to_string(),
    }
}

impl Asked {
    fn wanted(&self) -> Result<Wanted, Problem> {
        Wanted::read(self.after.as_deref(), self.limit)
    }
}

#[cfg(test)]
mod tests;
