//! A shared mailbox: found by its key, made, changed, shared out and deleted by Exchange; its account is Graph's.

mod account;
mod life;
mod rights;
#[cfg(test)]
mod testing;

use m365::Result;
use m365::exchange::{Exchange, Identity, Mailbox};
use m365::graph::Graph;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Next, StepOutcome, carry_out, image_of};
use crate::Failure;
use crate::mailbox::{MailboxIdentity, MailboxKey, MailboxStep, other_addresses};
use account::{BlockSignIn, RestoreMailbox};
use life::{CreateMailbox, DeleteMailbox, UpdateMailbox};
use rights::{GiveRight, TakeRight};

/// Who has to be asked about a mailbox.
pub(super) struct Services<'a> {
    pub(super) graph: &'a Graph,
    pub(super) exchange: &'a Exchange,
}

/// Carries out the steps that are about one mailbox.
pub(super) struct OfMailbox<'a> {
    pub(super) services: Services<'a>,
    pub(super) mailbox: &'a MailboxKey,
}

impl<'a> OfMailbox<'a> {
    pub(super) async fn before(&self, step: &'a MailboxStep) -> Result<Option<Value>> {
        let (services, mailbox) = (&self.services, self.mailbox);
        match step {
            MailboxStep::CreateMailbox(new) => image_of(services, &CreateMailbox { mailbox, new }).await,
            MailboxStep::BlockSignIn {} => image_of(services, &BlockSignIn { mailbox }).await,
            MailboxStep::UpdateMailbox(change) => {
                image_of(services, &UpdateMailbox { mailbox, change }).await
            }
            MailboxStep::GiveRight { right, people } => {
                image_of(services, &GiveRight::new(mailbox, *right, people)).await
            }
            MailboxStep::TakeRight { right, people } => {
                image_of(services, &TakeRight::new(mailbox, *right, people)).await
            }
            MailboxStep::DeleteMailbox {} => image_of(services, &DeleteMailbox { mailbox }).await,
            MailboxStep::RestoreMailbox {} => image_of(services, &RestoreMailbox { mailbox }).await,
        }
    }

    pub(super) async fn run(&self, step: &'a MailboxStep) -> Result<StepOutcome> {
        let (services, mailbox) = (&self.services, self.mailbox);
        match step {
            MailboxStep::CreateMailbox(new) => carry_out(services, &CreateMailbox { mailbox, new }).await,
            MailboxStep::BlockSignIn {} => carry_out(services, &BlockSignIn { mailbox }).await,
            MailboxStep::UpdateMailbox(change) => {
                carry_out(services, &UpdateMailbox { mailbox, change }).await
            }
            MailboxStep::GiveRight { right, people } => {
                carry_out(services, &GiveRight::new(mailbox, *right, people)).await
            }
            MailboxStep::TakeRight { right, people } => {
                carry_out(services, &TakeRight::new(mailbox, *right, people)).await
            }
            MailboxStep::DeleteMailbox {} => carry_out(services, &DeleteMailbox { mailbox }).await,
            MailboxStep::RestoreMailbox {} => carry_out(services, &RestoreMailbox { mailbox }).await,
        }
    }
}

/// The mailbox that answers to a key. Exchange knows ours by name before Graph shows its account.
async fn find(services: &Services<'_>, key: &MailboxKey) -> Result<Option<Mailbox>> {
    if let MailboxIdentity::Ours { unique_name, .. } = &key.identity {
        let named = Identity::from(unique_name.as_str());
        if let Some(ours) = services.exchange.mailbox(&named).await? {
            return Ok(Some(ours));
        }
    }
    let Some(id) = key.id() else {
        return Ok(None);
    };
    let Some(account) = services.graph.user(&id.to_string()).await? else {
        return Ok(None);
    };
    let identity = Identity::from(account.user_principal_name.as_str());
    let found = services.exchange.mailbox(&identity).await?;
    Ok(found.filter(|found| found.external_directory_object_id == Some(id)))
}

/// What is not there yet may come; what was there before is gone.
fn absent<Change>(mailbox: &MailboxKey) -> Next<Change> {
    match mailbox.standing() {
        None => Next::Wait,
        Some(_) => Next::Refuse(Failure::ObjectGone),
    }
}

/// A mailbox's properties, as plans name them.
fn shown(mailbox: &Mailbox) -> Map<String, Value> {
    let shown = json!({
        "id": mailbox.external_directory_object_id, "displayName": mailbox.display_name,
        "address": mailbox.primary_smtp_address, "otherAddresses": other_addresses(mailbox),
    });
    shown.as_object().cloned().unwrap_or_default()
}

fn picture(mailbox: Option<&Mailbox>) -> Value {
    json!({ "mailbox": mailbox.map(shown) })
}

fn receipt(mailbox: Option<&Mailbox>) -> Value {
    json!({ "mailbox": id(mailbox) })
}

/// Object id of its account.
fn id(mailbox: Option<&Mailbox>) -> Option<Uuid> {
    mailbox.and_then(|mailbox| mailbox.external_directory_object_id)
}
