//! Ends a browser session, for good or for another person's.

use super::COOKIE;
use super::authenticate::leave;
use super::source::on_host;
use crate::call::{Call, Reply};
use crate::entra::cookie;
use crate::entra::fault::Fault;
use crate::entra::parameters::Parameters;
use crate::world::World;

/// Here and at the login host.
pub(super) fn sign_out(world: &World) -> Reply {
    let tenant = world.names.id;
    let location = format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/logout");
    cookie::clear(Reply::empty(302).with("Location", location), COOKIE)
}

/// `loginasanotheruser=true`: the person is asked who he is, whoever was signed in.
pub(super) fn another(world: &World, call: &Call) -> Result<Reply, Fault> {
    let parameters = Parameters::of(call);
    if parameters.get_any_case("loginasanotheruser") != Some("true") {
        return Ok(sign_out(world));
    }
    let source = on_host(&call.host, parameters.get_any_case("Source"))?;
    let hint = parameters.get_any_case("login_hint");
    leave(world, call, source, Some(("select_account", hint))).map(|reply| cookie::clear(reply, COOKIE))
}
