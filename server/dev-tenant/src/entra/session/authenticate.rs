//! Sends a browser to the login host, remembering where it wanted to go.

use serde::{Deserialize, Serialize};
use url::form_urlencoded::Serializer;
use uuid::Uuid;

use super::source::on_host;
use crate::call::{Call, Reply};
use crate::entra::audience::Audience;
use crate::entra::cookie;
use crate::entra::fault::Fault;
use crate::entra::parameters::Parameters;
use crate::entra::ticket::{self, Kind};
use crate::world::World;

/// Binds the round trip to the browser that began it.
pub(super) const NONCE: &str = "nSGt";

/// What comes back as `state`.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) host: String,
    pub(super) nonce: Uuid,
    pub(super) source: String,
}

/// The answer to a page request without a session: sign in, then come back here.
pub fn challenge(call: &Call) -> Reply {
    let wanted = if call.query.is_empty() {
        call.path.clone()
    } else {
        format!("{}?{}", call.path, call.query)
    };
    let query = Serializer::new(String::new())
        .append_pair("Source", &wanted)
        .finish();
    let location = format!("https://{}/_layouts/15/Authenticate.aspx?{query}", call.host);
    Reply::empty(302).with("Location", location)
}

pub(super) fn answer(world: &World, call: &Call) -> Result<Reply, Fault> {
    let parameters = Parameters::of(call);
    let source = on_host(&call.host, parameters.get_any_case("Source"))?;
    leave(world, call, source, None)
}

/// `prompt` with a hint at who is meant. Tabs share the browser's nonce, so that each can finish.
pub(super) fn leave(
    world: &World,
    call: &Call,
    source: String,
    prompt: Option<(&str, Option<&str>)>,
) -> Result<Reply, Fault> {
    let held = cookie::read(call, NONCE).and_then(|text| ticket::open::<Uuid>(world, Kind::Nonce, text).ok());
    let nonce = held.map_or_else(|| world.tenant().ids.uuid(), |held| held.body);
    let state = State {
        host: call.host.clone(),
        nonce,
        source,
    };
    let state = ticket::seal(world, Kind::State, &state)?;
    let mut query = Serializer::new(String::new());
    query
        .append_pair("client_id", &Audience::SharePoint.app_id().to_string())
        .append_pair("response_mode", "form_post")
        .append_pair("response_type", "id_token")
        .append_pair("scope", "openid")
        .append_pair("nonce", &nonce.to_string())
        .append_pair(
            "redirect_uri",
            &format!("https://{}/_forms/default.aspx", call.host),
        )
        .append_pair("state", &state);
    if let Some((prompt, hint)) = prompt {
        query.append_pair("prompt", prompt);
        query.extend_pairs(hint.map(|hint| ("login_hint", hint)));
    }
    let (tenant, query) = (world.names.id, query.finish());
    let location = format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize?{query}");
    let reply = Reply::empty(302).with("Location", location);
    Ok(cookie::set(
        reply,
        NONCE,
        &ticket::seal(world, Kind::Nonce, &nonce)?,
    ))
}
