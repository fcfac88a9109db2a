//! Verifies access tokens for the services.

use uuid::Uuid;

use super::audience::Audience;
use super::jws::Jws;
use crate::call::Call;
use crate::caller::{AppCaller, Caller, Channel, PersonCaller};
use crate::directory::{AppId, ObjectId};
use crate::world::World;

/// Why a call has no believable bearer; each service words its own 401.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BearerFault {
    #[error("there is no bearer token")]
    Missing,
    #[error("the token is not a JWT of this tenant's form")]
    Malformed,
    #[error("the signature is not the tenant's")]
    Signature,
    #[error("the token is for another resource")]
    Audience,
    #[error("the token is of another issuer")]
    Issuer,
    #[error("the token has expired or is not valid yet")]
    Lifetime,
    #[error("the app or person of the token is not in the directory")]
    UnknownCaller,
}

/// Believes the call's `Authorization: Bearer` token when signature, issuer, audience and lifetime (by the
/// tenant's clock) hold.
pub fn verify(world: &World, call: &Call, audience: Audience) -> Result<Caller, BearerFault> {
    let token = bearer(call).ok_or(BearerFault::Missing)?;
    let jws = Jws::parse(token).ok_or(BearerFault::Malformed)?;
    let key = world.signing_key().ok_or(BearerFault::Signature)?;
    if jws.header["alg"] != "RS256" || !key.verifies(jws.input.as_bytes(), &jws.signature) {
        return Err(BearerFault::Signature);
    }
    if !audience.accepts(&world.names, jws.text("aud")) {
        return Err(BearerFault::Audience);
    }
    if jws.text("iss") != issuer(world) || jws.text("tid") != world.names.id.to_string() {
        return Err(BearerFault::Issuer);
    }
    lifetime(world, &jws)?;
    caller(world, &jws)
}

/// The issuer of version 1.0 tokens, which Microsoft's own services receive.
pub(crate) fn issuer(world: &World) -> String {
    format!("https://sts.windows.net/{}/", world.names.id)
}

fn bearer(call: &Call) -> Option<&str> {
    let (scheme, token) = call.header("authorization")?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim())
        .filter(|token| !token.is_empty())
}

fn lifetime(world: &World, jws: &Jws<'_>) -> Result<(), BearerFault> {
    let now = world.clock.now().as_duration().as_secs_f64();
    let begun = jws.date("nbf").is_some_and(|nbf| nbf <= now);
    let lasts = jws.date("exp").is_some_and(|exp| now < exp);
    if begun && lasts {
        Ok(())
    } else {
        Err(BearerFault::Lifetime)
    }
}

fn caller(world: &World, jws: &Jws<'_>) -> Result<Caller, BearerFault> {
    let app_id = AppId(id(jws, "appid")?);
    let object = ObjectId(id(jws, "oid")?);
    let tenant = world.tenant();
    if jws.text("idtyp") == "app" {
        let app = tenant.directory.apps.get(&app_id);
        let app = app
            .filter(|app| app.principal == object)
            .ok_or(BearerFault::UnknownCaller)?;
        return Ok(Caller::App(AppCaller {
            app_id,
            principal: object,
            display_name: app.display_name.clone(),
            roles: jws.list("roles"),
            wids: jws.list("wids"),
            by_certificate: jws.text("appidacr") == "2",
        }));
    }
    let person = tenant.directory.users.get(&object);
    person
        .filter(|person| person.account_enabled && person.deleted.is_none())
        .ok_or(BearerFault::UnknownCaller)?;
    let scopes = jws.text("scp").split_whitespace().map(str::to_owned);
    Ok(Caller::Person(PersonCaller {
        person: object,
        channel: Channel::Token {
            app_id,
            scopes: scopes.collect(),
        },
    }))
}

fn id(jws: &Jws<'_>, claim: &str) -> Result<Uuid, BearerFault> {
    jws.text(claim).parse().map_err(|_| BearerFault::Malformed)
}
