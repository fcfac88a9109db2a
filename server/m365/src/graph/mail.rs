//! Mail that is never sent twice: a draft that carries our key, found again, then sent.

use http::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Graph, operation};
use crate::{Result, odata};

/// Our key on a message: a named property among the public strings (Graph's
/// "Outlook extended properties overview").
const KEY_PROPERTY: &str = "String {00020329-0000-0000-c000-000000000046} Name ProvisioningFlowKey";

/// Id of a message in its mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct MessageId(pub String);

/// A message of ours that was found again.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    pub id: MessageId,
    /// Whether it still waits to be sent.
    pub is_draft: bool,
}

/// A message to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage<'a> {
    /// Ours; one message for each.
    pub key: &'a str,
    pub subject: &'a str,
    /// HTML.
    pub body: &'a str,
    pub to: &'a [&'a str],
    pub cc: &'a [&'a str],
}

impl NewMessage<'_> {
    fn json(&self) -> Value {
        json!({
            "subject": self.subject,
            "body": { "contentType": "HTML", "content": self.body },
            "toRecipients": recipients(self.to),
            "ccRecipients": recipients(self.cc),
            "singleValueExtendedProperties": [{ "id": KEY_PROPERTY, "value": self.key }],
        })
    }
}

fn recipients(addresses: &[&str]) -> Vec<Value> {
    addresses
        .iter()
        .map(|address| json!({ "emailAddress": { "address": address } }))
        .collect()
}

impl Graph {
    /// The messages with this key in a mailbox, drafts and sent ones.
    pub async fn find_messages(&self, mailbox: &str, key: &str) -> Result<Vec<Message>> {
        let has_key = odata::has_extended_property(KEY_PROPERTY, key);
        let mailbox = odata::escape(mailbox);
        let path = format!(
            "users/{mailbox}/messages?$select=id,isDraft&$filter={}",
            odata::escape(&has_key)
        );
        self.all(operation::FIND_MESSAGE, &path).await
    }

    /// Saves a draft. Key: `key`. Find first, also after `Ambiguous`.
    pub async fn create_draft(&self, mailbox: &str, message: &NewMessage<'_>) -> Result<Message> {
        let path = format!("users/{}/messages", odata::escape(mailbox));
        let call = self
            .call(operation::SAVE_DRAFT, Method::POST, &path)?
            .json(message.json());
        self.tenant.send(call).await?.json()
    }

    /// Deletes a draft for good: one that is only moved to the deleted items has its key still. Idempotent: "not
    /// there" is success.
    pub async fn delete_draft(&self, mailbox: &str, id: &MessageId) -> Result<()> {
        let path = format!(
            "users/{}/messages/{}/permanentDelete",
            odata::escape(mailbox),
            odata::escape(&id.0)
        );
        let call = self.call(operation::DELETE_DRAFT, Method::POST, &path)?;
        match self.tenant.send(call).await {
            Err(error) if !error.is_not_found() => Err(error),
            _ => Ok(()),
        }
    }

    /// Sends a draft. After `Ambiguous` find the message by its key: what is no draft any more was sent.
    pub async fn send_draft(&self, mailbox: &str, id: &MessageId) -> Result<()> {
        let path = format!(
            "users/{}/messages/{}/send",
            odata::escape(mailbox),
            odata::escape(&id.0)
        );
        self.change(operation::SEND_MESSAGE, Method::POST, &path, None)
            .await
    }
}
