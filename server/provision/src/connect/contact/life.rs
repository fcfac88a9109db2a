//! The contact and its address.

use m365::Result;
use m365::exchange::{Exchange, Identity, MailContact, MailContactChange, NewMailContact};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{absent, find, picture, receipt};
use crate::Change;
use crate::connect::held::Held;
use crate::connect::{Connector, Next, as_approved};
use crate::contact::{ContactIdentity, ContactKey, NewContact, shown};

pub(super) struct CreateContact<'a> {
    pub(super) contact: &'a ContactKey,
    pub(super) new: &'a NewContact,
}

impl CreateContact<'_> {
    fn unique_name(&self) -> &str {
        match &self.contact.identity {
            ContactIdentity::Ours { unique_name, .. } => unique_name,
            // A contact that was there before is never made.
            ContactIdentity::Standing { .. } => "",
        }
    }
}

impl Connector<Exchange> for CreateContact<'_> {
    type Have = Held<MailContact>;
    type Change = ();

    async fn find(&self, exchange: &Exchange) -> Result<Held<MailContact>> {
        let ours = find(exchange, self.contact).await?;
        Held::look(exchange, ours, self.unique_name(), &self.new.address).await
    }

    fn compare(&self, have: &Held<MailContact>) -> Next<()> {
        have.next()
    }

    async fn apply(&self, exchange: &Exchange, (): ()) -> Result<()> {
        let contact = NewMailContact {
            name: self.unique_name(),
            external_email_address: &self.new.address,
            display_name: &self.new.display_name,
            alias: None,
            first_name: None,
            last_name: None,
        };
        exchange.create_mail_contact(&contact).await.map(drop)
    }

    fn image(&self, have: &Held<MailContact>) -> Option<Value> {
        Some(match &have.ours {
            Some(contact) => picture(contact, shown(contact)),
            None => receipt(None),
        })
    }

    fn receipt(&self, have: &Held<MailContact>) -> Value {
        receipt(have.ours.as_ref())
    }
}

pub(super) struct UpdateContact<'a> {
    pub(super) contact: &'a ContactKey,
    pub(super) change: &'a Change,
}

impl Connector<Exchange> for UpdateContact<'_> {
    type Have = Option<MailContact>;
    type Change = (Uuid, Map<String, Value>);

    async fn find(&self, exchange: &Exchange) -> Result<Self::Have> {
        find(exchange, self.contact).await
    }

    fn compare(&self, have: &Self::Have) -> Next<Self::Change> {
        let Some(contact) = have else {
            return absent(self.contact);
        };
        let mut open = match as_approved(self.change, &shown(contact)) {
            Err(failure) => return Next::Refuse(failure),
            Ok(open) => open,
        };
        // Two calls set an address: where mail goes, and what people see.
        let shown = contact.windows_email_address.as_ref();
        let shown = shown.or(contact.primary_smtp_address.as_ref());
        if let Some(address) = self.change.to.get("address").and_then(Value::as_str)
            && shown.map(String::as_str) != Some(address)
        {
            open.insert("address".to_owned(), address.into());
        }
        if open.is_empty() {
            Next::Nothing
        } else {
            Next::Write((contact.guid, open))
        }
    }

    async fn apply(&self, exchange: &Exchange, (contact, open): Self::Change) -> Result<()> {
        let change = MailContactChange {
            display_name: open.get("displayName").and_then(Value::as_str),
            external_email_address: open.get("address").and_then(Value::as_str),
            ..MailContactChange::default()
        };
        let contact = Identity::from(contact);
        exchange.update_mail_contact(&contact, &change).await.map(drop)
    }

    fn image(&self, have: &Self::Have) -> Option<Value> {
        have.as_ref().map(|contact| picture(contact, shown(contact)))
    }

    fn receipt(&self, have: &Self::Have) -> Value {
        receipt(have.as_ref())
    }
}

#[cfg(test)]
mod tests;
