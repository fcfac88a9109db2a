//! The front door of the host: which part answers a path.

use crate::call::{Call, Reply};
use crate::caller::Caller;
use crate::entra::Audience;
use crate::entra::bearer::{self, BearerFault};
use crate::sharepoint::operations::session::{Occasion, Session};
use crate::sharepoint::state::ids::SiteId;
use crate::sharepoint::webhooks::courier::Courier;
use crate::sharepoint::{SharePoint, csom, rest, token_exchange};
use crate::world::World;

const PROCESS_QUERY: &str = "/_vti_bin/client.svc/processquery";

/// Whether a path is for programs; every other one is a page.
pub fn takes(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    path.ends_with(PROCESS_QUERY) || path.contains("/_api/")
}

/// Answers a call that proves its caller by a bearer token; without one it tells where to get one.
pub fn answer(world: &World, call: &Call) -> Reply {
    match bearer::verify(world, call, Audience::SharePoint) {
        Ok(caller) => answer_as(world, &caller, call),
        Err(fault) => rest::unauthenticated(world, call, &diagnostics(fault)),
    }
}

/// `x-ms-diagnostics`: the words of SharePoint where they are known.
fn diagnostics(fault: BearerFault) -> String {
    match fault {
        BearerFault::Signature | BearerFault::Malformed => {
            "3000006;reason=\"Token contains invalid signature.\"".to_owned()
        }
        BearerFault::Audience | BearerFault::Issuer => {
            "3000006;reason=\"Invalid issuer or signature.\"".to_owned()
        }
        other => format!("3000003;reason=\"{other}\""),
    }
}

/// Answers a call of a verified caller.
pub fn answer_as(world: &World, caller: &Caller, call: &Call) -> Reply {
    let path = call.path.to_ascii_lowercase();
    let is_farm = world.farm().is_some_and(|farm| farm.host == call.host);
    if !is_farm && call.host != format!("{}.sharepoint.com", world.names.name) {
        return Reply::not_modelled(&call.host);
    }
    if path.ends_with(PROCESS_QUERY) {
        return process_query(world, caller, call);
    }
    if token_exchange::is(&path) {
        return token_exchange::answer(world, caller, call);
    }
    if path.contains("/_api/") {
        return rest::answer(world, caller, call);
    }
    Reply::not_modelled(&call.path)
}

/// The refusal of a call that makes a subscription whose address does not answer; `None` = go on.
pub async fn handshake(world: &World, call: &Call, courier: &Courier) -> Option<Reply> {
    let asked = rest::handshake(call)?;
    let token = world.tenant().ids.uuid().to_string();
    let answered = courier
        .handshake(&asked.url, &token, asked.client_state.as_deref())
        .await;
    (!answered).then(|| rest::unanswered(world, call, &asked.url))
}

/// How many operations a call holds, for the ledger.
pub fn operations(call: &Call) -> u32 {
    if call.path.to_ascii_lowercase().ends_with(PROCESS_QUERY) {
        return csom::operations(&call.body);
    }
    rest::operations(call)
}

fn process_query(world: &World, caller: &Caller, call: &Call) -> Reply {
    let found = site_of(&world.tenant().sharepoint, call);
    let Some(site) = found else {
        return Reply::empty(404);
    };
    let checked = {
        let occasion = Occasion {
            names: &world.names,
            at: world.clock.now(),
            request_id: call.request_id,
        };
        let mut tenant = world.tenant();
        Session::open(&mut tenant, occasion, site, caller)
            .and_then(|session| rest::digest::check(&session, call))
    };
    let outcome = checked.and_then(|()| csom::process_query(world, site, caller, call));
    outcome.unwrap_or_else(|fault| rest::refuse(world, call, &fault))
}

/// The site of the host whose path stands before the service.
fn site_of(sharepoint: &SharePoint, call: &Call) -> Option<SiteId> {
    let web = &call.path[..call.path.len() - PROCESS_QUERY.len()];
    sharepoint.site_at(&call.host, web).map(|site| site.id)
}
