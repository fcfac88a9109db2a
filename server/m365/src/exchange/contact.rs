//! Mail contacts: people outside with an entry in the address book. Graph only reads them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Cmdlet, Driver, Exchange, Identity, ListChange, Made, Warnings, operation, recipient::smtp, row,
};
use crate::Result;

/// A mail contact as Exchange describes it; phones and offices are in
/// [`ContactDetails`](super::ContactDetails).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MailContact {
    pub guid: Uuid,
    /// Entra's object id, once the contact is there.
    #[serde(default, deserialize_with = "row::id")]
    pub external_directory_object_id: Option<Uuid>,
    pub name: String,
    #[serde(default, deserialize_with = "row::text")]
    pub display_name: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub alias: Option<String>,
    /// `SMTP:a@b`: where mail goes.
    #[serde(default, deserialize_with = "row::text")]
    pub external_email_address: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub primary_smtp_address: Option<String>,
    /// The address that people see.
    #[serde(default, deserialize_with = "row::text")]
    pub windows_email_address: Option<String>,
    #[serde(default, deserialize_with = "row::texts")]
    pub email_addresses: Vec<String>,
    pub hidden_from_address_lists_enabled: Option<bool>,
    #[serde(default, deserialize_with = "row::text")]
    pub mail_tip: Option<String>,
}

/// A mail contact to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewMailContact<'a> {
    /// Unique in the tenant, at most 64 characters.
    pub name: &'a str,
    pub external_email_address: &'a str,
    pub display_name: &'a str,
    pub alias: Option<&'a str>,
    pub first_name: Option<&'a str>,
    pub last_name: Option<&'a str>,
}

/// What is changed about a mail contact; `None` leaves it as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MailContactChange<'a> {
    pub name: Option<&'a str>,
    pub display_name: Option<&'a str>,
    pub alias: Option<&'a str>,
    /// Where mail goes and what people see; the old address is not kept.
    pub external_email_address: Option<&'a str>,
    pub email_addresses: Option<ListChange<'a>>,
    pub hidden_from_address_lists: Option<bool>,
    pub mail_tip: Option<&'a str>,
}

impl MailContact {
    /// Where mail goes, as a bare address.
    pub fn external_address(&self) -> Option<&str> {
        let entry = self.external_email_address.as_deref()?;
        smtp(entry).or(Some(entry))
    }
}

impl MailContactChange<'_> {
    fn onto(&self, cmdlet: Cmdlet) -> Cmdlet {
        cmdlet
            .maybe("Name", self.name)
            .maybe("DisplayName", self.display_name)
            .maybe("Alias", self.alias)
            .maybe("ExternalEmailAddress", self.external_email_address)
            .maybe("EmailAddresses", self.email_addresses)
            .maybe("HiddenFromAddressListsEnabled", self.hidden_from_address_lists)
            .maybe("MailTip", self.mail_tip)
    }
}

impl<D: Driver> Exchange<D> {
    /// The mail contact with this identity, if there is one.
    pub async fn mail_contact(&self, contact: &Identity) -> Result<Option<MailContact>> {
        let cmdlet = Cmdlet::read(operation::READ_MAIL_CONTACT, "Get-MailContact");
        self.one(cmdlet.on(contact)).await
    }

    /// Creates a mail contact. Key: name and external address. Find first, also after `Ambiguous`; `Conflict` if
    /// taken.
    pub async fn create_mail_contact(&self, contact: &NewMailContact<'_>) -> Result<Made<MailContact>> {
        let cmdlet = Cmdlet::write(operation::CREATE_MAIL_CONTACT, "New-MailContact")
            .with("Name", contact.name)
            .with("ExternalEmailAddress", contact.external_email_address)
            .with("DisplayName", contact.display_name)
            .maybe("Alias", contact.alias)
            .maybe("FirstName", contact.first_name)
            .maybe("LastName", contact.last_name);
        self.make(cmdlet).await
    }

    /// Changes a mail contact. A new external address takes two calls, since the address that people see is a
    /// matter of its own; if the second one fails, the whole may be repeated.
    pub async fn update_mail_contact(
        &self,
        contact: &Identity,
        change: &MailContactChange<'_>,
    ) -> Result<Warnings> {
        let cmdlet = Cmdlet::change(operation::UPDATE_MAIL_CONTACT, "Set-MailContact", contact);
        let mut warnings = self.change(change.onto(cmdlet)).await?;
        if let Some(address) = change.external_email_address {
            let cmdlet = Cmdlet::change(operation::UPDATE_CONTACT_ADDRESS, "Set-Contact", contact);
            let more = self.change(cmdlet.with("WindowsEmailAddress", address)).await?;
            warnings.0.extend(more.0);
        }
        Ok(warnings)
    }

    /// Removes a mail contact. "Not there" is success.
    pub async fn remove_mail_contact(&self, contact: &Identity) -> Result<Warnings> {
        let cmdlet = Cmdlet::write(operation::REMOVE_MAIL_CONTACT, "Remove-MailContact");
        self.remove(cmdlet.on(contact).unasked()).await
    }
}
