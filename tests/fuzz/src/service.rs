//! What anybody may send to the service.

use app::auth;
use jsonwebtoken::jwk::JwkSet;
use serde_json::Value;

use crate::{first_line, text};

const SECRET: &str = "the-secret-of-the-corpus";

/// Only a notification that carries the secret is believed.
pub(super) fn notification(bytes: &[u8]) {
    if app::fuzzing::notification(bytes, SECRET.as_bytes()) {
        // What is not asked for may be broken text, too deep or too large for a value.
        let Ok(body) = serde_json::from_slice::<Value>(bytes) else {
            return;
        };
        let said = body["value"].as_array().into_iter().flatten();
        assert!(said.into_iter().any(|one| one["clientState"] == SECRET));
    }
}

/// A token on the first line, the published keys behind it. Nobody signs here, so none may count.
pub(super) fn token(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (token, keys) = first_line(text);
    drop(auth::key_id(token));
    if let Ok(keys) = serde_json::from_str::<JwkSet>(keys) {
        drop(auth::verified_claims::<Value>(token, &keys));
    }
}
