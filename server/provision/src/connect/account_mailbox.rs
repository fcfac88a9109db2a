//! The mailbox of an account: whose it is, where its mail goes on, and who else opens it.

use m365::Result;
use m365::exchange::{Exchange, Forwarding, Identity, Mailbox, MailboxType, RecipientKind};
use m365::graph::Graph;
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::{Account, Holder};
use super::{Connector, Next};
use crate::account::Forward;
use crate::{AccountKey, Failure};

const UPN: &str = "userPrincipalName";

/// Graph knows the account, Exchange its mailbox.
pub(super) struct Clients<'a> {
    pub(super) graph: &'a Graph,
    pub(super) exchange: &'a Exchange,
}

/// An account with its mailbox.
pub(super) struct Have {
    pub(super) account: Holder,
    pub(super) mailbox: Option<Mailbox>,
}

impl Have {
    /// Exchange is asked by the name that the account has today.
    pub(super) async fn find(clients: &Clients<'_>, key: &AccountKey) -> Result<Self> {
        let account = Holder::find(clients.graph, key, &[UPN]).await?;
        let mailbox = match &account {
            Holder::Ours(found) => mailbox(clients.exchange, name(found), found.id).await?,
            Holder::Nobody | Holder::Stranger => None,
        };
        Ok(Self { account, mailbox })
    }

    /// What the account is called today.
    pub(super) fn name(&self) -> &str {
        match &self.account {
            Holder::Ours(found) => name(found),
            Holder::Nobody | Holder::Stranger => "",
        }
    }

    /// The mailbox, or why there is none.
    fn mailbox<Change>(&self) -> std::result::Result<&Mailbox, Next<Change>> {
        match (&self.account, &self.mailbox) {
            (Holder::Nobody, _) => Err(Next::Refuse(Failure::AccountGone)),
            (Holder::Stranger, _) => Err(Next::Refuse(Failure::Taken)),
            // Exchange does not show yet what Entra does.
            (Holder::Ours(_), None) => Err(Next::Wait),
            (Holder::Ours(_), Some(mailbox)) => Ok(mailbox),
        }
    }

    fn image(&self, more: &Value) -> Option<Value> {
        self.mailbox.as_ref()?;
        let mut image = json!({ "account": self.account.id() });
        if let (Some(image), Some(more)) = (image.as_object_mut(), more.as_object()) {
            image.extend(more.clone());
        }
        Some(image)
    }

    fn receipt(&self) -> Value {
        json!({ "account": self.account.id() })
    }
}

fn name(account: &Account) -> &str {
    let name = account.properties.get(UPN).and_then(Value::as_str);
    name.unwrap_or_default()
}

/// The mailbox of an account; none: it has none, or the name is somebody else's by now.
pub(crate) async fn mailbox(exchange: &Exchange, name: &str, account: Uuid) -> Result<Option<Mailbox>> {
    let found = exchange.mailbox(&Identity::from(name)).await?;
    Ok(found.filter(|found| found.external_directory_object_id == Some(account)))
}

/// What mail of a mailbox goes on to.
pub(crate) fn forward(mailbox: &Mailbox) -> Option<Forward> {
    let named = mailbox.forwarding_address.as_deref();
    let told = named.or(mailbox.forwarding_smtp_address.as_deref())?;
    let address = told.split_once(':').map_or(told, |(_, address)| address);
    Some(Forward {
        address: address.to_owned(),
        keeps_copy: mailbox.deliver_to_mailbox_and_forward == Some(true),
    })
}

pub(crate) fn is_shared(mailbox: &Mailbox) -> bool {
    mailbox.kind == RecipientKind::SharedMailbox
}

fn same(one: Option<&Forward>, other: Option<&Forward>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => {
            one.address.eq_ignore_ascii_case(&other.address) && one.keeps_copy == other.keeps_copy
        }
        _ => false,
    }
}

pub(super) struct SetType<'a> {
    pub(super) account: &'a AccountKey,
    pub(super) shared: bool,
}

