//! `POST /hooks/receiver/{proof}`: a farm says by SOAP that something changed. All it can cause is a walk of our
//! lists, so nothing of the event is believed but the list's id, which only the heartbeat counts.

mod envelope;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use secrecy::ExposeSecret;

use self::envelope::{Event, Malformed, Operation};
use super::Problem;
use super::hook::{enqueue_walks, is_secret};
use crate::service::Service;
use crate::setup::receivers::{RECEIVER_PATH, proof};

/// An event carries the row's values before and after; forms are far shorter.
const LARGEST_BODY: usize = 2 * 1024 * 1024;
const XML: [(header::HeaderName, &str); 1] = [(header::CONTENT_TYPE, "text/xml; charset=utf-8")];

/// Nothing at all where there is no farm.
pub(super) fn routes(service: Arc<Service>) -> Router {
    if service.config.farm.is_none() {
        return Router::new();
    }
    Router::new()
        .route(&format!("{RECEIVER_PATH}/{{proof}}"), post(receive))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(service)
}

async fn receive(
    State(service): State<Arc<Service>>,
    Path(said): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    let secret = proof(&service).map_err(Problem::internal)?;
    if !is_secret(&said, secret.expose_secret().as_bytes()) {
        return Err(Problem::Forbidden("receiver"));
    }
    match Event::read(&body) {
        Ok(event) => {
            let walks = enqueue_walks(&service, &[event.list].into()).await;
            walks.map_err(Problem::internal)?;
            Ok(taken(event.operation))
        }
        Err(malformed) => Ok(fault(malformed)),
    }
}

/// What the reader of events makes of any bytes.
#[cfg(feature = "fuzzing")]
pub(crate) fn list_of(body: &[u8]) -> Option<uuid::Uuid> {
    Event::read(body).ok().map(|event| event.list)
}

/// Nobody waits for an answer to what has happened; to what is about to happen we say yes.
fn taken(operation: Operation) -> Response {
    match operation {
        Operation::OneWay => StatusCode::ACCEPTED.into_response(),
        Operation::Process => (XML, envelope::CONTINUE).into_response(),
    }
}

/// SOAP 1.1 sends its faults with status 500.
fn fault(malformed: Malformed) -> Response {
    let body = envelope::fault(malformed);
    (StatusCode::INTERNAL_SERVER_ERROR, XML, body).into_response()
}
