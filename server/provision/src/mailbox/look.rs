//! Reads from Graph and Exchange what plans for shared mailboxes depend on.

use std::collections::{BTreeMap, BTreeSet};

use m365::Result;
use m365::exchange::{Exchange, Identity, Mailbox, RecipientKind};
use m365::graph::Graph;
use uuid::Uuid;

use super::{MailboxChange, MailboxNow, MailboxView, MailboxWish, Right};
use crate::People;
use crate::address::{Itself, is_taken};
use crate::group::unique_name;
use crate::recipient::{called, known};

/// What the tenant says about a mailbox that is wished.
pub async fn look_for_mailbox(graph: &Graph, exchange: &Exchange, wish: &MailboxWish) -> Result<MailboxView> {
    let (address, ours) = (wish.address(), unique_name(&wish.application));
    let name = (wish.alias.as_str(), address.as_str());
    let people: Vec<&People> = wish.rights.values().collect();
    Ok(MailboxView {
        is_taken: is_taken(graph, exchange, name, &Itself::Named(&ours)).await?,
        people: known(graph, exchange, &people).await?,
    })
}

/// What the tenant says about a mailbox that is there; none where it is not, or is not a shared one.
pub async fn look_at_mailbox(
    graph: &Graph,
    exchange: &Exchange,
    wish: &MailboxChange,
) -> Result<Option<MailboxNow>> {
    let Some(account) = graph.user(&wish.mailbox.to_string()).await? else {
        return Ok(None);
    };
    let identity = Identity::from(account.user_principal_name.as_str());
    let found = exchange.mailbox(&identity).await?;
    let is_it = |found: &Mailbox| {
        found.external_directory_object_id == Some(wish.mailbox) && found.kind == RecipientKind::SharedMailbox
    };
    let Some(found) = found.filter(is_it) else {
        return Ok(None);
    };
    let (mut rights, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (right, turnover) in &wish.rights {
        if !turnover.is_empty() {
            rights.insert(*right, holders(exchange, &found, *right).await?);
        }
    }
    for new in wish.addresses.coming() {
        let nickname = new.split('@').next().unwrap_or(new);
        if is_taken(graph, exchange, (nickname, new), &Itself::Known(wish.mailbox)).await? {
            taken.insert(new.to_owned());
        }
    }
    let turnovers = wish.rights.values();
    let people: Vec<&People> = turnovers
        .flat_map(|turnover| [&turnover.add, &turnover.remove])
        .collect();
    Ok(Some(MailboxNow {
        display_name: found.display_name.clone().unwrap_or_else(|| found.name.clone()),
        address: found.primary_smtp_address.clone().unwrap_or_default(),
        other_addresses: other_addresses(&found),
        synced: account.on_premises_sync_enabled == Some(true),
        rights,
        taken,
        people: known(graph, exchange, &people).await?,
    }))
}

/// Everybody who has a right.
pub(crate) async fn holders(exchange: &Exchange, mailbox: &Mailbox, right: Right) -> Result<BTreeSet<Uuid>> {
    let identity = Identity::from(mailbox.guid);
    match right {
        Right::FullAccess => {
            let entries = exchange.full_access(&identity).await?;
            let names: Vec<&str> = entries.iter().map(|entry| entry.user.as_str()).collect();
            called(exchange, &names).await
        }
        Right::SendAs => {
            let entries = exchange.send_as(&identity).await?;
            let names: Vec<&str> = entries.iter().map(|entry| entry.trustee.as_str()).collect();
            called(exchange, &names).await
        }
        Right::SendOnBehalf => {
            let names = mailbox.grant_send_on_behalf_to.iter();
            let names: Vec<&str> = names.map(String::as_str).collect();
            called(exchange, &names).await
        }
    }
}

/// Mail addresses beside the one from which mail is sent.
pub(crate) fn other_addresses(mailbox: &Mailbox) -> BTreeSet<String> {
    let others = mailbox
        .email_addresses
        .iter()
        .filter_map(|entry| entry.strip_prefix("smtp:"));
    others.map(str::to_owned).collect()
}
