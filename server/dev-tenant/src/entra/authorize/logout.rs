//! The end of a session at the login host.

use super::{pages, sign_in};
use crate::call::{Call, Reply};
use crate::entra::cookie;
use crate::entra::parameters::Parameters;
use crate::world::World;

/// Goes on to `post_logout_redirect_uri` only where that is registered.
pub(crate) fn answer(world: &World, call: &Call) -> Reply {
    let parameters = Parameters::of(call);
    let wanted = parameters.get("post_logout_redirect_uri");
    let reply = match wanted.filter(|uri| registered(world, uri)) {
        Some(uri) => Reply::empty(302).with("Location", uri),
        None => pages::signed_out(world, call),
    };
    cookie::clear(reply, sign_in::COOKIE)
}

fn registered(world: &World, uri: &str) -> bool {
    let tenant = world.tenant();
    let mut apps = tenant.directory.apps.values();
    apps.any(|app| app.redirect_uris.iter().any(|own| own == uri))
}
