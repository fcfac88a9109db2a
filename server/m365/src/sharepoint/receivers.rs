//! Remote event receivers of a list (SharePoint Server): hints that something happened, by SOAP.

use http::Method;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{List, guid};
use crate::Result;

/// EventReceiverSynchronization.Asynchronous: told after the fact, so that nobody waits for us.
const ASYNCHRONOUS: i32 = 2;

/// Receivers of one event are called in the order of these numbers; ours need not be first.
const SEQUENCE: i32 = 10_000;

/// What a receiver is told of (EventReceiverType).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemEvent {
    Added = 10_001,
    Updated = 10_002,
}

/// Id of a receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(transparent)]
pub struct ReceiverId(pub Uuid);

/// A receiver of a list, ours or another's. Its address may be a secret.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Receiver {
    #[serde(rename = "ReceiverId")]
    pub id: ReceiverId,
    #[serde(rename = "ReceiverName")]
    pub name: Option<String>,
    /// Absent for code that runs inside the farm.
    #[serde(rename = "ReceiverUrl")]
    pub url: Option<String>,
    #[serde(rename = "EventType")]
    event: i32,
    #[serde(rename = "Synchronization")]
    synchronization: i32,
}

/// A receiver to be.
#[derive(Clone, Copy)]
pub struct ReceiverWish<'a> {
    pub name: &'a str,
    /// Where SharePoint posts, https.
    pub url: &'a str,
    pub event: ItemEvent,
}

impl ReceiverWish<'_> {
    /// Whether this receiver is for the same event under the same name.
    pub fn is_about(&self, receiver: &Receiver) -> bool {
        receiver.event == self.event as i32 && receiver.name.as_deref() == Some(self.name)
    }

    /// Whether this receiver does all that is wished.
    pub fn is_met_by(&self, receiver: &Receiver) -> bool {
        let goes_there = receiver.url.as_deref() == Some(self.url);
        self.is_about(receiver) && goes_there && receiver.synchronization == ASYNCHRONOUS
    }
}

impl List {
    fn receivers_path(&self) -> String {
        format!("{}/eventreceivers", self.path())
    }

    /// All receivers of the list.
    pub async fn receivers(&self) -> Result<Vec<Receiver>> {
        self.site
            .all("read event receivers", &self.receivers_path())
            .await
    }

    /// Adds a receiver. Find first: SharePoint makes as many as are asked for.
    pub async fn add_receiver(&self, wish: &ReceiverWish<'_>) -> Result<()> {
        let body = json!({
            "EventType": wish.event as i32, "ReceiverName": wish.name, "ReceiverUrl": wish.url,
            "SequenceNumber": SEQUENCE, "Synchronization": ASYNCHRONOUS,
        });
        self.site
            .post("add an event receiver", &self.receivers_path(), body)
            .await?;
        Ok(())
    }

    /// Removes a receiver. `NotFound` on repetition.
    pub async fn remove_receiver(&self, id: ReceiverId) -> Result<()> {
        let path = format!("{}({})/deleteobject", self.receivers_path(), guid(id.0));
        let call = self.site.call("remove an event receiver", Method::POST, &path)?;
        self.site.tenant.send(call).await?;
        Ok(())
    }
}
