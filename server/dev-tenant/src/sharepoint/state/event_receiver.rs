//! Remote event receivers of a list. They are kept and shown; the dev tenant calls none of them.

use serde::Serialize;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventReceiver {
    pub id: Uuid,
    /// `SP.EventReceiverType`: 1 ItemAdding … 10001 ItemAdded.
    pub event_type: u32,
    pub name: String,
    pub url: String,
    pub sequence_number: u32,
    /// 1 synchronous, 2 asynchronous.
    pub synchronization: u32,
}
