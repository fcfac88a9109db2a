//! `$batch`: several cmdlets in one request, each by itself and none waiting for another.

use std::collections::BTreeMap;

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::{Value, json};
use url::Url;

use super::door::single;
use super::fault::Fault;
use super::invocation::input;
use crate::call::{Call, Reply};
use crate::caller::Caller;
use crate::graph::Strike;
use crate::world::World;

pub(super) fn answer(
    world: &World,
    caller: &Caller,
    call: &Call,
    strike: &Strike<'_>,
) -> Result<Reply, Fault> {
    let parts =
        parts(&call.body).ok_or_else(|| Fault::Unreadable("The batch holds no requests.".to_owned()))?;
    let responses: Vec<Value> = parts
        .iter()
        .map(|part| run(world, caller, call, part, strike))
        .collect();
    Ok(Reply::json(200, &json!({ "responses": responses })))
}

fn parts(body: &[u8]) -> Option<Vec<Value>> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let parts = body["requests"].as_array()?;
    (!parts.is_empty()).then(|| parts.clone())
}

/// How many cmdlets a call runs, for the ledger; 1 for what cannot be read.
pub fn operations(call: &Call) -> u32 {
    if !call.path.ends_with("/$batch") {
        return 1;
    }
    parts(&call.body).map_or(1, |parts| u32::try_from(parts.len()).unwrap_or(u32::MAX))
}

/// Whether a call may write: every cmdlet comes by POST, but those that begin with `Get-` or `Test-` only read.
pub fn writes(call: &Call) -> bool {
    let reads = |body: &[u8]| input(body).is_ok_and(|(name, _)| is_reading(&name));
    if call.path.ends_with("/$batch") {
        let parts = parts(&call.body).unwrap_or_default();
        return !parts
            .iter()
            .all(|part| reads(part["body"].to_string().as_bytes()));
    }
    !reads(&call.body)
}

fn is_reading(cmdlet: &str) -> bool {
    let verb = cmdlet.split_once('-').map(|(verb, _)| verb);
    verb.is_some_and(|verb| {
        ["get", "test"]
            .iter()
            .any(|reads| verb.eq_ignore_ascii_case(reads))
    })
}

fn run(world: &World, caller: &Caller, outer: &Call, part: &Value, strike: &Strike<'_>) -> Value {
    let reply = match inner_call(outer, part) {
        Some(call) => strike(&call).unwrap_or_else(|| single(world, caller, &call)),
        None => Reply::json(
            400,
            &json!({"error": {"code": "BadRequest", "message": "A part of the batch cannot be read."}}),
        ),
    };
    let headers: BTreeMap<_, _> = reply.headers.into_iter().collect();
    let mut response = json!({"id": part["id"], "status": reply.status, "headers": headers});
    if let Ok(body) = serde_json::from_slice::<Value>(&reply.body) {
        response["body"] = body;
    }
    response
}

/// The address of a part is absolute, and of this service.
fn inner_call(outer: &Call, part: &Value) -> Option<Call> {
    let url = Url::parse(part["url"].as_str()?).ok()?;
    if url.host_str() != Some(outer.host.as_str()) {
        return None;
    }
    let mut headers = HeaderMap::new();
    for (name, value) in part["headers"].as_object().into_iter().flatten() {
        headers.insert(
            HeaderName::from_bytes(name.as_bytes()).ok()?,
            HeaderValue::from_str(value.as_str()?).ok()?,
        );
    }
    let method: Method = part["method"].as_str()?.to_ascii_uppercase().parse().ok()?;
    (method == Method::POST).then(|| Call {
        method,
        host: outer.host.clone(),
        path: url.path().to_owned(),
        query: url.query().unwrap_or_default().to_owned(),
        headers,
        body: part["body"].to_string().into(),
        request_id: outer.request_id,
    })
}
