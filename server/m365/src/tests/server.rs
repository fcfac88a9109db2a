//! A small stand-in for sign-in and Graph, on loopback.

use std::{
    collections::HashMap,
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
};

use crate::{
    Clock, Cloud, Credential, Origin, Pace, SharePoint, Tenant, TenantSettings, Transport, TransportSettings,
};
use axum::{
    Form, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use openssl::{
    asn1::Asn1Time, hash::MessageDigest, pkey::PKey, rsa::Padding, rsa::Rsa, sign::RsaPssSaltlen,
    sign::Verifier, x509::X509, x509::X509NameBuilder,
};
use secrecy::SecretSlice;
use uuid::Uuid;

/// How the server behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scenario {
    Healthy,
    FirstTokenRefused,
    Always401,
    ThrottledOnce,
    /// 503 without a word on when to come back.
    BusyOnce,
    NewKeyUnknown,
    AppUnknown,
}

/// A clock that tests move; starts on 22 November 2026.
pub(crate) struct TestClock(pub(crate) AtomicI64);

impl TestClock {
    pub(crate) fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// A running server with what it has seen.
pub(crate) struct Server {
    pub(crate) tokens: Arc<AtomicUsize>,
    pub(crate) calls: Arc<AtomicUsize>,
    pub(crate) last_form: Arc<Mutex<HashMap<String, String>>>,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) credentials: Vec<(Credential, X509)>,
    agent: Arc<Mutex<String>>,
    address: std::net::SocketAddr,
}

#[derive(Clone)]
struct Seen {
    scenario: Scenario,
    tokens: Arc<AtomicUsize>,
    calls: Arc<AtomicUsize>,
    last_form: Arc<Mutex<HashMap<String, String>>>,
    agent: Arc<Mutex<String>>,
}

impl Server {
    pub(crate) async fn start(scenario: Scenario) -> Self {
        let seen = Seen {
            scenario,
            tokens: Arc::default(),
            calls: Arc::default(),
            last_form: Arc::default(),
            agent: Arc::default(),
        };
        let router = Router::new()
            .route("/{tenant}/oauth2/v2.0/token", post(token))
            .route("/v1.0/users/{key}", get(user))
            .with_state(seen.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            tokens: seen.tokens,
            calls: seen.calls,
            last_form: seen.last_form,
            agent: seen.agent,
            clock: Arc::new(TestClock(AtomicI64::new(1_795_305_600))),
            credentials: credentials(),
            address,
        }
    }

    pub(crate) fn origin(&self) -> Origin {
        Origin::parse(&format!("http://{}", self.address)).unwrap()
    }

    pub(crate) fn last_agent(&self) -> String {
        self.agent.lock().unwrap().clone()
    }

    pub(crate) fn tenant(&self) -> Tenant {
        self.tenant_at(Pace::default(), &self.origin())
    }

    /// As a command asks that is run by hand.
    pub(crate) fn patient_tenant(&self) -> Tenant {
        self.tenant_at(Pace::patient(), &self.origin())
    }

    /// A tenant whose tokens come from here and whose Graph is elsewhere.
    pub(crate) fn tenant_with_graph(&self, graph: &Origin) -> Tenant {
        self.tenant_at(Pace::default(), graph)
    }

    fn tenant_at(&self, pace: Pace, graph: &Origin) -> Tenant {
        let settings = TenantSettings {
            tenant_id: Uuid::from_u128(1),
            client_id: Uuid::from_u128(2),
            credentials: self
                .credentials
                .iter()
                .map(|(credential, _)| credential.clone().into())
                .collect(),
            cloud: Cloud {
                login: self.origin(),
                graph: graph.clone(),
                exchange: graph.clone(),
            },
            pace,
            sharepoint: SharePoint::Online,
        };
        let transport = Transport::new(&TransportSettings::default()).unwrap();
        Tenant::new(transport, Arc::clone(&self.clock) as Arc<dyn Clock>, settings).unwrap()
    }
}