impl<'c> Connector<Clients<'c>> for SetType<'_> {
    type Have = Have;
    type Change = Uuid;

    async fn find(&self, clients: &Clients<'c>) -> Result<Have> {
        Have::find(clients, self.account).await
    }

    fn compare(&self, have: &Have) -> Next<Uuid> {
        match have.mailbox() {
            Err(next) => next,
            Ok(mailbox) if is_shared(mailbox) == self.shared => Next::Nothing,
            Ok(mailbox) => Next::Write(mailbox.guid),
        }
    }

    async fn apply(&self, clients: &Clients<'c>, mailbox: Uuid) -> Result<()> {
        let to = if self.shared {
            MailboxType::Shared
        } else {
            MailboxType::Regular
        };
        let done = clients
            .exchange
            .convert_mailbox(&Identity::from(mailbox), to)
            .await;
        done.map(drop)
    }

    fn image(&self, have: &Have) -> Option<Value> {
        have.image(&json!({ "shared": have.mailbox.as_ref().is_some_and(is_shared) }))
    }

    fn receipt(&self, have: &Have) -> Value {
        have.receipt()
    }
}

pub(super) struct SetForwarding<'a> {
    pub(super) account: &'a AccountKey,
    /// As it was when it was approved.
    pub(super) from: Option<&'a Forward>,
    pub(super) to: Option<&'a Forward>,
}

impl<'c> Connector<Clients<'c>> for SetForwarding<'_> {
    type Have = Have;
    type Change = Mailbox;

    async fn find(&self, clients: &Clients<'c>) -> Result<Have> {
        Have::find(clients, self.account).await
    }

    fn compare(&self, have: &Have) -> Next<Mailbox> {
        let mailbox = match have.mailbox() {
            Ok(mailbox) => mailbox,
            Err(next) => return next,
        };
        let is = forward(mailbox);
        if same(is.as_ref(), self.to) {
            Next::Nothing
        } else if same(is.as_ref(), self.from) {
            Next::Write(mailbox.clone())
        } else {
            Next::Refuse(Failure::ChangedMeanwhile)
        }
    }

    async fn apply(&self, clients: &Clients<'c>, mailbox: Mailbox) -> Result<()> {
        let to = self.to.map(|to| Forwarding {
            to: &to.address,
            keeps_copy: to.keeps_copy,
        });
        let done = clients.exchange.set_forwarding(&mailbox, to).await;
        done.map(drop)
    }

    fn image(&self, have: &Have) -> Option<Value> {
        have.image(&json!({ "forward": have.mailbox.as_ref().and_then(forward) }))
    }

    fn receipt(&self, have: &Have) -> Value {
        have.receipt()
    }
}

/// Somebody else who opens the mailbox, or no longer does.
pub(super) struct SetAccess<'a> {
    pub(super) account: &'a AccountKey,
    /// His user principal name.
    pub(super) person: &'a str,
    pub(super) open: bool,
}

/// The mailbox, and whether he opens it.
pub(super) struct Opened {
    have: Have,
    opens: bool,
}

impl<'c> Connector<Clients<'c>> for SetAccess<'_> {
    type Have = Opened;
    type Change = Uuid;

    async fn find(&self, clients: &Clients<'c>) -> Result<Opened> {
        let have = Have::find(clients, self.account).await?;
        let opens = match &have.mailbox {
            Some(mailbox) => opens(clients.exchange, mailbox, self.person).await?,
            None => false,
        };
        Ok(Opened { have, opens })
    }

    fn compare(&self, have: &Opened) -> Next<Uuid> {
        match have.have.mailbox() {
            Err(next) => next,
            Ok(_) if have.opens == self.open => Next::Nothing,
            Ok(mailbox) => Next::Write(mailbox.guid),
        }
    }

    /// Outlook shows it to him by itself.
    async fn apply(&self, clients: &Clients<'c>, mailbox: Uuid) -> Result<()> {
        let (mailbox, person) = (Identity::from(mailbox), Identity::from(self.person));
        let done = if self.open {
            clients.exchange.add_full_access(&mailbox, &person, true).await
        } else {
            clients.exchange.remove_full_access(&mailbox, &person).await
        };
        done.map(drop)
    }

    fn image(&self, have: &Opened) -> Option<Value> {
        have.have.image(&json!({ "opens": have.opens }))
    }

    fn receipt(&self, have: &Opened) -> Value {
        have.have.receipt()
    }
}

/// Whether somebody gave a person full access to a mailbox.
pub(crate) async fn opens(exchange: &Exchange, mailbox: &Mailbox, person: &str) -> Result<bool> {
    let given = exchange.full_access(&Identity::from(mailbox.guid)).await?;
    Ok(given.iter().any(|entry| entry.user.eq_ignore_ascii_case(person)))
}
