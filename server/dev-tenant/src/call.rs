//! One HTTP request as the services see it, and the answer they give.

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::Value;
use uuid::Uuid;

/// A request after TLS and routing: `path` is still percent-encoded and starts with `/`; `query` has no `?`.
#[derive(Debug, Clone)]
pub struct Call {
    pub method: Method,
    pub host: String,
    pub path: String,
    pub query: String,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// Identifies the request in answers (`request-id`, `SPRequestGuid`), in the ledger and in logs.
    pub request_id: Uuid,
}

impl Call {
    /// A header as text; `None` when absent or not ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// An answer: status, headers in order, body.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub fn text(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::empty(status)
            .with("Content-Type", content_type)
            .holding(body.into())
    }

    pub fn json(status: u16, body: &Value) -> Self {
        Self::text(status, "application/json; charset=utf-8", body.to_string())
    }

    /// The answer for anything outside the model: clear, and never mistaken for Microsoft's own words.
    pub fn not_modelled(what: &str) -> Self {
        Self::json(
            501,
            &serde_json::json!({"error": {"code": "notModelled", "message": format!("The dev tenant does not model {what}.")}}),
        )
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    fn holding(mut self, body: Vec<u8>) -> Self {
        self.body = body;
        self
    }
}