async fn token(State(seen): State<Seen>, Form(form): Form<HashMap<String, String>>) -> Response {
    let number = seen.tokens.fetch_add(1, Ordering::SeqCst) + 1;
    *seen.last_form.lock().unwrap() = form;
    if seen.scenario == Scenario::AppUnknown {
        let body = r#"{"error":"unauthorized_client","error_description":"AADSTS700016: no","error_codes":[700016]}"#;
        return (StatusCode::BAD_REQUEST, body).into_response();
    }
    if seen.scenario == Scenario::NewKeyUnknown && number == 1 {
        let body =
            r#"{"error":"invalid_client","error_description":"AADSTS700027: no","error_codes":[700027]}"#;
        return (StatusCode::UNAUTHORIZED, body).into_response();
    }
    format!(r#"{{"token_type":"Bearer","expires_in":3599,"access_token":"t{number}"}}"#).into_response()
}

async fn user(State(seen): State<Seen>, Path(key): Path<String>, headers: HeaderMap) -> Response {
    let number = seen.calls.fetch_add(1, Ordering::SeqCst) + 1;
    *seen.agent.lock().unwrap() = headers[header::USER_AGENT].to_str().unwrap().to_owned();
    let bearer = headers[header::AUTHORIZATION].to_str().unwrap();
    let refused = seen.scenario == Scenario::Always401
        || (seen.scenario == Scenario::FirstTokenRefused && bearer == "Bearer t1");
    if refused {
        let why = r#"3000006;reason="Token contains invalid signature.";category="invalid_client""#;
        return (StatusCode::UNAUTHORIZED, [("x-ms-diagnostics", why)]).into_response();
    }
    if seen.scenario == Scenario::ThrottledOnce && number == 1 {
        return (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "31")]).into_response();
    }
    if seen.scenario == Scenario::BusyOnce && number == 1 {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    if key.starts_with("nobody") {
        let body = r#"{"error":{"code":"Request_ResourceNotFound","message":"no"}}"#;
        return (StatusCode::NOT_FOUND, body).into_response();
    }
    format!(r#"{{"id":"{}","userPrincipalName":"{key}"}}"#, Uuid::from_u128(7)).into_response()
}

/// Two credentials, made once: RSA keys take long.
pub(crate) fn credentials() -> Vec<(Credential, X509)> {
    static CREDENTIALS: LazyLock<Vec<(Credential, X509)>> =
        LazyLock::new(|| vec![credential(), credential()]);
    CREDENTIALS.clone()
}

fn credential() -> (Credential, X509) {
    let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let mut name = X509NameBuilder::new().unwrap();
    name.append_entry_by_text("CN", "app").unwrap();
    let name = name.build();
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    builder.set_subject_name(&name).unwrap();
    builder.set_issuer_name(&name).unwrap();
    builder
        .set_not_before(&Asn1Time::from_unix(1_700_000_000).unwrap())
        .unwrap();
    builder
        .set_not_after(&Asn1Time::from_unix(1_900_000_000).unwrap())
        .unwrap();
    builder.set_pubkey(&key).unwrap();
    builder.sign(&key, MessageDigest::sha256()).unwrap();
    let certificate = builder.build();
    let mut pem = key.private_key_to_pem_pkcs8().unwrap();
    pem.extend(certificate.to_pem().unwrap());
    let credential = Credential::from_pem(&SecretSlice::from(pem)).unwrap();
    assert_eq!(credential.expires().as_second(), 1_900_000_000);
    (credential, certificate)
}

/// Checks an assertion as Entra does.
pub(crate) fn check_assertion(assertion: &str, (credential, certificate): &(Credential, X509)) {
    let parts: Vec<&str> = assertion.split('.').collect();
    let header: serde_json::Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[0]).unwrap()).unwrap();
    assert_eq!(header["alg"], "PS256");
    assert_eq!(header["x5t#S256"], credential.thumbprint());
    let key = certificate.public_key().unwrap();
    let mut verifier = Verifier::new(MessageDigest::sha256(), &key).unwrap();
    verifier.set_rsa_padding(Padding::PKCS1_PSS).unwrap();
    verifier
        .set_rsa_pss_saltlen(RsaPssSaltlen::DIGEST_LENGTH)
        .unwrap();
    verifier
        .update(format!("{}.{}", parts[0], parts[1]).as_bytes())
        .unwrap();
    assert!(
        verifier
            .verify(&URL_SAFE_NO_PAD.decode(parts[2]).unwrap())
            .unwrap()
    );
}

/// A server that reads a request and then breaks the connection.
pub(crate) async fn resets_after_reading() -> Origin {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let _ = tokio::io::AsyncReadExt::read(&mut stream, &mut request).await;
        }
    });
    Origin::parse(&format!("http://{address}")).unwrap()
}

/// A server that begins to answer and then breaks the connection.
pub(crate) async fn answers_half() -> Origin {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let _ = tokio::io::AsyncReadExt::read(&mut stream, &mut request).await;
            let half = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{";
            let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, half).await;
        }
    });
    Origin::parse(&format!("http://{address}")).unwrap()
}

/// An address where nobody answers.
pub(crate) async fn nobody_listens() -> Origin {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    Origin::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap()
}
