//! The authorization endpoint: who is at this browser, and may this client know?

mod answer;
pub(crate) mod asked;
mod continued;
pub(crate) mod destination;
pub(crate) mod logout;
mod pages;
pub(crate) mod sign_in;

use super::consent;
use super::fault::Fault;
use super::parameters::Parameters;
use crate::call::{Call, Reply};
use crate::directory::User;
use crate::world::World;
use asked::{Asked, Prompt};
use destination::Destination;
use sign_in::SignedIn;

pub(crate) use answer::client_info;
pub(crate) use continued::answer as continue_sign_in;
pub(crate) use pages::{choose, refused};

/// Answers the first request of a round trip.
pub(crate) fn answer(world: &World, call: &Call) -> Reply {
    let parameters = Parameters::of(call);
    let destination = match Destination::read(world, &parameters) {
        Ok(destination) => destination,
        Err(fault) => return refused(world, call, &fault),
    };
    Asked::read(world, &parameters, &destination)
        .and_then(|asked| begin(world, call, &parameters, &destination, &asked))
        .unwrap_or_else(|fault| destination.refuse(world, call, &fault))
}

fn begin(
    world: &World,
    call: &Call,
    parameters: &Parameters,
    destination: &Destination,
    asked: &Asked,
) -> Result<Reply, Fault> {
    let session = SignedIn::of(world, call).filter(|(_, user)| asked.may_be(user));
    match (asked.prompt, session) {
        (Prompt::WhenNeeded | Prompt::Never, Some((session, user))) => {
            answer::success(world, call, destination, asked, &session, &user)
        }
        (Prompt::Never, None) => Err(Fault::new(
            400,
            "login_required",
            50058,
            "A silent sign-in request was sent but no user is signed in.",
        )),
        (Prompt::WhenNeeded | Prompt::Always, _) => {
            let search = asked.hint.as_deref().unwrap_or_default();
            pages::choose(world, call, &parameters.encode(), search, None)
        }
    }
}

/// Finishes a request for somebody who has just signed in.
pub(crate) fn finish(world: &World, call: &Call, query: &str, user: &User) -> Reply {
    let parameters = Parameters::of_query(query);
    if consent::is_asked(&parameters) {
        return consent::show(world, call, &parameters, user);
    }
    let destination = match Destination::read(world, &parameters) {
        Ok(destination) => destination,
        Err(fault) => return refused(world, call, &fault),
    };
    let session = SignedIn::begin(world, user);
    Asked::read(world, &parameters, &destination)
        .and_then(|asked| answer::success(world, call, &destination, &asked, &session, user))
        .and_then(|reply| session.remember(world, reply))
        .unwrap_or_else(|fault| destination.refuse(world, call, &fault))
}
