//! The mailbox itself.

use std::collections::BTreeSet;

use m365::Result;
use m365::exchange::{Addresses, Identity, ListChange, Mailbox, MailboxChange, NewSharedMailbox};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Services, absent, find, id, picture, receipt, shown};
use crate::Change;
use crate::connect::held::Held;
use crate::connect::{Connector, Next, as_approved};
use crate::mailbox::{MailboxIdentity, MailboxKey, NewMailbox, other_addresses};

pub(super) struct CreateMailbox<'a> {
    pub(super) mailbox: &'a MailboxKey,
    pub(super) new: &'a NewMailbox,
}

impl CreateMailbox<'_> {
    fn unique_name(&self) -> &str {
        match &self.mailbox.identity {
            MailboxIdentity::Ours { unique_name, .. } => unique_name,
            // A mailbox that was there before is never made.
            MailboxIdentity::Standing { .. } => "",
        }
    }
}

impl<'s> Connector<Services<'s>> for CreateMailbox<'_> {
    type Have = Held<Mailbox>;
    type Change = ();

    async fn find(&self, services: &Services<'s>) -> Result<Held<Mailbox>> {
        let ours = find(services, self.mailbox).await?;
        Held::look(services.exchange, ours, self.unique_name(), &self.mailbox.address).await
    }

    fn compare(&self, have: &Held<Mailbox>) -> Next<()> {
        match &have.ours {
            Some(ours) if id(Some(ours)).is_none() => Next::Wait,
            _ => have.next(),
        }
    }

    async fn apply(&self, services: &Services<'s>, (): ()) -> Result<()> {
        let mailbox = NewSharedMailbox {
            name: self.unique_name(),
            display_name: &self.new.display_name,
            alias: &self.new.alias,
            primary_smtp_address: &self.mailbox.address,
        };
        services.exchange.create_shared_mailbox(&mailbox).await.map(drop)
    }

    fn image(&self, have: &Held<Mailbox>) -> Option<Value> {
        Some(picture(have.ours.as_ref()))
    }

    fn receipt(&self, have: &Held<Mailbox>) -> Value {
        receipt(have.ours.as_ref())
    }
}

pub(super) struct UpdateMailbox<'a> {
    pub(super) mailbox: &'a MailboxKey,
    pub(super) change: &'a Change,
}

/// The mailbox, what is open, and all of its addresses as they shall be if one of them is.
pub(super) type Open = (Uuid, Map<String, Value>, Option<Vec<String>>);

impl<'s> Connector<Services<'s>> for UpdateMailbox<'_> {
    type Have = Option<Mailbox>;
    type Change = Open;

    async fn find(&self, services: &Services<'s>) -> Result<Self::Have> {
        find(services, self.mailbox).await
    }

    fn compare(&self, have: &Self::Have) -> Next<Open> {
        let Some(mailbox) = have else {
            return absent(self.mailbox);
        };
        match as_approved(self.change, &shown(mailbox)) {
            Err(failure) => Next::Refuse(failure),
            Ok(open) if open.is_empty() => Next::Nothing,
            Ok(open) => {
                let entries = entries(mailbox, &open);
                Next::Write((mailbox.guid, open, entries))
            }
        }
    }

    async fn apply(&self, services: &Services<'s>, (mailbox, open, entries): Open) -> Result<()> {
        let entries: Option<Vec<&str>> = entries
            .as_ref()
            .map(|entries| entries.iter().map(String::as_str).collect());
        let change = MailboxChange {
            display_name: open.get("displayName").and_then(Value::as_str),
            addresses: entries
                .as_deref()
                .map(|all| Addresses::List(ListChange::Replace(all))),
            ..MailboxChange::default()
        };
        let mailbox = Identity::from(mailbox);
        services
            .exchange
            .update_mailbox(&mailbox, &change)
            .await
            .map(drop)
    }

    fn image(&self, have: &Self::Have) -> Option<Value> {
        have.as_ref().map(|mailbox| picture(Some(mailbox)))
    }

    fn receipt(&self, have: &Self::Have) -> Value {
        receipt(have.as_ref())
    }
}

/// Entries that are no mail addresses (SIP, X.500) stay as they are.
fn entries(mailbox: &Mailbox, open: &Map<String, Value>) -> Option<Vec<String>> {
    let (address, others) = (open.get("address"), open.get("otherAddresses"));
    if address.is_none() && others.is_none() {
        return None;
    }
    let was = mailbox.primary_smtp_address.as_deref().unwrap_or_default();
    let primary = address.and_then(Value::as_str).unwrap_or(was);
    let others: BTreeSet<String> = match others.and_then(Value::as_array) {
        Some(others) => others
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        None => other_addresses(mailbox),
    };
    let is_mail = |entry: &&String| entry.to_ascii_lowercase().starts_with("smtp:");
    let kept = mailbox.email_addresses.iter().filter(|entry| !is_mail(entry));
    let mut entries = vec![format!("SMTP:{primary}")];
    entries.extend(others.iter().map(|other| format!("smtp:{other}")));
    entries.extend(kept.cloned());
    Some(entries)
}

pub(super) struct DeleteMailbox<'a> {
    pub(super) mailbox: &'a MailboxKey,
}

impl<'s> Connector<Services<'s>> for DeleteMailbox<'_> {
    type Have = Option<Mailbox>;
    type Change = Uuid;

    async fn find(&self, services: &Services<'s>) -> Result<Self::Have> {
        find(services, self.mailbox).await
    }

    fn compare(&self, have: &Self::Have) -> Next<Uuid> {
        have.as_ref()
            .map_or(Next::Nothing, |mailbox| Next::Write(mailbox.guid))
    }

    async fn apply(&self, services: &Services<'s>, mailbox: Uuid) -> Result<()> {
        let mailbox = Identity::from(mailbox);
        services.exchange.remove_mailbox(&mailbox).await.map(drop)
    }

    fn image(&self, have: &Self::Have) -> Option<Value> {
        Some(picture(have.as_ref()))
    }

    fn receipt(&self, have: &Self::Have) -> Value {
        receipt(have.as_ref())
    }
}

#[cfg(test)]
mod tests;
