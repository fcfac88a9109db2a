//! Between HTTP and the services' own `Call` and `Reply`.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;

use super::attend::attend;
use super::cut::Cut;
use super::state::Shell;
use crate::call::{Call, Reply};

/// Largest body taken; services have narrower limits of their own.
const BODY_LIMIT: usize = 250 * 1024 * 1024;

pub(super) async fn serve(State(shell): State<Arc<Shell>>, request: Request) -> Response {
    let cut = request.extensions().get::<Cut>().cloned();
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let authority = parts.uri.authority().map(::http::uri::Authority::as_str);
    let header = parts.headers.get("host").and_then(|host| host.to_str().ok());
    let call = Call {
        method: parts.method,
        host: host_name(authority.or(header).unwrap_or_default()),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body,
        request_id: shell.world.tenant().ids.uuid(),
    };
    let agent = call.header("user-agent").unwrap_or_default().to_owned();
    *shell.arrivals().entry(agent).or_default() += 1;
    let Some(reply) = to_the_end(shell, call).await else {
        if let Some(cut) = cut {
            cut.now();
        }
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    response(reply)
}

/// A service does not stop its work because whoever asked for it is gone, or his connection broke with another call.
async fn to_the_end(shell: Arc<Shell>, call: Call) -> Option<Reply> {
    let work = tokio::spawn(async move { attend(&shell, Arc::new(call)).await });
    work.await.unwrap_or_else(|error| {
        tracing::error!(%error, "a call was not attended to");
        Some(Reply::empty(500))
    })
}

fn host_name(authority: &str) -> String {
    let name = authority.rsplit_once(':').map_or(authority, |(name, _)| name);
    name.to_ascii_lowercase()
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
