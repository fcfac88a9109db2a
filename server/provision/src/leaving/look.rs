//! Reads from Graph and Exchange what somebody leaves behind.

use std::collections::BTreeMap;

use m365::Result;
use m365::exchange::Exchange;
use m365::graph::{Graph, Group};
use uuid::Uuid;

use super::{Belonging, LeaveWish, LeavingMailbox, LeavingView};
use crate::account::Colleague;
use crate::connect::account_mailbox;
use crate::look::find_licences;

/// `name`: what the account is called today.
pub(crate) async fn look(
    (graph, exchange): (&Graph, &Exchange),
    wish: &LeaveWish,
    (account, name): (Uuid, &str),
) -> Result<LeavingView> {
    let access = match wish.access {
        Some(person) => Some(person),
        None => graph.manager(account).await?.map(|manager| manager.id),
    };
    let access = colleague(graph, access).await?;
    let licences = find_licences(graph).await?;
    let licences = licences.into_iter().map(|(sku, licence)| (sku, licence.name));
    Ok(LeavingView {
        mailbox: mailbox_of(exchange, (account, name), access.as_ref()).await?,
        access,
        forward: colleague(graph, wish.forward).await?,
        belongs: belongs(graph, account).await?,
        licences: licences.collect(),
    })
}

async fn mailbox_of(
    exchange: &Exchange,
    (account, name): (Uuid, &str),
    access: Option<&Colleague>,
) -> Result<Option<LeavingMailbox>> {
    let Some(found) = account_mailbox::mailbox(exchange, name, account).await? else {
        return Ok(None);
    };
    let opened = match access {
        Some(person) => account_mailbox::opens(exchange, &found, &person.address).await?,
        None => false,
    };
    Ok(Some(LeavingMailbox {
        shared: account_mailbox::is_shared(&found),
        forward: account_mailbox::forward(&found),
        opened,
    }))
}

/// Somebody who may sign in.
async fn colleague(graph: &Graph, person: Option<Uuid>) -> Result<Option<Colleague>> {
    let Some(person) = person.filter(|person| !person.is_nil()) else {
        return Ok(None);
    };
    let found = graph.user(&person.to_string()).await?;
    let found = found.filter(|found| found.account_enabled == Some(true));
    Ok(found.map(|found| Colleague {
        id: found.id,
        name: found
            .display_name
            .unwrap_or_else(|| found.user_principal_name.clone()),
        address: found.user_principal_name,
    }))
}

async fn belongs(graph: &Graph, account: Uuid) -> Result<BTreeMap<Uuid, Belonging>> {
    let mut belongs = BTreeMap::new();
    for id in graph.memberships(account).await? {
        if let Some(group) = graph.group(id).await? {
            belongs.insert(id, belonging(&group));
        }
    }
    Ok(belongs)
}

fn belonging(group: &Group) -> Belonging {
    let name = group.display_name.clone().unwrap_or_else(|| group.id.to_string());
    let has_rule = group.group_types.iter().any(|kind| kind == "DynamicMembership");
    if group.is_writable_by_graph() {
        Belonging::Group { name }
    } else if has_rule || group.on_premises_sync_enabled == Some(true) {
        Belonging::Fixed
    } else {
        Belonging::List { name }
    }
}
