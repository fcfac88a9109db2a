//! Which calls make SharePoint ask an address to answer first.

use super::body;
use super::reply;
use super::write::Verb;
use crate::call::{Call, Reply};
use crate::sharepoint::operations::subscriptions;
use crate::world::World;

/// An address that must answer a validation token before the call is carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handshake {
    pub url: String,
    pub client_state: Option<String>,
}

/// The handshake that a call brings: making a subscription, or giving one a new address.
pub fn handshake(call: &Call) -> Option<Handshake> {
    let about_subscriptions = call.path.to_ascii_lowercase().contains("/subscriptions");
    if !about_subscriptions || !matches!(Verb::of(call), Some(Verb::Post | Verb::Merge)) {
        return None;
    }
    let body = body::object(&call.body).ok()?;
    Some(Handshake {
        url: body::optional_text(&body, "notificationUrl")?,
        client_state: body::optional_text(&body, "clientState"),
    })
}

/// The refusal of a subscription whose address did not answer.
pub fn unanswered(world: &World, call: &Call, url: &str) -> Reply {
    reply::decorate(super::refuse(world, call, &subscriptions::unanswered(url)), call)
}
