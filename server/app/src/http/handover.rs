//! `/handover/{id}`: where a manager has the password of an account shown. Opening the page does nothing, so a
//! mail scanner cannot burn it; asking and fetching are POSTs with a token that only the page knows.

mod asking;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Serialize;
use store::{Handover, PersonId, transaction};
use uuid::Uuid;
use workflow::State as Stands;

use super::Problem;
use super::cookie::mac;
use super::page::{Language, Notice, notice, render};
use super::sign_in::{Session, forget, session, start};
use crate::cases::Case;
use crate::handover::{PATH, owed_by_page};
use crate::jobs::JobError;
use crate::service::Service;

/// A public key of 4096 bits in base64, and room.
const LARGEST_BODY: usize = 8 * 1024;

#[derive(Serialize)]
struct Facts {
    account: String,
    path: String,
    token: String,
    script: &'static str,
}

pub(super) fn routes(service: Arc<Service>) -> Router {
    Router::new()
        .route(&format!("{PATH}/{{id}}"), get(page))
        .route(&format!("{PATH}/{{id}}/ask"), post(asking::ask))
        .route(&format!("{PATH}/{{id}}/answer"), post(asking::answer))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(service)
}

async fn page(
    State(service): State<Arc<Service>>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let path = format!("{PATH}/{id}");
    let Some(session) = session(&service, &headers).await? else {
        return start(&service, &path);
    };
    let language = Language::of(&headers);
    match account(&service, id, &session).await.map_err(Problem::internal)? {
        None => forget(notice(StatusCode::NOT_FOUND, Notice::NotFound, language)?),
        Some(account) => {
            let token = token(&service, id, &session)?;
            let script = include_str!("handover/page.js");
            let facts = Facts {
                account,
                path,
                token,
                script,
            };
            render(
                StatusCode::OK,
                include_str!("handover/page.html"),
                language,
                &facts,
            )
        }
    }
}

/// Says that a POST was made by our page for this person.
fn token(service: &Service, id: Uuid, session: &Session) -> Result<String, Problem> {
    mac(service, &format!("handover {id} {}", session.person))
}

fn reader(session: &Session) -> PersonId {
    PersonId::new(session.person.to_string())
}

/// The name of the account, if the page is this person's.
async fn account(service: &Service, id: Uuid, session: &Session) -> Result<Option<String>, JobError> {
    transaction!(service.store.read(&service.tenant), tx => {
        let found: Option<Handover> = tx.handover(&id.to_string(), &reader(session), service.now()).await?;
        let Some(handover) = found else { return Ok(None) };
        let case = Case::load(tx, &handover.application).await?;
        match case.map(|case| case.application.state) {
            Some(Stands::Completed { progress, .. }) => {
                let owed = owed_by_page(service, &handover.application, &progress, &handover.id)?;
                Ok(owed.map(|owed| owed.user_principal_name))
            }
            _ => Ok(None),
        }
    })
}

#[cfg(test)]
mod tests;
