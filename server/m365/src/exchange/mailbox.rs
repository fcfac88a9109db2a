//! Mailboxes, shared ones above all.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Cmdlet, Driver, Exchange, Identity, Made, RecipientKind, Warnings, operation, row};
use crate::Result;

/// A mailbox as Exchange describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Mailbox {
    pub guid: Uuid,
    /// The account in Entra that owns it, once it is there.
    #[serde(default, deserialize_with = "row::id")]
    pub external_directory_object_id: Option<Uuid>,
    pub name: String,
    #[serde(default, deserialize_with = "row::text")]
    pub display_name: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub alias: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub user_principal_name: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub primary_smtp_address: Option<String>,
    /// `SMTP:a@b` for the one from which mail is sent, `smtp:a@b` for others; other kinds too.
    #[serde(default, deserialize_with = "row::texts")]
    pub email_addresses: Vec<String>,
    #[serde(rename = "RecipientTypeDetails")]
    pub kind: RecipientKind,
    pub hidden_from_address_lists_enabled: Option<bool>,
    /// `smtp:a@b`.
    #[serde(default, deserialize_with = "row::text")]
    pub forwarding_smtp_address: Option<String>,
    /// A recipient of the tenant; goes before the address above.
    #[serde(default, deserialize_with = "row::text")]
    pub forwarding_address: Option<String>,
    /// Whether what is forwarded also stays.
    pub deliver_to_mailbox_and_forward: Option<bool>,
    /// Names, as Exchange knows them: [`Exchange::recipient`] tells who they are.
    #[serde(default, deserialize_with = "row::texts")]
    pub grant_send_on_behalf_to: Vec<String>,
    /// Whether what others send as this mailbox is kept here too.
    pub message_copy_for_sent_as_enabled: Option<bool>,
    pub message_copy_for_send_on_behalf_enabled: Option<bool>,
}

/// A shared mailbox to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewSharedMailbox<'a> {
    /// Unique in the tenant, at most 64 characters.
    pub name: &'a str,
    pub display_name: &'a str,
    pub alias: &'a str,
    pub primary_smtp_address: &'a str,
}

impl<D: Driver> Exchange<D> {
    /// The mailbox with this identity, if there is one.
    pub async fn mailbox(&self, mailbox: &Identity) -> Result<Option<Mailbox>> {
        let cmdlet = Cmdlet::read(operation::READ_MAILBOX, "Get-Mailbox");
        self.one(cmdlet.on(mailbox)).await
    }

    /// Creates a shared mailbox, and an account in Entra that nobody signs in with: block it by
    /// [`Graph::set_enabled`](crate::graph::Graph::set_enabled). Key: name, alias and address. Find first, also
    /// after `Ambiguous`; `Conflict` if taken.
    pub async fn create_shared_mailbox(&self, mailbox: &NewSharedMailbox<'_>) -> Result<Made<Mailbox>> {
        let cmdlet = Cmdlet::write(operation::CREATE_SHARED_MAILBOX, "New-Mailbox")
            .with("Shared", true)
            .with("Name", mailbox.name)
            .with("DisplayName", mailbox.display_name)
            .with("Alias", mailbox.alias)
            .with("PrimarySmtpAddress", mailbox.primary_smtp_address);
        self.make(cmdlet).await
    }

    /// Removes a mailbox with its account; for 30 days an administrator can restore both. "Not there" is success.
    pub async fn remove_mailbox(&self, mailbox: &Identity) -> Result<Warnings> {
        let cmdlet = Cmdlet::write(operation::REMOVE_MAILBOX, "Remove-Mailbox");
        self.remove(cmdlet.on(mailbox).unasked()).await
    }
}
