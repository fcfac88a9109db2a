//! The front door of the farm's host.

use uuid::Uuid;

use super::Farm;
use super::token::{Refusal, SHAREPOINT, bearer, verify};
use crate::call::{Call, Reply};
use crate::caller::Caller;
use crate::sharepoint::state::ids::SiteId;
use crate::sharepoint::{door, token_exchange};
use crate::world::World;

const API: &str = "/_api/";
const PROCESS_QUERY: &str = "/_vti_bin/client.svc/processquery";

/// Who calls the farm, when the call proves it.
pub fn caller(world: &World, call: &Call) -> Option<Caller> {
    let farm = world.farm()?;
    verify(world, farm, call, site(world, call)).ok()
}

pub fn answer(world: &World, call: &Call) -> Reply {
    let Some(farm) = world.farm() else {
        return Reply::not_modelled(&call.host);
    };
    if !door::takes(&call.path) || token_exchange::is(&call.path) {
        return Reply::not_modelled(&format!("{} of SharePoint Server", call.path));
    }
    match verify(world, farm, call, site(world, call)) {
        Ok(caller) => door::answer_as(world, &caller, call),
        Err(refusal) => unauthenticated(farm, call, refusal),
    }
}

/// The site that stands before the service in the path.
fn site(world: &World, call: &Call) -> Option<SiteId> {
    let path = call.path.to_ascii_lowercase();
    let at = path.find(API).or_else(|| path.find(PROCESS_QUERY))?;
    let web = percent_encoding::percent_decode_str(call.path.get(..at)?).decode_utf8_lossy();
    world
        .tenant()
        .sharepoint
        .site_at(&call.host, &web)
        .map(|site| site.id)
}

/// Windows authentication is offered always; the realm is told to whoever comes with `Bearer`, even an empty one.
fn unauthenticated(farm: &Farm, call: &Call, refusal: Refusal) -> Reply {
    let reply = Reply::text(401, "text/plain; charset=utf-8", "401 UNAUTHORIZED")
        .with("WWW-Authenticate", "NTLM")
        .with("SPRequestGuid", call.request_id.to_string());
    if bearer(call).is_none() {
        return reply;
    }
    let realm = farm.realm;
    let mut issuers: Vec<String> = farm.trust().issuers.keys().map(Uuid::to_string).collect();
    issuers.push(SHAREPOINT.to_owned());
    let issuers: Vec<String> = issuers.iter().map(|id| format!("{id}@{realm}")).collect();
    let challenge = format!(
        "Bearer realm=\"{realm}\",client_id=\"{SHAREPOINT}\",trusted_issuers=\"{}\"",
        issuers.join(",")
    );
    let reply = reply.with("WWW-Authenticate", challenge);
    if refusal == Refusal::Missing {
        return reply;
    }
    let diagnostics = format!("3001000;reason=\"{refusal}\";category=\"invalid_client\"");
    reply.with("x-ms-diagnostics", diagnostics)
}
