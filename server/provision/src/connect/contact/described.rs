//! What the address book says about a contact, and its end: whatever is deleted is described first.

use m365::Result;
use m365::exchange::{ContactDetails, Exchange, Identity, MailContact};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{absent, find, identity, picture, receipt};
use crate::Change;
use crate::connect::{Connector, Next, as_approved};
use crate::contact::{ContactKey, about, details_change, shown};

/// A contact, and what the address book says about it.
pub(super) struct Described {
    contact: Option<MailContact>,
    details: Option<ContactDetails>,
}

impl Described {
    async fn find(exchange: &Exchange, key: &ContactKey) -> Result<Self> {
        let contact = find(exchange, key).await?;
        let details = match contact {
            Some(_) => exchange.contact_details(&identity(key)).await?,
            None => None,
        };
        Ok(Self { contact, details })
    }

    fn receipt(&self) -> Value {
        receipt(self.contact.as_ref())
    }
}

pub(super) struct UpdateDetails<'a> {
    pub(super) contact: &'a ContactKey,
    pub(super) change: &'a Change,
}

impl Connector<Exchange> for UpdateDetails<'_> {
    type Have = Described;
    type Change = (Uuid, Map<String, Value>);

    async fn find(&self, exchange: &Exchange) -> Result<Described> {
        Described::find(exchange, self.contact).await
    }

    fn compare(&self, have: &Described) -> Next<Self::Change> {
        let Some(contact) = &have.contact else {
            return absent(self.contact);
        };
        let Some(details) = &have.details else {
            return Next::Wait;
        };
        match as_approved(self.change, &about(details)) {
            Err(failure) => Next::Refuse(failure),
            Ok(open) if open.is_empty() => Next::Nothing,
            Ok(open) => Next::Write((contact.guid, open)),
        }
    }

    async fn apply(&self, exchange: &Exchange, (contact, open): Self::Change) -> Result<()> {
        let (contact, change) = (Identity::from(contact), details_change(&open));
        let updated = exchange.update_contact_details(&contact, &change).await;
        updated.map(drop)
    }

    fn image(&self, have: &Described) -> Option<Value> {
        let (contact, details) = (have.contact.as_ref()?, have.details.as_ref()?);
        Some(picture(contact, about(details)))
    }

    fn receipt(&self, have: &Described) -> Value {
        have.receipt()
    }
}

pub(super) struct DeleteContact<'a> {
    pub(super) contact: &'a ContactKey,
}

impl Connector<Exchange> for DeleteContact<'_> {
    type Have = Described;
    type Change = Uuid;

    async fn find(&self, exchange: &Exchange) -> Result<Described> {
        Described::find(exchange, self.contact).await
    }

    fn compare(&self, have: &Described) -> Next<Uuid> {
        match (&have.contact, &have.details) {
            (None, _) => Next::Nothing,
            (Some(_), None) => Next::Wait,
            (Some(contact), Some(_)) => Next::Write(contact.guid),
        }
    }

    async fn apply(&self, exchange: &Exchange, contact: Uuid) -> Result<()> {
        let contact = Identity::from(contact);
        exchange.remove_mail_contact(&contact).await.map(drop)
    }

    fn image(&self, have: &Described) -> Option<Value> {
        let Some(contact) = &have.contact else {
            return Some(receipt(None));
        };
        let mut all = shown(contact);
        all.extend(about(have.details.as_ref()?));
        Some(picture(contact, all))
    }

    fn receipt(&self, have: &Described) -> Value {
        have.receipt()
    }
}

#[cfg(test)]
mod tests;
