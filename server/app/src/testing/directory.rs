//! A directory on loopback: as much of Graph as a plan asks for, with a memory and ways to misbehave. Beside it the
//! history list.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use m365::Origin;
use serde_json::{Map, Value, json};
use uuid::Uuid;

pub(crate) const MANAGER: Uuid = Uuid::from_u128(11);
pub(crate) const SKU: Uuid = Uuid::from_u128(12);
pub(crate) const GROUP: Uuid = Uuid::from_u128(13);
pub(crate) const ACCOUNT: Uuid = Uuid::from_u128(14);

#[derive(Clone)]
pub(crate) struct Directory {
    pub(crate) origin: Origin,
    memory: Arc<Mutex<Memory>>,
}

/// What it remembers, and how it shall misbehave.
#[derive(Default)]
pub(crate) struct Memory {
    /// By user principal name.
    pub(crate) users: BTreeMap<String, Map<String, Value>>,
    pub(crate) manager: Option<String>,
    pub(crate) licences: Vec<Value>,
    pub(crate) groups: Vec<Value>,
    pub(crate) seats: i64,
    /// Every password that was ever set.
    pub(crate) passwords: Vec<String>,
    /// Writes that had an effect.
    pub(crate) writes: Vec<String>,
    /// Rows of the history list.
    pub(crate) history: Vec<Value>,
    /// How many rows it had when each write began.
    pub(crate) history_at_writes: Vec<usize>,
    /// What a person who signs in comes back with, and the keys that vouch for it.
    pub(crate) id_token: String,
    pub(crate) signing_keys: Value,
    /// The form with which the last code was redeemed.
    pub(crate) redemption: String,
    /// So many reads do not see the new account yet.
    pub(crate) lag: u32,
    /// So many writes have their effect, but their answer breaks off.
    pub(crate) lost_answers: u32,
}

impl Directory {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = Origin::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let manager = json!({"id": MANAGER, "userPrincipalName": "j.suzuki@contoso.example",
            "displayName": "鈴木 次郎", "accountEnabled": true});
        let memory = Memory {
            users: [(
                "j.suzuki@contoso.example".to_owned(),
                manager.as_object().unwrap().clone(),
            )]
            .into(),
            seats: 5,
            ..Memory::default()
        };
        let directory = Self {
            origin,
            memory: Arc::new(Mutex::new(memory)),
        };
        let router = Router::new().fallback(answer).with_state(directory.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        directory
    }

    pub(crate) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap()
    }
}

async fn answer(State(directory): State<Directory>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    let path = percent_encoding::percent_decode_str(parts.uri.path())
        .decode_utf8_lossy()
        .into_owned();
    if path.ends_with("/oauth2/v2.0/token") {
        return directory.memory().grant(&body).into_response();
    }
    if path.ends_with("/discovery/v2.0/keys") {
        return directory.memory().signing_keys.to_string().into_response();
    }
    let segments: Vec<&str> = path.trim_start_matches("/v1.0/").split('/').collect();
    let query = percent_encoding::percent_decode_str(parts.uri.query().unwrap_or_default())
        .decode_utf8_lossy()
        .into_owned();
    let mut memory = directory.memory();
    if path.contains("/Lists/PFHistory") {
        let row = (parts.method == Method::POST).then(|| serde_json::from_slice(&body).unwrap());
        return memory.history(row).into_response();
    }
    if parts.method == Method::GET {
        return memory.read(&segments, &query).into_response();
    }
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let rows = memory.history.len();
    memory.history_at_writes.push(rows);
    let answer = memory.write(&parts.method, &segments, &body);
    if answer.0.is_success() {
        memory.writes.push(format!("{} {path}", parts.method));
        if memory.lost_answers > 0 {
            memory.lost_answers -= 1;
            return broken_off();
        }
    }
    answer.into_response()
}

type Answer = (StatusCode, String);

fn broken_off() -> Response {
    let pieces = [Ok(Bytes::from_static(b"{")), Err(std::io::Error::other("gone"))];
    Body::from_stream(futures_util::stream::iter(pieces)).into_response()
}

fn shown(value: &Value) -> Answer {
    (StatusCode::OK, value.to_string())
}

fn list(values: &[Value]) -> Answer {
    shown(&json!({ "value": values }))
}

fn missing() -> Answer {
    let body = r#"{"error":{"code":"Request_ResourceNotFound","message":"no"}}"#;
    (StatusCode::NOT_FOUND, body.to_owned())
}

fn written() -> Answer {
    (StatusCode::NO_CONTENT, String::new())
}

