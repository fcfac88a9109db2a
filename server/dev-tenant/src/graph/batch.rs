//! `$batch`: up to 20 requests in one, with dependencies.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::{Value, json};

use super::door::single;
use super::fault::Fault;
use super::request;
use crate::call::{Call, Reply};
use crate::caller::Caller;
use crate::world::World;

/// Microsoft Graph, "Combine multiple requests in one HTTP call using JSON batching".
const MOST_REQUESTS: usize = 20;

/// What befalls one request of a batch before it is carried out, e.g. that it is throttled; `None` = nothing.
pub type Strike<'s> = dyn Fn(&Call) -> Option<Reply> + 's;

pub(crate) fn answer(
    world: &World,
    caller: &Caller,
    call: &Call,
    strike: &Strike<'_>,
) -> Result<Reply, Fault> {
    if call.method != Method::POST {
        return Err(Fault::refused(
            405,
            "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
        ));
    }
    let parts = parts(&call.body)?;
    let mut statuses = BTreeMap::new();
    let mut responses = Vec::new();
    for part in &parts {
        let response = if dependencies(part).all(|id| statuses.get(&id).is_some_and(|status| *status < 300)) {
            run(world, caller, call, part, strike)
        } else {
            failed_dependency(part)
        };
        statuses.insert(key(&part["id"]), response["status"].as_u64().unwrap_or(500));
        responses.push(response);
    }
    Ok(request::json(200, &json!({ "responses": responses })))
}

/// How many operations a call holds, for the ledger; 1 for what cannot be read.
pub fn operations(call: &Call) -> u32 {
    if !call.path.ends_with("/$batch") {
        return 1;
    }
    parts(&call.body).map_or(1, |parts| u32::try_from(parts.len()).unwrap_or(u32::MAX))
}

fn invalid(message: &str) -> Fault {
    Fault::refused(400, "BadRequest", message)
}

/// The requests of the envelope, with distinct ids and dependencies that stand before them.
fn parts(body: &[u8]) -> Result<Vec<Value>, Fault> {
    let envelope: Value =
        serde_json::from_slice(body).map_err(|_| invalid("Invalid batch payload format."))?;
    let parts = envelope["requests"]
        .as_array()
        .filter(|parts| !parts.is_empty())
        .ok_or_else(|| invalid("Invalid batch payload format."))?;
    if parts.len() > MOST_REQUESTS {
        return Err(invalid(
            "Number of batch request steps exceeds the maximum value of 20.",
        ));
    }
    let mut seen = Vec::new();
    for part in parts {
        let id = key(&part["id"]);
        if id.is_empty() || seen.contains(&id) {
            return Err(invalid("Request id is missing or used twice in the batch."));
        }
        if dependencies(part).any(|wanted| !seen.contains(&wanted)) {
            return Err(invalid(
                "dependsOn names a request that does not stand before this one.",
            ));
        }
        seen.push(id);
    }
    Ok(parts.clone())
}

/// Ids are text by the documents and numbers with some clients: both count.
fn key(id: &Value) -> String {
    match id {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn dependencies(part: &Value) -> impl Iterator<Item = String> + '_ {
    part["dependsOn"].as_array().into_iter().flatten().map(key)
}

fn failed_dependency(part: &Value) -> Value {
    json!({"id": part["id"], "status": 424, "headers": {"Content-Type": "application/json"}, "body": {"error": {
        "code": "Failed Dependency",
        "message": "The request failed because it depended on another request that failed.",
    }}})
}

fn run(world: &World, caller: &Caller, outer: &Call, part: &Value, strike: &Strike<'_>) -> Value {
    let Some(call) = inner_call(outer, part) else {
        return json!({"id": part["id"], "status": 400, "headers": {"Content-Type": "application/json"}, "body": {"error": {
            "code": "BadRequest", "message": "Write request id, method, url or Content-Type of a part is missing.",
        }}});
    };
    let reply = strike(&call).unwrap_or_else(|| single(world, caller, &call));
    let headers: BTreeMap<_, _> = reply.headers.iter().cloned().collect();
    let mut response = json!({"id": part["id"], "status": reply.status, "headers": headers});
    if let Ok(body) = serde_json::from_slice::<Value>(&reply.body) {
        response["body"] = body;
    }
    response
}

fn inner_call(outer: &Call, part: &Value) -> Option<Call> {
    let url = part["url"].as_str()?.trim_start_matches('/');
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let mut headers = HeaderMap::new();
    for (name, value) in part["headers"].as_object().into_iter().flatten() {
        headers.insert(
            HeaderName::from_bytes(name.as_bytes()).ok()?,
            HeaderValue::from_str(value.as_str()?).ok()?,
        );
    }
    let body = match &part["body"] {
        Value::Null => Bytes::new(),
        _ if !headers.contains_key("content-type") => return None,
        body => body.to_string().into(),
    };
    Some(Call {
        method: part["method"].as_str()?.to_ascii_uppercase().parse().ok()?,
        host: outer.host.clone(),
        path: format!("/v1.0/{path}"),
        query: query.to_owned(),
        headers,
        body,
        request_id: outer.request_id,
    })
}
