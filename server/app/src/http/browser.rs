//! Somebody with a browser, and Entra vouching for him.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use openssl::encrypt::Decrypter;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::{Padding, Rsa};
use openssl::sha::sha256;
use openssl::sign::Signer;
use serde_json::{Value, json};
use tower::ServiceExt;
use url::Url;
use uuid::Uuid;

use crate::http::{handover, report, sign_in};
use crate::report::Desk;
use crate::service::Service;
use crate::testing::Directory;

/// Somebody with a browser.
pub(super) struct Browser<'a> {
    service: &'a Arc<Service>,
    directory: &'a Directory,
    person: Uuid,
    pub(super) cookies: Vec<String>,
    /// Keeps cookies that he is told to forget.
    pub(super) stubborn: bool,
}

pub(super) struct Seen {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl<'a> Browser<'a> {
    pub(super) fn of(service: &'a Arc<Service>, directory: &'a Directory, person: Uuid) -> Self {
        Self {
            service,
            directory,
            person,
            cookies: Vec::new(),
            stubborn: false,
        }
    }

    pub(super) async fn send(&mut self, request: axum::http::request::Builder, body: &Value) -> Seen {
        let request = request.header(header::COOKIE, self.cookies.join("; "));
        let request = request.header(header::CONTENT_TYPE, "application/json");
        let request = request.body(Body::from(body.to_string())).unwrap();
        let service = || Arc::clone(self.service);
        let router = handover::routes(service())
            .merge(report::routes(Desk::new(service())))
            .merge(sign_in::routes(self.service));
        let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() && self.stubborn {
                continue;
            }
            self.cookies
                .retain(|kept| kept.split_once('=').unwrap().0 != name);
            self.cookies.push(pair.to_owned());
        }
        let body = to_bytes(body, 1 << 20).await.unwrap();
        Seen {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    pub(super) async fn open(&mut self, path: &str) -> Seen {
        self.send(Request::get(path), &Value::Null).await
    }

    pub(super) async fn post(&mut self, path: &str, token: &str, body: Value) -> Seen {
        self.send(Request::post(path).header("x-handover-token", token), &body)
            .await
    }

    /// Follows the page to Entra and back to itself.
    pub(super) async fn sign_in(&mut self, path: &str) -> Seen {
        let sent = self.open(path).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let entra = Url::parse(sent.headers[header::LOCATION].to_str().unwrap()).unwrap();
        let asked = |name: &str| {
            entra
                .query_pairs()
                .find(|(found, _)| found == name)
                .unwrap()
                .1
                .into_owned()
        };
        self.vouch(&asked("nonce"));
        let back = self
            .open(&format!("/sign-in?code=c&state={}", asked("state")))
            .await;
        if back.status != StatusCode::SEE_OTHER {
            return back;
        }
        let redeemed = format!("https://x/?{}", self.directory.memory().redemption);
        let redeemed = Url::parse(&redeemed).unwrap();
        let verifier = redeemed
            .query_pairs()
            .find(|(name, _)| name == "code_verifier")
            .unwrap()
            .1
            .into_owned();
        assert_eq!(
            URL_SAFE_NO_PAD.encode(sha256(verifier.as_bytes())),
            asked("code_challenge")
        );
        assert_eq!(back.headers[header::LOCATION], path);
        self.open(path).await
    }

    /// Entra says who it is.
    pub(super) fn vouch(&self, nonce: &str) {
        let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
        let config = &self.service.config;
        let tenant = config.tenant.id;
        let claims = json!({"aud": config.app.client_id, "tid": tenant, "oid": self.person, "nonce": nonce,
            "iss": format!("https://login.microsoftonline.com/{tenant}/v2.0"),
            "exp": self.service.now().as_second() + 600});
        let mut memory = self.directory.memory();
        memory.id_token = signed(&key, &claims);
        memory.signing_keys = published(&key);
    }
}

fn signed(key: &PKey<Private>, claims: &Value) -> String {
    let header = json!({"alg": "RS256", "typ": "JWT", "kid": "k"});
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let text = format!("{}.{}", part(&header), part(claims));
    let mut signer = Signer::new(MessageDigest::sha256(), key).unwrap();
    let signature = signer.sign_oneshot_to_vec(text.as_bytes()).unwrap();
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn published(key: &PKey<Private>) -> Value {
    let rsa = key.rsa().unwrap();
    let (n, e) = (
        URL_SAFE_NO_PAD.encode(rsa.n().to_vec()),
        URL_SAFE_NO_PAD.encode(rsa.e().to_vec()),
    );
    json!({"keys": [{"kty": "RSA", "use": "sig", "kid": "k", "n": n, "e": e}]})
}

/// A browser's key pair.
pub(super) fn pair() -> (PKey<Private>, String) {
    let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let public = STANDARD.encode(key.public_key_to_der().unwrap());
    (key, public)
}

pub(super) fn decrypt(key: &PKey<Private>, ciphertext: &str) -> String {
    let ciphertext = STANDARD.decode(ciphertext).unwrap();
    let mut decrypter = Decrypter::new(key).unwrap();
    decrypter.set_rsa_padding(Padding::PKCS1_OAEP).unwrap();
    decrypter.set_rsa_oaep_md(MessageDigest::sha256()).unwrap();
    decrypter.set_rsa_mgf1_md(MessageDigest::sha256()).unwrap();
    let mut plain = vec![0; decrypter.decrypt_len(&ciphertext).unwrap()];
    let length = decrypter.decrypt(&ciphertext, &mut plain).unwrap();
    plain.truncate(length);
    String::from_utf8(plain).unwrap()
}