impl Memory {
    /// The account is blocked.
    pub(crate) fn leaves(&mut self, name: &str) {
        let user = self.users.get_mut(name).expect("somebody of that name");
        user.insert("accountEnabled".to_owned(), json!(false));
    }

    /// A token for the app, or for the person who came back with a code.
    fn grant(&mut self, form: &[u8]) -> String {
        let form = String::from_utf8_lossy(form).into_owned();
        let person = form.contains("grant_type=authorization_code");
        if person {
            self.redemption = form;
        }
        let id_token = if person { self.id_token.as_str() } else { "" };
        json!({"token_type": "Bearer", "expires_in": 3599, "access_token": "t", "id_token": id_token})
            .to_string()
    }

    /// No key is written twice here, so a look-up finds nothing.
    fn history(&mut self, row: Option<Value>) -> Answer {
        let Some(row) = row else {
            return list(&[]);
        };
        self.history.push(row);
        let id = json!({ "Id": self.history.len() });
        (StatusCode::CREATED, id.to_string())
    }

    fn read(&mut self, segments: &[&str], query: &str) -> Answer {
        match *segments {
            ["users"] => {
                let named = |user: &&Map<String, Value>| {
                    let holds = |name: &str| user.get(name).and_then(Value::as_str).unwrap_or("?").to_owned();
                    query.contains(&format!("'{}'", holds("userPrincipalName")))
                        || query.contains(&format!("'{}'", holds("mailNickname")))
                };
                let found: Vec<_> = self
                    .users
                    .values()
                    .filter(named)
                    .cloned()
                    .map(Value::Object)
                    .collect();
                list(&found)
            }
            ["users", key] => self.user(key),
            ["users", _, "manager"] => self.manager.clone().map_or_else(missing, |id| self.user(&id)),
            ["users", _, "memberOf"] => list(&self.groups),
            ["subscribedSkus"] => list(&[json!({"skuId": SKU, "skuPartNumber": "SPE_E3",
                "capabilityStatus": "Enabled", "consumedUnits": 0, "servicePlans": [],
                "prepaidUnits": {"enabled": self.seats, "warning": 0}})]),
            ["groups", id] if id == GROUP.to_string() => shown(&json!({"id": GROUP, "displayName": "営業",
                "mailEnabled": false, "securityEnabled": true, "groupTypes": []})),
            _ => missing(),
        }
    }

    fn user(&mut self, key: &str) -> Answer {
        let holds = |user: &&Map<String, Value>| user["userPrincipalName"] == key || user["id"] == key;
        match self.users.values().find(holds) {
            Some(user) if user["id"] == json!(ACCOUNT) && self.lag > 0 => {
                self.lag -= 1;
                missing()
            }
            Some(user) => {
                let mut user = user.clone();
                user.insert("licenseAssignmentStates".to_owned(), json!(self.licences));
                shown(&Value::Object(user))
            }
            None => missing(),
        }
    }

    fn write(&mut self, method: &Method, segments: &[&str], body: &Value) -> Answer {
        match (method.as_str(), segments) {
            ("POST", ["users"]) => self.create(body),
            ("PATCH", ["users", _]) => {
                self.keep_password(body);
                written()
            }
            ("PUT", ["users", _, "manager", "$ref"]) => {
                self.manager = Some(MANAGER.to_string());
                written()
            }
            ("POST", ["users", _, "assignLicense"]) => {
                self.licences.push(
                    json!({"skuId": SKU, "disabledPlans": [], "assignedByGroup": null, "state": "Active"}),
                );
                shown(&json!({}))
            }
            ("POST", ["groups", id, "members", "$ref"]) => {
                self.groups.push(json!({ "id": id }));
                written()
            }
            _ => (StatusCode::METHOD_NOT_ALLOWED, String::new()),
        }
    }

    fn create(&mut self, body: &Value) -> Answer {
        let mut user = body.as_object().cloned().unwrap_or_default();
        let name = body["userPrincipalName"].as_str().unwrap_or_default().to_owned();
        if self.users.contains_key(&name) {
            let body = r#"{"error":{"code":"Request_BadRequest","message":"m","details":[{"code":"ObjectConflict"}]}}"#;
            return (StatusCode::BAD_REQUEST, body.to_owned());
        }
        self.keep_password(body);
        user.remove("passwordProfile");
        user.insert("id".to_owned(), json!(ACCOUNT));
        self.users.insert(name, user.clone());
        (StatusCode::CREATED, Value::Object(user).to_string())
    }

    fn keep_password(&mut self, body: &Value) {
        let password = body["passwordProfile"]["password"].as_str();
        self.passwords.extend(password.map(str::to_owned));
    }
}
