//! Believes the id token that the login host sends back, and gives the browser its session.

use http::Method;
use uuid::Uuid;

use super::authenticate::{NONCE, State};
use super::{COOKIE, FedAuth};
use crate::call::{Call, Reply};
use crate::directory::ObjectId;
use crate::entra::audience::Audience;
use crate::entra::fault::Fault;
use crate::entra::jws::Jws;
use crate::entra::parameters::Parameters;
use crate::entra::ticket::{self, Kind};
use crate::entra::{cookie, id_token, person};
use crate::world::World;

pub(super) fn answer(world: &World, call: &Call) -> Result<Reply, Fault> {
    if call.method != Method::POST {
        let location = format!("https://{}/_layouts/15/Authenticate.aspx", call.host);
        return Ok(Reply::empty(302).with("Location", location));
    }
    let form = Parameters::of(call);
    if let Some(error) = form.get("error_description") {
        return Err(Fault::new(403, "access_denied", 50105, error));
    }
    let state = state(world, call, &form)?;
    let (person, sid) = believed(world, form.need("id_token")?, state.nonce)
        .ok_or_else(|| distrusted("The id token is not believable."))?;
    person::enabled(world, person)?;
    let session = FedAuth {
        host: call.host.clone(),
        person,
        sid,
    };
    let text = ticket::seal(world, Kind::FedAuth, &session)?;
    let reply = Reply::empty(302).with("Location", state.source);
    Ok(cookie::set(cookie::clear(reply, NONCE), COOKIE, &text))
}

/// The state that this host gave to this very browser.
fn state(world: &World, call: &Call, form: &Parameters) -> Result<State, Fault> {
    let state: State = ticket::open(world, Kind::State, form.need("state")?)
        .map_err(|_| distrusted("The state is not ours or has expired."))?
        .body;
    let nonce = cookie::read(call, NONCE);
    let nonce = nonce.and_then(|text| ticket::open::<Uuid>(world, Kind::Nonce, text).ok());
    if state.host == call.host && nonce.is_some_and(|nonce| nonce.body == state.nonce) {
        Ok(state)
    } else {
        Err(distrusted("The sign-in was begun by another browser."))
    }
}

fn believed(world: &World, text: &str, nonce: Uuid) -> Option<(ObjectId, Uuid)> {
    let jws = Jws::parse(text)?;
    let now = world.clock.now().as_duration().as_secs_f64();
    let ours = jws.header["alg"] == "RS256"
        && world
            .signing_key()?
            .verifies(jws.input.as_bytes(), &jws.signature)
        && jws.text("aud") == Audience::SharePoint.app_id().to_string()
        && jws.text("iss") == id_token::issuer(world)
        && jws.text("nonce") == nonce.to_string()
        && now < jws.date("exp")?;
    let person = jws.text("oid").parse().ok().map(ObjectId)?;
    ours.then_some((person, jws.text("sid").parse().ok()?))
}

fn distrusted(text: &str) -> Fault {
    Fault::new(403, "access_denied", 50008, text)
}
