//! What was struck: tests see whether a fault hit what it was meant for.

use jiff::Timestamp;
use uuid::Uuid;

use super::Kind;
use crate::call::Call;

/// One call that a fault struck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strike {
    pub at: Timestamp,
    pub kind: Kind,
    pub method: String,
    pub host: String,
    pub path: String,
    /// What the caller calls the piece of work that the call belongs to (`client-request-id`).
    pub correlation: Option<Uuid>,
    /// Keys of the effects that the call had by then.
    pub effects: Vec<String>,
}

impl Strike {
    pub(in crate::shell) fn new(at: Timestamp, kind: Kind, call: &Call, effects: &[&str]) -> Self {
        let correlation = call.header("client-request-id");
        Self {
            at,
            kind,
            method: call.method.to_string(),
            host: call.host.clone(),
            path: call.path.clone(),
            correlation: correlation.and_then(|text| text.parse().ok()),
            effects: effects.iter().map(|key| (*key).to_owned()).collect(),
        }
    }
}
