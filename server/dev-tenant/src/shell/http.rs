//! Between HTTP and the services' own `Call` and `Reply`.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;

use super::dispatch;
use crate::call::{Call, Reply};
use crate::world::World;

/// Largest body taken; services have narrower limits of their own.
const BODY_LIMIT: usize = 250 * 1024 * 1024;

pub(crate) async fn serve(State(world): State<Arc<World>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let authority = parts.uri.authority().map(::http::uri::Authority::as_str);
    let header = parts.headers.get("host").and_then(|host| host.to_str().ok());
    let host = authority.or(header).unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let call = Call {
        method: parts.method,
        host: host.to_ascii_lowercase(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body,
        request_id: world.tenant().ids.uuid(),
    };
    let answered = tokio::task::spawn_blocking(move || dispatch::answer(&world, &call)).await;
    match answered {
        Ok(reply) => response(reply),
        Err(error) => {
            tracing::error!(%error, "a service failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn response(reply: Reply) -> Response {
    let mut builder = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        builder = builder.header(name, value);
    }
    builder.body(Body::from(reply.body)).unwrap_or_else(|error| {
        tracing::error!(%error, "a service answered with an impossible header");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    })
}
