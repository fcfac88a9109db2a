//! Browser sessions of the SharePoint hosts: the cookie `FedAuth`, and the round trip by which one gets it.

mod authenticate;
mod close;
mod returned;
mod source;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::authorize::refused;
use super::ticket::{self, Kind, Ticket};
use super::{cookie, person};
use crate::call::{Call, Reply};
use crate::caller::{Channel, PersonCaller};
use crate::directory::ObjectId;
use crate::world::World;

pub use authenticate::challenge;

pub const COOKIE: &str = "FedAuth";

/// What `FedAuth` says; good on the one host that set it.
#[derive(Debug, Serialize, Deserialize)]
struct FedAuth {
    host: String,
    person: ObjectId,
    sid: Uuid,
}

/// The person of the browser session. `None` without a cookie, and when it is forged, expired, of another host,
/// or of somebody blocked, deleted or signed out everywhere.
pub fn verify(world: &World, call: &Call) -> Option<PersonCaller> {
    let session = session(world, call)?;
    Some(PersonCaller {
        person: session.person,
        channel: Channel::Cookie,
    })
}

/// The session's id in the login host's tokens: `aadSessionId` of the page context.
pub fn sid(world: &World, call: &Call) -> Option<Uuid> {
    session(world, call).map(|session| session.sid)
}

fn session(world: &World, call: &Call) -> Option<FedAuth> {
    let text = cookie::read(call, COOKIE)?;
    let Ticket { at, body } = ticket::open::<FedAuth>(world, Kind::FedAuth, text).ok()?;
    person::still(world, body.person, at).ok()?;
    (body.host == call.host).then_some(body)
}

/// Answers the pages of the sign-in on a SharePoint host; `None` for every other path.
pub fn answer(world: &World, call: &Call) -> Option<Reply> {
    let path = call.path.to_ascii_lowercase();
    let outcome = if path.ends_with("/_layouts/15/authenticate.aspx") {
        authenticate::answer(world, call)
    } else if path == "/_forms/default.aspx" {
        returned::answer(world, call)
    } else if path == "/_forms/spfxsinglesignon.aspx" {
        Ok(Reply::text(
            200,
            "text/html; charset=utf-8",
            "<!DOCTYPE html><title></title>",
        ))
    } else if path.ends_with("/_layouts/15/signout.aspx") {
        Ok(close::sign_out(world))
    } else if path.ends_with("/_layouts/15/closeconnection.aspx") {
        close::another(world, call)
    } else {
        return None;
    };
    Some(outcome.unwrap_or_else(|fault| refused(world, call, &fault)))
}
