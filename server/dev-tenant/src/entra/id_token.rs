//! Id tokens: who signed in, told to one client.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openssl::sha::sha256;
use serde_json::{Value, json};

use super::authorize::sign_in::SignedIn;
use super::fault::Fault;
use super::mint::LIFE;
use super::person;
use crate::directory::{AppId, ObjectId, User};
use crate::world::World;

/// The occasion of an id token.
pub(crate) struct About<'a> {
    pub(crate) client: AppId,
    pub(crate) session: &'a SignedIn,
    pub(crate) scope: &'a str,
    pub(crate) nonce: Option<&'a str>,
    pub(crate) c_hash: Option<&'a str>,
}

/// A version 2.0 id token.
pub(crate) fn mint(world: &World, user: &User, about: &About<'_>) -> Result<String, Fault> {
    let key = world.signing_key().ok_or_else(Fault::ours)?;
    let now = world.clock.now().as_second();
    let mut claims = json!({
        "aud": about.client,
        "iss": issuer(world),
        "iat": now,
        "nbf": now,
        "exp": now + LIFE,
        "auth_time": about.session.at.as_second(),
        "name": user.display_name,
        "oid": user.id,
        "preferred_username": user.user_principal_name,
        "sid": about.session.sid,
        "sub": subject(about.client, user.id),
        "tid": world.names.id,
        "ver": "2.0",
    });
    if let Some(nonce) = about.nonce {
        claims["nonce"] = json!(nonce);
    }
    if let Some(hash) = about.c_hash {
        claims["c_hash"] = json!(hash);
    }
    let mail = person::text(user, "mail");
    if about.scope.split_whitespace().any(|one| one == "email") && !mail.is_empty() {
        claims["email"] = Value::from(mail);
    }
    key.sign(&claims).map_err(|_| Fault::ours())
}

/// The issuer of version 2.0 tokens.
pub(crate) fn issuer(world: &World) -> String {
    format!("https://login.microsoftonline.com/{}/v2.0", world.names.id)
}

/// Pairwise: two clients cannot compare notes by it.
pub(crate) fn subject(client: AppId, person: ObjectId) -> String {
    URL_SAFE_NO_PAD.encode(sha256(&[client.0.into_bytes(), person.0.into_bytes()].concat()))
}
