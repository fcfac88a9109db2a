//! `POST /hooks/sharepoint`: SharePoint says that something changed. All it can cause is a walk of our lists.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use secrecy::ExposeSecret;
use serde::Deserialize;
use store::transaction;
use uuid::Uuid;

use super::Problem;
use crate::heartbeat;
use crate::jobs::JobError;
use crate::service::Service;
use crate::setup::webhooks::{HOOK_PATH, client_state};
use crate::walk;

/// A notification names subscriptions and lists, nothing more.
const LARGEST_BODY: usize = 256 * 1024;

#[derive(Deserialize)]
struct Handshake {
    validationtoken: Option<String>,
}

#[derive(Deserialize)]
struct Notifications {
    value: Vec<Notification>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notification {
    client_state: Option<String>,
    /// Id of the list.
    resource: Option<String>,
}

pub(super) fn routes(service: Arc<Service>) -> Router {
    Router::new()
        .route(HOOK_PATH, post(receive))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(service)
}

/// Answers the handshake with its own token as plain text; otherwise believes only those who know our secret.
async fn receive(
    State(service): State<Arc<Service>>,
    Query(handshake): Query<Handshake>,
    body: Bytes,
) -> Result<Response, Problem> {
    if let Some(token) = handshake.validationtoken {
        let plain = [
            (header::CONTENT_TYPE, "text/plain"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ];
        return Ok((plain, token).into_response());
    }
    let secret = client_state(&service).map_err(Problem::internal)?;
    let lists = lists(&body, secret.expose_secret().as_bytes())?;
    tracing::debug!(lists = lists.len(), "notified");
    enqueue_walks(&service, &lists).await.map_err(Problem::internal)?;
    Ok(StatusCode::OK.into_response())
}

/// The lists that notifications are about which carry our secret; there must be one such notification.
pub(crate) fn lists(body: &[u8], secret: &[u8]) -> Result<BTreeSet<Uuid>, Problem> {
    let notifications: Notifications = serde_json::from_slice(body).map_err(|_| Problem::BadInput {
        code: "notification",
        field: "value",
        remedy: "send SharePoint's notification as JSON".into(),
    })?;
    let known = |notification: &&Notification| {
        is_secret(notification.client_state.as_deref().unwrap_or_default(), secret)
    };
    let genuine: Vec<_> = notifications.value.iter().filter(|one| known(one)).collect();
    if genuine.is_empty() {
        return Err(Problem::Forbidden("clientState"));
    }
    let lists = genuine
        .iter()
        .filter_map(|one| one.resource.as_deref()?.parse().ok());
    Ok(lists.collect())
}

/// Compares in constant time.
pub(crate) fn is_secret(said: &str, secret: &[u8]) -> bool {
    let said = said.as_bytes();
    said.len() == secret.len() && openssl::memcmp::eq(said, secret)
}

/// Asks for walks of the lists that changed, which the heartbeat hears of too.
pub(super) async fn enqueue_walks(service: &Service, about: &BTreeSet<Uuid>) -> Result<(), JobError> {
    let now = service.clock.now();
    transaction!(service.store.write(&service.tenant), tx => {
        walk::ask_for(tx, about, now).await?;
        for list in about {
            heartbeat::heard(tx, *list, now).await?;
        }
        Ok(())
    })
}
