//! `/calendar/{capability}.ics`: what ends on some day, for a calendar program that cannot sign in.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use store::{StoreError, transaction};

use super::Problem;
use crate::expiries::{calendar, gather, link};
use crate::service::Service;

pub(super) fn routes(service: Arc<Service>) -> Router {
    Router::new()
        .route(&format!("{}/{{file}}", link::PATH), get(read))
        .with_state(service)
}

async fn read(State(service): State<Arc<Service>>, Path(file): Path<String>) -> Result<Response, Problem> {
    let capability = file.strip_suffix(".ics").unwrap_or(&file);
    let holds: Result<bool, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => link::holds(tx, capability).await);
    if !holds.map_err(Problem::internal)? {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    let expiries = gather(&service).await.map_err(Problem::internal)?;
    let text = calendar(&expiries, service.config.mail.language, service.now());
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    Ok((headers, text).into_response())
}
