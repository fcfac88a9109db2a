//! A small Entra on loopback that knows one registration, with Graph and a site beside it. It breaks one answer.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use m365::Origin;
use openssl::hash::{MessageDigest, hash};
use serde_json::{Value, json};
use uuid::Uuid;

const PRINCIPAL: Uuid = Uuid::from_u128(9);

/// Which answer breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    Never,
    /// Nothing is done at this request.
    Before(usize),
    /// It is done, and nobody hears of it.
    After(usize),
}

#[derive(Default)]
pub(super) struct Known {
    /// Id, and the certificate in DER.
    pub(super) keys: Vec<(Uuid, Vec<u8>)>,
    /// Id and name.
    pub(super) secrets: Vec<(Uuid, String)>,
    pub(super) requests: usize,
    pub(super) writes: usize,
    /// Calls that no registered certificate signed.
    pub(super) unknown: usize,
}

#[derive(Clone)]
pub(super) struct Entra {
    pub(super) known: Arc<Mutex<Known>>,
    pub(super) origin: Origin,
    broken: Break,
}

impl Entra {
    pub(super) async fn start(broken: Break) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = Origin::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let entra = Self {
            known: Arc::default(),
            origin,
            broken,
        };
        let router = Router::new().fallback(answer).with_state(entra.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        entra
    }

    pub(super) fn register(&self, certificate: &[u8]) {
        let mut known = self.known.lock().unwrap();
        known.keys.push((Uuid::from_u128(1), certificate.to_vec()));
    }
}

async fn answer(State(entra): State<Entra>, request: Request) -> Response {
    let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
    let body = to_bytes(request.into_body(), 1 << 20).await.unwrap();
    let number = {
        let mut known = entra.known.lock().unwrap();
        known.requests += 1;
        known.requests
    };
    if entra.broken == Break::Before(number) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let body = String::from_utf8_lossy(&body).into_owned();
    let (status, answer) = if path.ends_with("/token") {
        token(&entra, &body)
    } else {
        graph(&entra, &method, &path, &body)
    };
    if entra.broken == Break::After(number) {
        return StatusCode::GATEWAY_TIMEOUT.into_response();
    }
    (StatusCode::from_u16(status).unwrap(), answer.to_string()).into_response()
}

/// A token for whoever signs with a registered certificate, or brings a registered secret.
fn token(entra: &Entra, form: &str) -> (u16, Value) {
    let mut known = entra.known.lock().unwrap();
    let fields: Vec<_> = form_fields(form);
    let field = |name: &str| {
        fields
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.clone())
    };
    let registered = match (field("client_assertion"), field("client_secret")) {
        (Some(assertion), _) => {
            let header = URL_SAFE_NO_PAD
                .decode(assertion.split('.').next().unwrap())
                .unwrap();
            let header: Value = serde_json::from_slice(&header).unwrap();
            let is_it = |der: &[u8]| {
                let digest = hash(MessageDigest::sha256(), der).unwrap();
                header["x5t#S256"] == URL_SAFE_NO_PAD.encode(digest)
            };
            known.keys.iter().any(|(_, der)| is_it(der))
        }
        (None, Some(secret)) => known.secrets.iter().any(|(id, _)| secret == text_of(*id)),
        (None, None) => false,
    };
    if !registered {
        known.unknown += 1;
        return (
            401,
            json!({ "error_description": "AADSTS700027: no", "error_codes": [700_027] }),
        );
    }
    let claims = json!({
        "roles": ["Application.ReadWrite.OwnedBy"], "appidacr": "2", "oid": PRINCIPAL,
    });
    let token = format!("e.{}.s", URL_SAFE_NO_PAD.encode(claims.to_string()));
    (
        200,
        json!({ "token_type": "Bearer", "expires_in": 3599, "access_token": token }),
    )
}

fn form_fields(form: &str) -> Vec<(String, String)> {
    let pairs = url::form_urlencoded::parse(form.as_bytes());
    pairs.into_owned().collect()
}

pub(super) fn text_of(secret: Uuid) -> String {
    format!("secret-{secret}")
}

fn graph(entra: &Entra, method: &str, path: &str, body: &str) -> (u16, Value) {
    let mut known = entra.known.lock().unwrap();
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let id = |name: &str| {
        body[name]
            .as_str()
            .and_then(|id| id.parse::<Uuid>().ok())
            .unwrap_or_default()
    };
    let last = path.rsplit('/').next().unwrap_or_default();
    known.writes += usize::from(method == "POST");
    let fresh = Uuid::from_u128(1_000 + known.writes as u128);
    match last {
        "owners" => (200, json!({ "value": [{ "id": PRINCIPAL }] })),
        "web" => (200, site()),
        "site" => (200, json!({ "Id": PRINCIPAL })),
        "addKey" => {
            assert!(body["proof"].is_string());
            let der = STANDARD
                .decode(body["keyCredential"]["key"].as_str().unwrap())
                .unwrap();
            known.keys.push((fresh, der));
            (200, json!({ "keyId": fresh }))
        }
        "removeKey" => {
            known.keys.retain(|(key, _)| *key != id("keyId"));
            (204, Value::Null)
        }
        "addPassword" => add_password(&mut known, fresh, &body["passwordCredential"]),
        "removePassword" => {
            known.secrets.retain(|(secret, _)| *secret != id("keyId"));
            (204, Value::Null)
        }
        _ if last.starts_with("applications(") => (200, registration(&known)),
        _ if path.contains("/users/") => (
            200,
            json!({ "id": PRINCIPAL, "userPrincipalName": "flow@contoso.example" }),
        ),
        _ => (
            403,
            json!({ "error": { "code": "Authorization_RequestDenied", "message": "no" } }),
        ),
    }
}

fn add_password(known: &mut Known, fresh: Uuid, asked: &Value) -> (u16, Value) {
    let name = asked["displayName"].as_str().unwrap().to_owned();
    known.secrets.push((fresh, name));
    (
        200,
        json!({ "keyId": fresh, "secretText": text_of(fresh), "endDateTime": asked["endDateTime"] }),
    )
}

fn site() -> Value {
    json!({ "Id": PRINCIPAL, "Title": "t", "ServerRelativeUrl": "/sites/flow", "WebTemplate": "STS", "Language": 1041 })
}

fn registration(known: &Known) -> Value {
    let keys = known
        .keys
        .iter()
        .map(|(id, der)| json!({ "keyId": id, "key": STANDARD.encode(der) }));
    let secrets = known
        .secrets
        .iter()
        .map(|(id, name)| json!({ "keyId": id, "displayName": name }));
    json!({
        "id": Uuid::from_u128(3), "appId": Uuid::from_u128(2),
        "keyCredentials": keys.collect::<Vec<_>>(), "passwordCredentials": secrets.collect::<Vec<_>>(),
    })
}
