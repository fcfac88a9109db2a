//! Assertions of apps: signed by a certificate (RS256 with `x5t`, PS256 with `x5t#S256`), or by somebody they trust.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::rsa::Padding;
use openssl::sign::{RsaPssSaltlen, Verifier};
use openssl::x509::X509;

use super::fault::Fault;
use super::federation;
use super::jws::{Jws, decode};
use super::servers::Server;
use crate::call::Call;
use crate::directory::App;
use crate::world::World;

/// Believes an assertion of `app` made for the endpoint that was called.
pub(crate) fn check(world: &World, call: &Call, app: &App, text: &str) -> Result<(), Fault> {
    let jws = Jws::parse(text).ok_or_else(|| {
        let text = "The request is not properly formatted: client_assertion is not a JWT.";
        Fault::new(400, "invalid_request", 50027, text)
    })?;
    let server = Server::of_tokens(world);
    let id = app.app_id.0.to_string();
    if jws.text("iss") != id && !app.registration.federated.is_empty() {
        return federation::check(world, server, app, &jws);
    }
    let now = world.clock.now();
    let print = Thumbprint::of(&jws).ok_or_else(|| unsigned("The key was not found."))?;
    let (certificate, not_after) = registered(server, app, &print, now)
        .ok_or_else(|| unsigned(&format!("The key was not found., {print}")))?;
    if !signed(&certificate, &jws).unwrap_or(false) {
        return Err(unsigned(
            "The provided signature value did not match the expected signature value.",
        ));
    }
    if not_after <= now {
        return Err(unsigned(&format!(
            "The key used is expired., {print}, Found key 'End={not_after}'"
        )));
    }
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

/// By which an assertion names its certificate.
struct Thumbprint {
    bytes: Vec<u8>,
    digest: MessageDigest,
}

impl Thumbprint {
    fn of(jws: &Jws<'_>) -> Option<Self> {
        let (print, digest) = if let Some(print) = jws.header["x5t#S256"].as_str() {
            (print, MessageDigest::sha256())
        } else {
            (jws.header["x5t"].as_str()?, MessageDigest::sha1())
        };
        Some(Self {
            bytes: decode(print)?,
            digest,
        })
    }
}

impl fmt::Display for Thumbprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Thumbprint of key used by client: '")?;
        for byte in &self.bytes {
            write!(out, "{byte:02X}")?;
        }
        write!(out, "'")
    }
}

/// The app's certificate with the thumbprint, as far as the server knows it, and when it ends.
fn registered(server: Server, app: &App, print: &Thumbprint, now: Timestamp) -> Option<(X509, Timestamp)> {
    let held = server.certificates(app, now).filter_map(|held| {
        let certificate = X509::from_der(&STANDARD.decode(&held.der).ok()?).ok()?;
        Some((certificate, held.not_after))
    });
    let mut held = held.filter(|(certificate, _)| {
        let own = certificate.digest(print.digest);
        own.is_ok_and(|own| *own == *print.bytes)
    });
    held.next()
}

/// Whether the certificate's key signed.
pub(crate) fn signed(certificate: &X509, jws: &Jws<'_>) -> Result<bool, ErrorStack> {
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

/// Clocks may differ a little, but what has ended by Entra's own has ended.
pub(super) fn within(world: &World, jws: &Jws<'_>) -> Result<(), Fault> {
    let skew = f64::from(world.tenant().switches.entra.assertion_skew_seconds);
    let now = world.clock.now().as_duration().as_secs_f64();
    let lasts = jws.date("exp").is_some_and(|exp| now < exp);
    let begun = jws.date("nbf").is_none_or(|nbf| nbf <= now + skew);
    if lasts && begun {
        return Ok(());
    }
    let text = "Client assertion is not within its valid time range.";
    Err(Fault::new(400, "invalid_client", 700_024, text))
}
