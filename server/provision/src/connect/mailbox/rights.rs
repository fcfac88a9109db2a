//! Who may open a mailbox, send as it, and send on its behalf.

use std::collections::BTreeSet;

use m365::exchange::{Exchange, Identity, ListChange, Mailbox};
use m365::{Error, Result};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Services, absent, find, id, receipt};
use crate::connect::{Connector, Next};
use crate::mailbox::{MailboxKey, Right, holders};
use crate::recipient::Recipients;

/// The mailbox, and all who have the right.
pub(super) struct Have {
    mailbox: Option<Mailbox>,
    there: BTreeSet<Uuid>,
}

/// The mailbox, and the addresses of those who come or go.
type Addresses = (Uuid, Vec<String>);

/// A right, and whom it is about.
struct Rights<'a> {
    mailbox: &'a MailboxKey,
    right: Right,
    people: &'a Recipients,
}

impl Rights<'_> {
    async fn find(&self, services: &Services<'_>) -> Result<Have> {
        let mailbox = find(services, self.mailbox).await?;
        let there = match &mailbox {
            Some(found) => holders(services.exchange, found, self.right).await,
            None => Ok(BTreeSet::new()),
        };
        let there = there.map_err(Error::settling)?;
        Ok(Have { mailbox, there })
    }

    /// The addresses of those who have the right, or of those who do not.
    fn addresses(&self, have: &Have, who_have: bool) -> Vec<String> {
        let people = self.people.iter();
        let fit = people.filter(|(id, _)| have.there.contains(id) == who_have);
        fit.map(|(_, person)| person.address.clone()).collect()
    }

    fn image(&self, have: &Have) -> Value {
        let named = have.there.iter().filter(|id| self.people.contains_key(id));
        let named: Vec<&Uuid> = named.collect();
        json!({ "mailbox": id(have.mailbox.as_ref()), self.right.word(): named })
    }
}

pub(super) struct GiveRight<'a>(Rights<'a>);

impl<'a> GiveRight<'a> {
    pub(super) fn new(mailbox: &'a MailboxKey, right: Right, people: &'a Recipients) -> Self {
        Self(Rights {
            mailbox,
            right,
            people,
        })
    }
}

impl<'s> Connector<Services<'s>> for GiveRight<'_> {
    type Have = Have;
    type Change = Addresses;

    async fn find(&self, services: &Services<'s>) -> Result<Have> {
        self.0.find(services).await
    }

    fn compare(&self, have: &Have) -> Next<Addresses> {
        let Some(mailbox) = &have.mailbox else {
            return absent(self.0.mailbox);
        };
        let missing = self.0.addresses(have, false);
        if missing.is_empty() {
            Next::Nothing
        } else {
            Next::Write((mailbox.guid, missing))
        }
    }

    async fn apply(&self, services: &Services<'s>, (mailbox, people): Addresses) -> Result<()> {
        give(services.exchange, &Identity::from(mailbox), self.0.right, &people).await
    }

    fn image(&self, have: &Have) -> Option<Value> {
        have.mailbox.as_ref()?;
        Some(self.0.image(have))
    }

    fn receipt(&self, have: &Have) -> Value {
        receipt(have.mailbox.as_ref())
    }
}

pub(super) struct TakeRight<'a>(Rights<'a>);

impl<'a> TakeRight<'a> {
    pub(super) fn new(mailbox: &'a MailboxKey, right: Right, people: &'a Recipients) -> Self {
        Self(Rights {
            mailbox,
            right,
            people,
        })
    }
}

impl<'s> Connector<Services<'s>> for TakeRight<'_> {
    type Have = Have;
    type Change = Addresses;

    async fn find(&self, services: &Services<'s>) -> Result<Have> {
        self.0.find(services).await
    }

    /// Where the mailbox is gone, nobody has a right to it.
    fn compare(&self, have: &Have) -> Next<Addresses> {
        let Some(mailbox) = &have.mailbox else {
            return Next::Nothing;
        };
        let going = self.0.addresses(have, true);
        if going.is_empty() {
            Next::Nothing
        } else {
            Next::Write((mailbox.guid, going))
        }
    }

    async fn apply(&self, services: &Services<'s>, (mailbox, people): Addresses) -> Result<()> {
        take(services.exchange, &Identity::from(mailbox), self.0.right, &people).await
    }

    fn image(&self, have: &Have) -> Option<Value> {
        Some(self.0.image(have))
    }

    fn receipt(&self, have: &Have) -> Value {
        receipt(have.mailbox.as_ref())
    }
}

/// Outlook shows a mailbox by itself to whoever may open it.
const AUTOMAPPING: bool = true;

async fn give(exchange: &Exchange, mailbox: &Identity, right: Right, people: &[String]) -> Result<()> {
    if right == Right::SendOnBehalf {
        return on_behalf(exchange, mailbox, people, &[]).await;
    }
    for person in people {
        let person = Identity::from(person.as_str());
        if right == Right::FullAccess {
            exchange.add_full_access(mailbox, &person, AUTOMAPPING).await?;
        } else {
            exchange.add_send_as(mailbox, &person).await?;
        }
    }
    Ok(())
}

async fn take(exchange: &Exchange, mailbox: &Identity, right: Right, people: &[String]) -> Result<()> {
    if right == Right::SendOnBehalf {
        return on_behalf(exchange, mailbox, &[], people).await;
    }
    for person in people {
        let person = Identity::from(person.as_str());
        if right == Right::FullAccess {
            exchange.remove_full_access(mailbox, &person).await?;
        } else {
            exchange.remove_send_as(mailbox, &person).await?;
        }
    }
    Ok(())
}

async fn on_behalf(exchange: &Exchange, mailbox: &Identity, add: &[String], remove: &[String]) -> Result<()> {
    let add: Vec<&str> = add.iter().map(String::as_str).collect();
    let remove: Vec<&str> = remove.iter().map(String::as_str).collect();
    let who = ListChange::Edit {
        add: &add,
        remove: &remove,
    };
    exchange.set_send_on_behalf(mailbox, who).await.map(drop)
}

#[cfg(test)]
mod tests;
