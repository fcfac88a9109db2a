//! Several reads in one request.

use std::collections::HashMap;

use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Graph;
use crate::{
    Error, Operation, Result, Service,
    pace::{Door, units},
    verdict::judge,
};

/// Most requests in one batch ("Combine multiple HTTP requests using JSON batching").
const MOST: usize = 20;

/// One read of a batch: an advanced query.
pub(super) struct Part {
    pub(super) id: &'static str,
    /// Below the version, escaped.
    pub(super) path: String,
}

#[derive(Deserialize)]
struct Responses {
    responses: Vec<Response>,
}

#[derive(Deserialize)]
struct Response {
    id: String,
    status: u16,
    #[serde(default)]
    headers: Map<String, Value>,
    #[serde(default)]
    body: Value,
}

impl Graph {
    /// The bodies of all parts, in their order; the first part that fails is the failure of all.
    pub(super) async fn batch(&self, operation: Operation, parts: &[Part]) -> Result<Vec<Value>> {
        if parts.len() > MOST {
            let why = "not sent: more requests than a batch may hold";
            return Err(Error::unsent(Service::Graph, operation.name, why));
        }
        let requests: Vec<_> = parts.iter().map(Part::json).collect();
        let cost = units::READ.saturating_mul(u32::try_from(parts.len()).unwrap_or(u32::MAX));
        let call = self.call(operation, Method::POST, "$batch")?;
        let call = call
            .read_only()
            .costing(cost)
            .json(json!({ "requests": requests }));
        let answer: Responses = self.tenant.send(call).await?.json()?;
        let bodies = answer
            .responses
            .into_iter()
            .map(|response| self.body(operation, response));
        let mut bodies: HashMap<_, _> = bodies.collect::<Result<_>>()?;
        let missing = || Error::broken(Service::Graph, operation.name, "a part without an answer");
        let in_order = parts
            .iter()
            .map(|part| bodies.remove(part.id).ok_or_else(missing));
        in_order.collect()
    }

    fn body(&self, operation: Operation, response: Response) -> Result<(String, Value)> {
        let status = StatusCode::from_u16(response.status)
            .map_err(|_| Error::broken(Service::Graph, operation.name, "a part without a status"))?;
        if status.is_success() {
            return Ok((response.id, response.body));
        }
        let call = self.call(operation, Method::GET, "$batch")?;
        let (headers, body) = (headers(&response.headers), response.body.to_string());
        let inner = &self.tenant.inner;
        let pause = inner.pace(Door::Directory).pause();
        Err(judge(
            &call,
            status,
            &headers,
            body.as_bytes(),
            inner.now(),
            pause,
        ))
    }
}

impl Part {
    fn json(&self) -> Value {
        json!({
            "id": self.id, "method": "GET", "url": format!("/{}", self.path),
            "headers": { "ConsistencyLevel": "eventual" },
        })
    }
}

fn headers(all: &Map<String, Value>) -> HeaderMap {
    let pairs = all.iter().filter_map(|(name, value)| {
        let name: HeaderName = name.parse().ok()?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Some((name, HeaderValue::from_str(&text).ok()?))
    });
    pairs.collect()
}
