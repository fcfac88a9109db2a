//! Which pages of other origins may read the token endpoint's answers: those that a client lives at.

use super::client;
use super::token;
use crate::call::{Call, Reply};
use crate::world::World;

/// The answer, readable by the page that asked if it is its client's own.
pub(crate) fn shared(world: &World, call: &Call, reply: Reply) -> Reply {
    let origin = call.header("origin");
    let form = token::form(call);
    let client = form.get("client_id").and_then(|id| client::find(world, id).ok());
    match (origin, client) {
        (Some(origin), Some(client)) if client.lives_at(origin) => reply
            .with("Access-Control-Allow-Origin", origin)
            .with("Vary", "Origin"),
        _ => reply,
    }
}

/// A preflight names no client yet: it gives nothing away.
pub(crate) fn preflight() -> Reply {
    Reply::empty(204)
        .with("Access-Control-Allow-Origin", "*")
        .with("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
        .with("Access-Control-Allow-Headers", "*")
        .with("Access-Control-Max-Age", "86400")
}
