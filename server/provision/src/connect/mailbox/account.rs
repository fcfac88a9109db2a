//! The account of a mailbox in Entra: nobody signs in with it, and a deleted mailbox comes back with it.

use m365::Result;
use m365::exchange::Mailbox;
use m365::graph::User;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Services, absent, find, id, picture, receipt};
use crate::Failure;
use crate::connect::{Connector, Next};
use crate::mailbox::MailboxKey;

pub(super) struct BlockSignIn<'a> {
    pub(super) mailbox: &'a MailboxKey,
}

/// The mailbox, and its account once Graph shows it.
pub(super) struct Owned {
    mailbox: Option<Mailbox>,
    account: Option<User>,
}

impl<'s> Connector<Services<'s>> for BlockSignIn<'_> {
    type Have = Owned;
    type Change = Uuid;

    async fn find(&self, services: &Services<'s>) -> Result<Owned> {
        let mailbox = find(services, self.mailbox).await?;
        let account = match id(mailbox.as_ref()) {
            Some(id) => services.graph.user(&id.to_string()).await?,
            None => None,
        };
        Ok(Owned { mailbox, account })
    }

    fn compare(&self, have: &Owned) -> Next<Uuid> {
        match (&have.mailbox, &have.account) {
            (None, _) => absent(self.mailbox),
            (Some(_), None) => Next::Wait,
            (Some(_), Some(account)) if account.account_enabled == Some(false) => Next::Nothing,
            (Some(_), Some(account)) => Next::Write(account.id),
        }
    }

    async fn apply(&self, services: &Services<'s>, account: Uuid) -> Result<()> {
        services.graph.set_enabled(account, false).await
    }

    fn image(&self, have: &Owned) -> Option<Value> {
        let account = have.account.as_ref()?;
        Some(json!({ "mailbox": account.id, "enabled": account.account_enabled }))
    }

    fn receipt(&self, have: &Owned) -> Value {
        receipt(have.mailbox.as_ref())
    }
}

pub(super) struct RestoreMailbox<'a> {
    pub(super) mailbox: &'a MailboxKey,
}

/// The mailbox, or its account's place in the recycle bin.
pub(super) struct Deleted {
    mailbox: Option<Mailbox>,
    account: Option<Uuid>,
    /// Somebody else has its address by now.
    is_taken: bool,
}

impl<'s> Connector<Services<'s>> for RestoreMailbox<'_> {
    type Have = Deleted;
    type Change = Uuid;

    async fn find(&self, services: &Services<'s>) -> Result<Deleted> {
        let mailbox = find(services, self.mailbox).await?;
        let (mut account, mut is_taken) = (None, false);
        if let (None, Some(id)) = (&mailbox, self.mailbox.id()) {
            account = services.graph.deleted_user(id).await?.map(|account| account.id);
            let there = services.exchange.recipients_at(&[&self.mailbox.address]).await?;
            let is_stranger = |other: Option<Uuid>| other != Some(id);
            is_taken = there
                .iter()
                .any(|recipient| is_stranger(recipient.external_directory_object_id));
        }
        Ok(Deleted {
            mailbox,
            account,
            is_taken,
        })
    }

    fn compare(&self, have: &Deleted) -> Next<Uuid> {
        match (&have.mailbox, have.account) {
            (Some(_), _) => Next::Nothing,
            (None, Some(_)) if have.is_taken => Next::Refuse(Failure::NameTaken),
            (None, Some(account)) => Next::Write(account),
            // Restored, and not visible yet: planning has seen it in the bin.
            (None, None) => Next::Wait,
        }
    }

    async fn apply(&self, services: &Services<'s>, account: Uuid) -> Result<()> {
        services.graph.restore_user(account, None).await
    }

    fn image(&self, have: &Deleted) -> Option<Value> {
        Some(picture(have.mailbox.as_ref()))
    }

    fn receipt(&self, have: &Deleted) -> Value {
        receipt(have.mailbox.as_ref())
    }
}

#[cfg(test)]
mod tests;
