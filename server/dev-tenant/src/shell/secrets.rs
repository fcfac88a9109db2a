//! Every secret that passes through the tenant's door, so that tests can look whether one stands where it must not.

use std::collections::BTreeSet;

use serde_json::Value;
use url::form_urlencoded;

use crate::call::{Call, Reply};

/// Members of forms and JSON bodies that hold one, in small letters.
const MEMBERS: [&str; 9] = [
    "password",
    "newpassword",
    "secrettext",
    "access_token",
    "refresh_token",
    "id_token",
    "client_secret",
    "client_assertion",
    "assertion",
];
/// Shorter ones are no secrets, and stand everywhere.
const SHORTEST: usize = 8;
/// Bodies that are larger are files and lists.
const LARGEST: usize = 64 * 1024;
const FORM: &str = "application/x-www-form-urlencoded";

#[derive(Debug, Default)]
pub(super) struct Secrets(BTreeSet<String>);

impl Secrets {
    /// Of a call: its bearer, and what its body proves or sets.
    pub(super) fn notice_call(&mut self, call: &Call) {
        let authorization = call.header("authorization").unwrap_or_default();
        if let Some((_, bearer)) = authorization.split_once(' ') {
            self.keep(bearer.trim());
        }
        let kind = call.header("content-type").unwrap_or_default();
        if kind.starts_with(FORM) {
            let pairs = form_urlencoded::parse(&call.body);
            for (_, value) in pairs.filter(|(name, _)| is_secret(name)) {
                self.keep(&value);
            }
        } else {
            self.notice_body(&call.body);
        }
    }

    /// Of an answer: what it issues.
    pub(super) fn notice_reply(&mut self, reply: &Reply) {
        self.notice_body(&reply.body);
    }

    pub(super) fn all(&self) -> Vec<String> {
        self.0.iter().cloned().collect()
    }

    fn notice_body(&mut self, body: &[u8]) {
        if body.len() > LARGEST {
            return;
        }
        // Most bodies hold none, and need not be taken apart.
        let small = String::from_utf8_lossy(body).to_ascii_lowercase();
        if !MEMBERS.iter().any(|name| small.contains(name)) {
            return;
        }
        if let Ok(value) = serde_json::from_slice(body) {
            self.notice_value(&value);
        }
    }

    fn notice_value(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    match value {
                        Value::String(text) if is_secret(name) => self.keep(text),
                        other => self.notice_value(other),
                    }
                }
            }
            Value::Array(all) => all.iter().for_each(|one| self.notice_value(one)),
            _ => {}
        }
    }

    fn keep(&mut self, secret: &str) {
        if secret.len() >= SHORTEST && !self.0.contains(secret) {
            self.0.insert(secret.to_owned());
        }
    }
}

fn is_secret(name: &str) -> bool {
    MEMBERS.contains(&name.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue, Method};
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn bearers_passwords_tokens_and_proofs_are_noticed_and_nothing_else() {
        let call = |kind: &'static str, body: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("authorization", HeaderValue::from_static("Bearer abc.def.ghi"));
            headers.insert("content-type", HeaderValue::from_static(kind));
            Call {
                method: Method::POST,
                host: "graph.microsoft.com".to_owned(),
                path: "/".to_owned(),
                query: String::new(),
                headers,
                body: Bytes::copy_from_slice(body.as_bytes()),
                request_id: Uuid::nil(),
            }
        };
        let mut secrets = Secrets::default();
        let account = json!({"requests": [{"body": {"displayName": "Hanako Sato", "passwordProfile": {"password": "Wide-Lamp-77"}}}]});
        secrets.notice_call(&call("application/json", &account.to_string()));
        secrets.notice_call(&call(FORM, "scope=openid+profile&client_secret=s3cret%2Bs3cret"));
        secrets.notice_reply(&Reply::json(
            200,
            &json!({"access_token": "token-token", "expires_in": 3599}),
        ));
        assert_eq!(
            secrets.all(),
            ["Wide-Lamp-77", "abc.def.ghi", "s3cret+s3cret", "token-token"]
        );
    }
}
