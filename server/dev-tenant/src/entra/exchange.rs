//! The token that a page shows SharePoint, so that SharePoint asks for another one on its behalf.

use super::jws::Jws;
use super::obo;
use crate::directory::ObjectId;
use crate::world::World;

/// Whether `token` is this person's, for the principal of the tenant's web parts, signed by this tenant and
/// still good.
pub fn is_exchangeable(world: &World, person: ObjectId, token: &str) -> bool {
    let (Some(jws), Some(key), Some(principal)) =
        (Jws::parse(token), world.signing_key(), obo::principal(world))
    else {
        return false;
    };
    let now = world.clock.now().as_duration().as_secs_f64();
    let signed = jws.header["alg"] == "RS256" && key.verifies(jws.input.as_bytes(), &jws.signature);
    let alive = jws.date("nbf").is_some_and(|nbf| nbf <= now) && jws.date("exp").is_some_and(|exp| now < exp);
    let audience = jws.text("aud").trim_start_matches("api://");
    signed
        && alive
        && audience.eq_ignore_ascii_case(&principal.0.to_string())
        && jws.text("tid") == world.names.id.to_string()
        && jws.text("oid") == person.0.to_string()
}
