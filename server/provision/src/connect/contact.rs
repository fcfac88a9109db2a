//! A mail contact: found by its key, made, changed and deleted by Exchange.

mod described;
mod life;
#[cfg(test)]
mod testing;

use m365::Result;
use m365::exchange::{Exchange, Identity, MailContact};
use serde_json::{Map, Value, json};

use super::{Next, StepOutcome, carry_out, image_of};
use crate::Failure;
use crate::contact::{ContactIdentity, ContactKey, ContactStep};
use described::{DeleteContact, UpdateDetails};
use life::{CreateContact, UpdateContact};

/// Carries out the steps that are about one contact.
pub(super) struct OfContact<'a> {
    pub(super) exchange: &'a Exchange,
    pub(super) contact: &'a ContactKey,
}

impl<'a> OfContact<'a> {
    pub(super) async fn before(&self, step: &'a ContactStep) -> Result<Option<Value>> {
        let (exchange, contact) = (self.exchange, self.contact);
        match step {
            ContactStep::CreateContact(new) => image_of(exchange, &CreateContact { contact, new }).await,
            ContactStep::UpdateContact(change) => {
                image_of(exchange, &UpdateContact { contact, change }).await
            }
            ContactStep::UpdateDetails(change) => {
                image_of(exchange, &UpdateDetails { contact, change }).await
            }
            ContactStep::DeleteContact {} => image_of(exchange, &DeleteContact { contact }).await,
        }
    }

    pub(super) async fn run(&self, step: &'a ContactStep) -> Result<StepOutcome> {
        let (exchange, contact) = (self.exchange, self.contact);
        match step {
            ContactStep::CreateContact(new) => carry_out(exchange, &CreateContact { contact, new }).await,
            ContactStep::UpdateContact(change) => {
                carry_out(exchange, &UpdateContact { contact, change }).await
            }
            ContactStep::UpdateDetails(change) => {
                carry_out(exchange, &UpdateDetails { contact, change }).await
            }
            ContactStep::DeleteContact {} => carry_out(exchange, &DeleteContact { contact }).await,
        }
    }
}

/// The contact that answers to a key.
async fn find(exchange: &Exchange, key: &ContactKey) -> Result<Option<MailContact>> {
    exchange.mail_contact(&identity(key)).await
}

fn identity(key: &ContactKey) -> Identity {
    match &key.identity {
        ContactIdentity::Standing { id } | ContactIdentity::Ours { id: Some(id), .. } => Identity::from(*id),
        ContactIdentity::Ours { unique_name, .. } => Identity::from(unique_name.as_str()),
    }
}

fn receipt(contact: Option<&MailContact>) -> Value {
    json!({ "contact": contact.map(|contact| contact.guid) })
}

/// All that is known of a contact, with its id.
fn picture(contact: &MailContact, properties: Map<String, Value>) -> Value {
    let mut picture = properties;
    picture.insert("id".to_owned(), json!(contact.guid));
    json!({ "contact": picture })
}

/// What is not there yet may come; what was there before is gone.
fn absent<Change>(contact: &ContactKey) -> Next<Change> {
    match contact.standing() {
        None => Next::Wait,
        Some(_) => Next::Refuse(Failure::ObjectGone),
    }
}
