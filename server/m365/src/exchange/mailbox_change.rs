//! What is changed about a mailbox. Every change says how it is to be, and may be repeated.

use serde_json::Value;

use super::{Addresses, Cmdlet, Driver, Exchange, Identity, ListChange, Mailbox, Warnings, operation};
use crate::{Operation, Result};

/// What is changed about a mailbox; `None` leaves it as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MailboxChange<'a> {
    pub name: Option<&'a str>,
    pub display_name: Option<&'a str>,
    pub alias: Option<&'a str>,
    pub addresses: Option<Addresses<'a>>,
    pub hidden_from_address_lists: Option<bool>,
    /// Whether what others send as this mailbox, or on its behalf, is kept here too.
    pub keeps_what_others_send: Option<bool>,
}

/// Whose a mailbox is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailboxType {
    /// A person's: it takes a licence.
    Regular,
    /// Shared: it takes none up to 50 GB ("Exchange Online limits").
    Shared,
}

/// Where mail goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forwarding<'a> {
    pub to: &'a str,
    /// Whether it also stays.
    pub keeps_copy: bool,
}

impl MailboxChange<'_> {
    fn onto(&self, cmdlet: Cmdlet) -> Cmdlet {
        let cmdlet = cmdlet
            .maybe("Name", self.name)
            .maybe("DisplayName", self.display_name)
            .maybe("Alias", self.alias)
            .maybe("HiddenFromAddressListsEnabled", self.hidden_from_address_lists)
            .maybe("MessageCopyForSentAsEnabled", self.keeps_what_others_send)
            .maybe("MessageCopyForSendOnBehalfEnabled", self.keeps_what_others_send);
        match self.addresses {
            Some(Addresses::Primary(address)) => cmdlet.with("WindowsEmailAddress", address),
            Some(Addresses::List(change)) => cmdlet.with("EmailAddresses", change),
            None => cmdlet,
        }
    }
}

fn set(operation: Operation, mailbox: &Identity) -> Cmdlet {
    Cmdlet::change(operation, "Set-Mailbox", mailbox)
}

impl<D: Driver> Exchange<D> {
    /// Changes a mailbox: names, addresses, visibility.
    pub async fn update_mailbox(&self, mailbox: &Identity, change: &MailboxChange<'_>) -> Result<Warnings> {
        self.change(change.onto(set(operation::UPDATE_MAILBOX, mailbox)))
            .await
    }

    /// Makes a mailbox a person's or shared.
    pub async fn convert_mailbox(&self, mailbox: &Identity, to: MailboxType) -> Result<Warnings> {
        let name = match to {
            MailboxType::Regular => "Regular",
            MailboxType::Shared => "Shared",
        };
        self.change(set(operation::CONVERT_MAILBOX, mailbox).with("Type", name))
            .await
    }

    /// Sends mail on, or stops doing so. A recipient of the tenant that was set before would go first, so it is
    /// taken away where there is one.
    pub async fn set_forwarding(
        &self,
        mailbox: &Mailbox,
        forwarding: Option<Forwarding<'_>>,
    ) -> Result<Warnings> {
        let address = forwarding.map_or(Value::Null, |forwarding| forwarding.to.into());
        let keeps_copy = forwarding.is_some_and(|forwarding| forwarding.keeps_copy);
        let recipient = mailbox.forwarding_address.as_ref().map(|_| Value::Null);
        let cmdlet = set(operation::SET_FORWARDING, &Identity::from(mailbox.guid))
            .maybe("ForwardingAddress", recipient)
            .with("ForwardingSmtpAddress", address)
            .with("DeliverToMailboxAndForward", keeps_copy);
        self.change(cmdlet).await
    }

    /// Changes who may send on behalf of a mailbox.
    pub async fn set_send_on_behalf(&self, mailbox: &Identity, who: ListChange<'_>) -> Result<Warnings> {
        let cmdlet = set(operation::SET_SEND_ON_BEHALF, mailbox).with("GrantSendOnBehalfTo", who);
        self.change(cmdlet).await
    }
}
