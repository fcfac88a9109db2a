//! The control API: plain HTTP on a loopback listener of its own, for tests and tools; never under Microsoft's names.

mod apps;
mod bends;
mod clock;
mod dump;
mod farm;
mod faults;
mod grants;
mod issuers;
mod refusal;
mod switches;
mod usage;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post, put};

use super::state::Shell;
use refusal::Refusal;

pub(super) fn router(shell: Arc<Shell>) -> Router {
    Router::new()
        .route("/dump", get(dump::tenant))
        .route("/ledger", get(dump::ledger))
        .route("/mailboxes/{upn}", get(dump::mailbox))
        .route("/clock", get(clock::read))
        .route("/clock/advance", post(clock::advance))
        .route("/switches", get(switches::read).put(switches::set))
        .route("/faults", get(faults::read).put(faults::set))
        .route("/bends", get(bends::read))
        .route("/bends/{host}", put(bends::bend).delete(bends::straighten))
        .route(
            "/apps/{app}/roles/{resource}/{role}",
            put(apps::grant).delete(apps::drop_role),
        )
        .route(
            "/apps/{app}/directory-roles/{template}",
            put(apps::assign_role).delete(apps::unassign_role),
        )
        .route(
            "/apps/{app}/owners/{principal}",
            put(apps::own).delete(apps::disown),
        )
        .route("/issuers", put(issuers::tell))
        .route("/grants/{app}", put(grants::grant).delete(grants::revoke))
        .route("/usage", get(usage::read).delete(usage::reset))
        .route("/usage/{app}/block", put(usage::block).delete(usage::unblock))
        .route("/farm", get(farm::read))
        .route("/farm/issuers/{id}", put(farm::trust).delete(farm::distrust))
        .route("/farm/add-ins", put(farm::register))
        .route("/farm/add-ins/{client}", axum::routing::delete(farm::forget))
        .layer(from_fn(loopback_names_only))
        .with_state(shell)
}

/// A page of another site that a browser resolves to loopback must not steer the tenant.
async fn loopback_names_only(request: Request, next: Next) -> Response {
    let host = request.headers().get("host").and_then(|host| host.to_str().ok());
    let name = host.map(|host| host.rsplit_once(':').map_or(host, |(name, _)| name));
    match name {
        Some("localhost" | "127.0.0.1" | "[::1]") => next.run(request).await,
        _ => Refusal::Misdirected.into_response(),
    }
}
