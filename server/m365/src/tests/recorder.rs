//! A server on loopback that answers from a script and keeps what it was asked.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
};

use axum::{
    Router,
    body::to_bytes,
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use super::server::{TestClock, credentials};
use crate::{Cloud, Origin, Pace, SharePoint, Tenant, TenantSettings, Transport, TransportSettings};

/// One request as it arrived.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) line: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

type Script = Arc<Mutex<VecDeque<(u16, String)>>>;

#[derive(Clone, Default)]
pub(crate) struct Recorder {
    script: Script,
    seen: Arc<Mutex<Vec<Seen>>>,
    tokens: Arc<AtomicUsize>,
    origin: Option<Origin>,
}

impl Recorder {
    /// Answers these, one after the other; `{origin}` stands for its own address, and a body
    /// `location: …` for that header.
    pub(crate) async fn start(script: &[(u16, &str)]) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let script = script
            .iter()
            .map(|(status, body)| (*status, body.replace("{origin}", &origin)))
            .collect();
        let recorder = Self {
            script: Arc::new(Mutex::new(script)),
            seen: Arc::default(),
            tokens: Arc::default(),
            origin: Some(Origin::parse(&origin).unwrap()),
        };
        let router = Router::new().fallback(answer).with_state(recorder.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        recorder
    }

    pub(crate) fn tenant(&self) -> Tenant {
        self.tenant_with(SharePoint::Online)
    }

    /// A tenant whose Entra, Graph and Exchange are here and whose SharePoint may be elsewhere.
    pub(crate) fn tenant_with(&self, sharepoint: SharePoint) -> Tenant {
        let origin = self.origin.clone().unwrap();
        let settings = TenantSettings {
            tenant_id: Uuid::from_u128(1),
            client_id: Uuid::from_u128(2),
            credentials: credentials()
                .into_iter()
                .map(|(credential, _)| credential.into())
                .collect(),
            cloud: Cloud {
                login: origin.clone(),
                exchange: origin.clone(),
                graph: origin,
            },
            pace: Pace::default(),
            sharepoint,
        };
        let transport = Transport::new(&TransportSettings::default()).unwrap();
        let clock = Arc::new(TestClock(AtomicI64::new(1_795_305_600)));
        Tenant::new(transport, clock, settings).unwrap()
    }

    pub(crate) fn origin(&self) -> Origin {
        self.origin.clone().unwrap()
    }

    pub(crate) fn site(&self) -> crate::sharepoint::Site {
        self.tenant().site(&self.site_url()).unwrap()
    }

    pub(crate) fn site_url(&self) -> String {
        format!("{}/sites/flow", self.origin.as_ref().unwrap())
    }

    /// What was asked, without the requests for tokens.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// How many tokens were given.
    pub(crate) fn tokens(&self) -> usize {
        self.tokens.load(Ordering::SeqCst)
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.line).collect()
    }
}

async fn answer(State(recorder): State<Recorder>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if parts.uri.path().ends_with("/oauth2/v2.0/token") {
        recorder.tokens.fetch_add(1, Ordering::SeqCst);
        return r#"{"token_type":"Bearer","expires_in":3599,"access_token":"t"}"#.into_response();
    }
    let body = String::from_utf8_lossy(&to_bytes(body, 1 << 20).await.unwrap()).into_owned();
    let line = percent_encoding::percent_decode_str(&parts.uri.to_string())
        .decode_utf8_lossy()
        .into_owned();
    let line = format!("{} {line}", parts.method);
    recorder.seen.lock().unwrap().push(Seen {
        line,
        headers: parts.headers,
        body,
    });
    let (status, body) = recorder
        .script
        .lock()
        .unwrap()
        .pop_front()
        .unwrap_or((500, "no more script".to_owned()));
    if let Some(place) = body.strip_prefix("location: ") {
        let location = [("location", place.to_owned())];
        return (StatusCode::from_u16(status).unwrap(), location).into_response();
    }
    let etag = [("etag", r#""68be87d5-0000-0000-0000-000000000001,9""#)];
    (StatusCode::from_u16(status).unwrap(), etag, body).into_response()
}
