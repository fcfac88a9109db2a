//! Tokens of issuers elsewhere, which an app shows in place of a credential of its own.

use openssl::x509::X509;

use super::assertion::{signed, within};
use super::fault::Fault;
use super::jws::Jws;
use super::servers::Server;
use crate::directory::App;
use crate::registration::FederatedCredential;
use crate::world::World;

/// Believes a token when a federated credential of the app names issuer, subject and audience, letter by letter, and
/// the issuer signed it.
pub(super) fn check(world: &World, server: Server, app: &App, jws: &Jws<'_>) -> Result<(), Fault> {
    let now = world.clock.now();
    let known: Vec<&FederatedCredential> = server.federated(app, now).collect();
    matching(&known, jws)?;
    let issuer = jws.text("iss");
    let certificate = world.tenant().directory.issuers.get(issuer).cloned();
    let certificate = certificate
        .and_then(|pem| X509::from_pem(pem.as_bytes()).ok())
        .ok_or_else(|| Fault::client(50_166, "Request to External OIDC endpoint failed."))?;
    if !signed(&certificate, jws).unwrap_or(false) {
        let text = "Assertion failed signature validation. [Reason - The provided signature value did not match the expected signature value.]";
        return Err(Fault::client(50_013, text));
    }
    within(world, jws)
}

fn matching(known: &[&FederatedCredential], jws: &Jws<'_>) -> Result<(), Fault> {
    let (issuer, subject) = (jws.text("iss"), jws.text("sub"));
    let mut audiences = jws.list("aud");
    audiences.push(jws.text("aud").to_owned());
    let by_issuer: Vec<_> = known.iter().filter(|one| one.issuer == issuer).collect();
    if by_issuer.is_empty() {
        return Err(unmatched(700_211, "issuer", issuer));
    }
    let by_subject: Vec<_> = by_issuer
        .into_iter()
        .filter(|one| one.subject == subject)
        .collect();
    if by_subject.is_empty() {
        return Err(unmatched(700_213, "subject", subject));
    }
    if by_subject
        .iter()
        .any(|one| one.audiences.iter().any(|own| audiences.contains(own)))
    {
        return Ok(());
    }
    Err(unmatched(700_212, "audience", &audiences.join(" ")))
}

fn unmatched(code: u32, what: &str, value: &str) -> Fault {
    let text = format!(
        "No matching federated identity record found for presented assertion {what} '{value}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion."
    );
    Fault::client(code, text)
}
