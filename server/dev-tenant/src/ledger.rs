//! Every write that reached the tenant: requests as they came, and the effects they had.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

/// One HTTP request that may write, whatever became of it.
#[derive(Debug, Clone, Serialize)]
pub struct WriteRequest {
    pub at: Timestamp,
    pub request_id: Uuid,
    /// `app:{client id}`, `person:{object id}` or `anonymous`.
    pub who: String,
    /// What `X-HTTP-Method` says, else the request's own method.
    pub method: String,
    pub host: String,
    pub path: String,
    pub status: u16,
    /// Inner operations of a `$batch` or `ProcessQuery`; 1 otherwise.
    pub operations: u32,
    pub user_agent: String,
}

/// One thing that changed. `key` names the effect, so that a doubled effect shows as a doubled key:
/// `{service}:{verb}:{object}:{distinguishing value}`, e.g. `graph:user.create:hanako.sato@contoso.onmicrosoft.com`.
#[derive(Debug, Clone, Serialize)]
pub struct Effect {
    pub at: Timestamp,
    pub request_id: Uuid,
    pub who: String,
    pub key: String,
}

/// One operation of any kind. A batch is one, and each of its parts is another.
#[derive(Debug, Clone, Serialize)]
pub struct Operation {
    pub at: Timestamp,
    /// That of the batch for its parts.
    pub request_id: Uuid,
    pub who: String,
    pub method: String,
    pub host: String,
    pub path: String,
    pub query: String,
    /// 200 for a part of a batch that was let in, whatever became of it.
    pub status: u16,
}

#[derive(Debug, Default, Serialize)]
pub struct Ledger {
    pub requests: Vec<WriteRequest>,
    pub effects: Vec<Effect>,
    /// Empty unless the switch `calls_are_kept` is on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
}
