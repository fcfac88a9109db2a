//! A client that signs people in: authorize, redirect, token.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderValue, Method};
use openssl::sha::sha256;
use serde_json::Value;
use url::Url;
use url::form_urlencoded::{Serializer, parse};

use super::browser::{Browser, header};
use super::people::PUBLIC;
use crate::call::Reply;
use crate::directory::ObjectId;

pub(super) const AUTHORIZE: &str = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize";
pub(super) const TOKEN: &str = "https://login.microsoftonline.com/common/oauth2/v2.0/token";
pub(super) const REDIRECT: &str = "https://app.contoso.example/in";
pub(super) const VERIFIER: &str = "correct-horse-battery-staple-correct-horse-battery";

pub(super) type Fields = BTreeMap<String, String>;

pub(super) fn fields(pairs: &[(&str, &str)]) -> Fields {
    let pairs = pairs.iter();
    pairs
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// A well-made authorization request of the public app; an empty value in `changes` takes a field out.
pub(super) fn request(scope: &str, changes: &[(&str, &str)]) -> Fields {
    let challenge = URL_SAFE_NO_PAD.encode(sha256(VERIFIER.as_bytes()));
    let mut all = fields(&[
        ("client_id", &PUBLIC.0.to_string()),
        ("response_type", "code"),
        ("redirect_uri", REDIRECT),
        ("scope", scope),
        ("state", "s&1"),
        ("nonce", "n1"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ]);
    all.extend(fields(changes));
    all.retain(|_, value| !value.is_empty());
    all
}

pub(super) fn redemption(code: &str, changes: &[(&str, &str)]) -> Fields {
    let mut all = fields(&[
        ("grant_type", "authorization_code"),
        ("client_id", &PUBLIC.0.to_string()),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ]);
    all.extend(fields(changes));
    all.retain(|_, value| !value.is_empty());
    all
}

impl Browser<'_> {
    pub(super) fn authorize(&mut self, request: &Fields) -> Reply {
        let url = Url::parse_with_params(AUTHORIZE, request).unwrap();
        self.once(Method::GET, url.as_str(), String::new())
    }

    /// Signs `person` in for the request and gives what arrives at the client.
    pub(super) fn sign_in(&mut self, request: &Fields, person: ObjectId) -> Fields {
        let page = self.authorize(request);
        let reply = self.choose(&page, person);
        arrived(&reply)
    }

    /// Posts to the token endpoint as a page of `origin`.
    pub(super) fn token(&self, form: &Fields, origin: Option<&str>) -> (Reply, Value) {
        let body = Serializer::new(String::new()).extend_pairs(form).finish();
        let mut call = self.call(Method::POST, TOKEN, body);
        if let Some(origin) = origin {
            call.headers
                .insert("origin", HeaderValue::from_str(origin).unwrap());
        }
        let reply = crate::entra::answer(self.world, &call);
        let body = serde_json::from_slice(&reply.body).unwrap();
        (reply, body)
    }
}

/// The parameters a redirect carries, in query or fragment.
pub(super) fn arrived(reply: &Reply) -> Fields {
    let location = Url::parse(&header(reply, "Location").unwrap()).unwrap();
    let text = location.fragment().or(location.query()).unwrap_or_default();
    parse(text.as_bytes()).into_owned().collect()
}

pub(super) fn claims(token: &Value) -> Value {
    let middle = token.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(middle).unwrap()).unwrap()
}
