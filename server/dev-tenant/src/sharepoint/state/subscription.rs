//! Webhook subscriptions and the notifications that are due.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::ids::ListId;
use crate::directory::{AppId, ObjectId};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subscription {
    pub id: Uuid,
    pub list: ListId,
    pub notification_url: String,
    pub client_state: Option<String>,
    pub expires: Timestamp,
    pub creator: SubscriptionOwner,
    /// A change waits since then for the next reading of the queue.
    pub pending_since: Option<Timestamp>,
    /// Consecutive failed attempts of the notification under way.
    pub failures: u32,
    /// No delivery before then: retry pause or probation.
    pub silent_until: Option<Timestamp>,
}

/// The client that made a subscription; only it may read or change it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum SubscriptionOwner {
    App(AppId),
    Person(ObjectId),
}
