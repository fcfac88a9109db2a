//! The proof that a caller has the private key of a certificate that the app already has.

use jiff::Timestamp;

use super::x509;
use crate::directory::App;
use crate::entra::jws::Jws;
use crate::entra::{Server, signed};
use crate::graph::fault::Fault;
use crate::registration::AppObject;

/// Azure AD Graph, for which proofs are made to this day.
const AUDIENCE: &str = "00000002-0000-0000-c000-000000000000";
/// Microsoft Graph, "Generate proof of possession tokens for rolling keys": ten minutes.
const LONGEST_SECONDS: f64 = 600.0;
/// By so much the clock of whoever made it may be ahead.
const SKEW_SECONDS: f64 = 300.0;

/// Believes a proof that one of the object's certificates signed which is registered, and has not ended.
pub(super) fn check(app: &App, object: AppObject, proof: &str, now: Timestamp) -> Result<(), Fault> {
    let believed = Jws::parse(proof).is_some_and(|jws| {
        jws.header["alg"] == "RS256"
            && jws.text("aud") == AUDIENCE
            && jws.text("iss") == app.object_id(object).0.to_string()
            && is_timely(&jws, now)
            && is_signed(app, object, &jws, now)
    });
    if believed { Ok(()) } else { Err(refused()) }
}

/// What Graph says of a proof that it does not take.
pub(super) fn refused() -> Fault {
    Fault::refused(
        401,
        "Authentication_MissingOrMalformed",
        "Access Token missing or malformed.",
    )
}

/// Audience and issuer are all that a proof must say; what it says of time counts.
fn is_timely(jws: &Jws<'_>, now: Timestamp) -> bool {
    let now = now.as_duration().as_secs_f64();
    let (begins, ends) = (jws.date("nbf"), jws.date("exp"));
    let lasts = ends.is_none_or(|ends| now < ends && ends - begins.unwrap_or(now) <= LONGEST_SECONDS);
    lasts && begins.is_none_or(|begins| begins <= now + SKEW_SECONDS)
}

fn is_signed(app: &App, object: AppObject, jws: &Jws<'_>, now: Timestamp) -> bool {
    let held = Server::FIRST.certificates(app, now);
    let mut held = held.filter(|held| app.keeper(held.key_id) == object && now < held.not_after);
    held.any(|held| {
        let certificate = x509::read(&held.der);
        certificate.is_some_and(|certificate| signed(&certificate, jws).unwrap_or(false))
    })
}
