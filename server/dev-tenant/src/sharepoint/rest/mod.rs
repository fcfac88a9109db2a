//! SharePoint's REST API, `/_api/…`.

mod batch;
mod body;
mod caml_query;
mod changes;
mod collection;
mod content_type_body;
pub mod digest;
mod entities;
mod event_receivers;
mod filter;
pub(crate) mod filter_syntax;
mod handshake;
mod item_page;
mod list_body;
mod members;
mod narrowing;
mod navigate;
mod navigate_files;
mod navigate_list;
mod navigate_permissions;
mod outcome;
pub(crate) mod path;
pub(crate) mod query;
mod read;
mod render;
mod reply;
mod resource;
mod shape;
mod since_token;
#[cfg(test)]
mod tests;
mod threshold;
mod write;
mod write_files;
mod write_items;
mod write_lists;
mod write_parts;
mod write_people;
mod write_permissions;

pub use self::handshake::{Handshake, handshake, unanswered};
use self::query::Query;
use self::reply::Answer;
use self::shape::Shape;
use self::write::{Verb, Write};
use crate::call::{Call, Reply};
use crate::caller::Caller;
use crate::sharepoint::SharePoint;
use crate::sharepoint::farm::asking::consented;
use crate::sharepoint::operations::conflict::Guard;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::{Occasion, Session};
use crate::sharepoint::state::ids::SiteId;
use crate::world::World;

/// A path taken apart: the site, and what stands behind `/_api/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address<'a> {
    pub site: SiteId,
    pub rest: &'a str,
}

/// Finds the site of the host whose path stands before `/_api/`.
pub fn address<'a>(sharepoint: &SharePoint, host: &str, path: &'a str) -> Option<Address<'a>> {
    let at = path.to_ascii_lowercase().find("/_api/")?;
    let (web, rest) = (&path[..at], &path[at + "/_api/".len()..]);
    let web = percent_encoding::percent_decode_str(web).decode_utf8_lossy();
    let site = sharepoint.site_at(host, &web)?;
    Some(Address { site: site.id, rest })
}

/// Answers a call of a verified caller to `/_api/…`, a batch included.
pub fn answer(world: &World, caller: &Caller, call: &Call) -> Reply {
    let reply = if is_batch(call) {
        batch::answer(world, caller, call)
    } else {
        single(world, caller, call)
    };
    reply::decorate(reply, call)
}

fn is_batch(call: &Call) -> bool {
    call.path.to_ascii_lowercase().ends_with("/_api/$batch")
}

/// How many operations a call holds, for the ledger.
pub fn operations(call: &Call) -> u32 {
    if is_batch(call) { batch::count(call) } else { 1 }
}

/// The requests inside a batch; `None` for what is no batch, or cannot be read.
pub fn inner_calls(call: &Call) -> Option<Vec<Call>> {
    is_batch(call).then(|| batch::operations(call).ok()).flatten()
}

/// The 401 for a call without a believable token.
pub(super) fn unauthenticated(world: &World, call: &Call, diagnostics: &str) -> Reply {
    let empty = world.tenant().switches.empty_401_bodies;
    let reply = reply::unauthenticated(world.names.id, diagnostics, empty);
    reply::decorate(reply, call)
}

/// A refusal in the shape that the call asks for.
pub(super) fn refuse(world: &World, call: &Call, fault: &Fault) -> Reply {
    let empty_401 = world.tenant().switches.empty_401_bodies;
    reply::fault(fault, Shape::of(call), world.names.id, empty_401)
}

/// One operation. The state is locked for no longer than that.
fn single(world: &World, caller: &Caller, call: &Call) -> Reply {
    let shape = Shape::of(call);
    let answer = consented(world, call.request_id, || attempt(world, caller, call, shape));
    let empty_401 = world.tenant().switches.empty_401_bodies;
    match answer {
        Ok(answer) => answer.into_reply(shape),
        Err(fault) => reply::fault(&fault, shape, world.names.id, empty_401),
    }
}

fn attempt(world: &World, caller: &Caller, call: &Call, shape: Shape) -> Result<Answer, Fault> {
    let mut tenant = world.tenant();
    let address = address(&tenant.sharepoint, &call.host, &call.path).ok_or_else(Fault::file_not_found)?;
    let occasion = Occasion {
        names: &world.names,
        at: world.clock.now(),
        request_id: call.request_id,
    };
    let mut session = Session::open_remotely(&mut tenant, occasion, address.site, caller)?;
    let answer = perform(&mut session, call, address.rest, shape);
    let further = session.further_round_trips();
    world.meter.took_round_trips(call.request_id, further);
    answer
}

fn perform(session: &mut Session<'_>, call: &Call, rest: &str, shape: Shape) -> Result<Answer, Fault> {
    let verb = Verb::of(call).ok_or_else(write::not_allowed)?;
    let query = Query::parse(&call.query);
    let segments = path::parse(rest, &query)?;
    if segments.first().is_some_and(|first| first.name == "contextinfo") {
        let info = digest::context_info(session);
        return Ok(Answer::scalar(session, "GetContextWebInformation", info, shape));
    }
    if verb != Verb::Get {
        digest::check(session, call)?;
    }
    if let Some(answer) = event_receivers::answer(session, &segments, verb, &call.body, shape)? {
        return Ok(answer);
    }
    if verb == Verb::Get {
        return read::answer(session, &segments, &query, call, shape);
    }
    if let Some(answer) = caml_query::answer(session, &segments, &query, &call.body, shape)? {
        return Ok(answer);
    }
    let write = Write {
        verb,
        bytes: &call.body,
        guard: Guard::from_header(call.header("if-match")),
    };
    let outcome = write::perform(session, &segments, &write)?;
    read::outcome(session, outcome, &query, shape)
}
