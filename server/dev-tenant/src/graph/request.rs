//! A call whose bearer is known, read as far as every service of Graph needs it.

use http::{HeaderMap, Method};
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::address;
use super::fault::Fault;
use super::model::Entity;
use super::options::Options;
use crate::call::{Call, Reply};
use crate::caller::Caller;
use crate::world::{Tenant, World};

/// The content type of Graph's JSON answers.
const JSON: &str =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

pub(crate) type Outcome = Result<Reply, Fault>;

pub(crate) struct Request<'a> {
    pub(crate) world: &'a World,
    pub(crate) caller: &'a Caller,
    pub(crate) method: &'a Method,
    pub(crate) path: &'a str,
    pub(crate) segments: Vec<String>,
    pub(crate) options: Options,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
    pub(crate) now: Timestamp,
    pub(crate) id: Uuid,
}

impl<'a> Request<'a> {
    pub(crate) fn read(world: &'a World, caller: &'a Caller, call: &'a Call) -> Result<Self, Fault> {
        let mut segments = address::segments(&call.path)?;
        if segments.first().is_some_and(|first| first == "me") {
            let Caller::Person(person) = caller else {
                return Err(Fault::refused(
                    400,
                    "BadRequest",
                    "/me request is only valid with delegated authentication flow.",
                ));
            };
            segments.splice(..1, ["users".to_owned(), person.person.0.to_string()]);
        }
        Ok(Self {
            world,
            caller,
            method: &call.method,
            path: &call.path,
            segments,
            options: Options::parse(&call.query)?,
            headers: &call.headers,
            body: &call.body,
            now: world.clock.now(),
            id: call.request_id,
        })
    }

    /// The JSON object in the body.
    pub(crate) fn object(&self) -> Result<Entity, Fault> {
        match serde_json::from_slice(self.body) {
            Ok(Value::Object(object)) => Ok(object),
            _ => Err(Fault::refused(
                400,
                "BadRequest",
                "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
            )),
        }
    }

    pub(crate) fn prefers(&self, wish: &str) -> bool {
        self.headers
            .get_all("prefer")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|value| value.trim().eq_ignore_ascii_case(wish))
    }

    /// `ConsistencyLevel: eventual` together with `$count=true`.
    pub(crate) fn is_advanced(&self) -> bool {
        self.options.count
            && self
                .headers
                .get("consistencylevel")
                .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"eventual"))
    }

    /// The writer's name in the ledger.
    pub(crate) fn who(&self) -> String {
        match self.caller {
            Caller::App(app) => format!("app:{}", app.app_id.0),
            Caller::Person(person) => format!("person:{}", person.person.0),
        }
    }

    pub(crate) fn record(&self, tenant: &mut Tenant, key: String) {
        tenant.record(self.now, self.id, &self.who(), key);
    }
}

/// An answer with a JSON body.
pub(crate) fn json(status: u16, body: &Value) -> Reply {
    Reply::text(status, JSON, body.to_string())
}

/// One resource with its context, e.g. `users/$entity`.
pub(crate) fn entity(status: u16, context: &str, entity: Entity) -> Reply {
    let mut body = Entity::new();
    body.insert("@odata.context".to_owned(), context_url(context).into());
    body.extend(entity);
    json(status, &Value::Object(body))
}

pub(crate) fn context_url(context: &str) -> String {
    format!("https://graph.microsoft.com/v1.0/$metadata#{context}")
}

/// A member of a body, whatever its letter case (SDKs write action parameters with a capital).
pub(crate) fn parameter<'v>(body: &'v Entity, name: &str) -> Option<&'v Value> {
    body.iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}
