//! Certificate assertions of apps: RS256 with `x5t`, PS256 with `x5t#S256`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::rsa::Padding;
use openssl::sign::{RsaPssSaltlen, Verifier};
use openssl::x509::X509;

use super::fault::Fault;
use super::jws::{Jws, decode};
use crate::call::Call;
use crate::directory::App;
use crate::world::World;

/// Believes an assertion of `app` made for the endpoint that was called.
pub(crate) fn check(world: &World, call: &Call, app: &App, text: &str) -> Result<(), Fault> {
    let jws = Jws::parse(text).ok_or_else(|| {
        let text = "The request is not properly formatted: client_assertion is not a JWT.";
        Fault::new(400, "invalid_request", 50027, text)
    })?;
    let (certificate, not_after) = registered(app, &jws).ok_or_else(|| unsigned("The key was not found."))?;
    if !signed(&certificate, &jws).unwrap_or(false) {
        return Err(unsigned(
            "The provided signature value did not match the expected signature value.",
        ));
    }
    if not_after <= world.clock.now() {
        let text = "The provided certificate is not within its specified validity window.";
        return Err(Fault::client(1_000_502, text));
    }
    let id = app.app_id.0.to_string();
    if jws.text("iss") != id || jws.text("sub") != id {
        return Err(Fault::client(
            700_021,
            "Client assertion application identifier doesn't match 'client_id' parameter.",
        ));
    }
    if !ours(world, call, jws.text("aud")) {
        return Err(Fault::client(
            700_023,
            "Client assertion audience claim does not match Realm issuer.",
        ));
    }
    within(world, &jws)
}

fn unsigned(reason: &str) -> Fault {
    let text = format!("Client assertion contains an invalid signature. [Reason - {reason}]");
    Fault::client(700_027, text)
}

/// The app's certificate with the thumbprint of the header, unless removed, and when it ends.
fn registered(app: &App, jws: &Jws<'_>) -> Option<(X509, Timestamp)> {
    let (print, digest) = if let Some(print) = jws.header["x5t#S256"].as_str() {
        (print, MessageDigest::sha256())
    } else {
        (jws.header["x5t"].as_str()?, MessageDigest::sha1())
    };
    let print = decode(print)?;
    let held = app.certificates.iter().filter(|held| !held.removed);
    held.filter_map(|held| {
        let certificate = X509::from_der(&STANDARD.decode(&held.der).ok()?).ok()?;
        Some((certificate, held.not_after))
    })
    .find(|(certificate, _)| certificate.digest(digest).is_ok_and(|own| *own == *print))
}

fn signed(certificate: &X509, jws: &Jws<'_>) -> Result<bool, ErrorStack> {
    let key = certificate.public_key()?;
    let mut verifier = Verifier::new(MessageDigest::sha256(), &key)?;
    match jws.header["alg"].as_str() {
        Some("RS256") => {}
        Some("PS256") => {
            verifier.set_rsa_padding(Padding::PKCS1_PSS)?;
            verifier.set_rsa_pss_saltlen(RsaPssSaltlen::DIGEST_LENGTH)?;
        }
        _ => return Ok(false),
    }
    verifier.verify_oneshot(&jws.signature, jws.input.as_bytes())
}

fn ours(world: &World, call: &Call, aud: &str) -> bool {
    let tenant = call.path.trim_matches('/').split('/').next();
    let base = format!("https://{}/{}", call.host, tenant.unwrap_or_default());
    aud == format!("{base}/oauth2/v2.0/token")
        || aud == format!("{base}/oauth2/token")
        || aud == format!("https://login.microsoftonline.com/{}/v2.0", world.names.id)
}

fn within(world: &World, jws: &Jws<'_>) -> Result<(), Fault> {
    let now = world.clock.now().as_duration().as_secs_f64();
    let lasts = jws.date("exp").is_some_and(|exp| now < exp);
    let begun = jws.date("nbf").is_none_or(|nbf| nbf <= now + 300.0);
    if lasts && begun {
        return Ok(());
    }
    Err(Fault::client(
        700_024,
        "Client assertion is not within its valid time range.",
    ))
}
