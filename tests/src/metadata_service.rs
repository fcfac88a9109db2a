//! The instance metadata service of an Azure machine, at an address of its own: it gives the token of the machine's
//! identity to whoever asks as Microsoft documents it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::issuer::AUDIENCE;

const PATH: &str = "/metadata/identity/oauth2/token";

/// Client id of the identity, and its token.
type Given = Arc<Mutex<(String, String)>>;

pub struct MetadataService {
    address: SocketAddr,
    given: Given,
    task: JoinHandle<()>,
}

impl MetadataService {
    /// Of a machine with one identity.
    pub async fn of(client_id: &str, token: String) -> Self {
        let given: Given = Arc::new(Mutex::new((client_id.to_owned(), token)));
        let routes = Router::new()
            .route(PATH, get(answer))
            .with_state(Arc::clone(&given));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let task = tokio::spawn(async move {
            axum::serve(listener, routes).await.expect("it serves");
        });
        Self { address, given, task }
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}{PATH}", self.address)
    }

    /// Another token from now on.
    pub fn give(&self, token: String) {
        self.given.lock().unwrap_or_else(PoisonError::into_inner).1 = token;
    }
}

impl Drop for MetadataService {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Nobody but a program of the machine itself sends `Metadata: true`: a proxy does not.
async fn answer(
    State(given): State<Given>,
    Query(question): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> (StatusCode, Json<Value>) {
    let (identity, token) = given.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let is_local = headers.get("metadata").is_some_and(|value| value == "true");
    let asks = |name: &str, value: &str| question.get(name).is_some_and(|asked| asked == value);
    if !is_local || !asks("api-version", "2018-02-01") || !asks("resource", AUDIENCE) {
        return refusal("Required metadata header not specified, or a wrong version or resource");
    }
    if question.contains_key("client_id") && !asks("client_id", &identity) {
        return refusal("Identity not found");
    }
    let given = json!({
        "access_token": token, "client_id": identity, "expires_in": "86399", "resource": AUDIENCE, "token_type": "Bearer",
    });
    (StatusCode::OK, Json(given))
}

fn refusal(why: &str) -> (StatusCode, Json<Value>) {
    let refusal = json!({ "error": "invalid_request", "error_description": why });
    (StatusCode::BAD_REQUEST, Json(refusal))
}
