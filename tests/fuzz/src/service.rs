//! What anybody may send to the service.

use app::auth;
use jsonwebtoken::jwk::JwkSet;
use serde_json::Value;

use crate::{first_line, text};

const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const REMOTE_APP: &str = "http://schemas.microsoft.com/sharepoint/remoteapp/";
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

/// Only an envelope of SOAP with an event of SharePoint's namespace is one.
pub(super) fn remote_event(bytes: &[u8]) {
    if app::fuzzing::remote_event(bytes).is_some() {
        let text = text(bytes).expect("an event is UTF-8");
        assert!(
            [SOAP, REMOTE_APP]
                .iter()
                .all(|namespace| text.contains(namespace))
        );
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
