//! Reads from Graph and Exchange what plans for mailing lists depend on.

use std::collections::BTreeSet;

use m365::Result;
use m365::exchange::{DistributionGroup, Exchange, Identity, RecipientKind};
use m365::graph::Graph;
use uuid::Uuid;

use super::{ListChange, ListKind, ListNow, ListView, ListWish};
use crate::address::{Itself, is_taken};
use crate::group::{any_enabled, unique_name};
use crate::recipient::{called, known};

/// What the tenant says about a list that is wished.
pub async fn look_for_list(graph: &Graph, exchange: &Exchange, wish: &ListWish) -> Result<ListView> {
    let (address, ours) = (wish.address(), unique_name(&wish.application));
    let name = (wish.alias.as_str(), address.as_str());
    let is_taken = is_taken(graph, exchange, name, &Itself::Named(&ours)).await?;
    let people = known(graph, exchange, &[&wish.owners, &wish.members]).await?;
    Ok(ListView { is_taken, people })
}

/// What the tenant says about a list that is there; none where it is not, or is no list of Exchange's.
pub async fn look_at_list(graph: &Graph, exchange: &Exchange, wish: &ListChange) -> Result<Option<ListNow>> {
    let Some(group) = graph.group(wish.list).await? else {
        return Ok(None);
    };
    let Some(mail) = group.mail.as_deref().filter(|_| !group.is_writable_by_graph()) else {
        return Ok(None);
    };
    let found = exchange.distribution_group(&Identity::from(mail)).await?;
    let Some(found) = found.filter(|found| found.external_directory_object_id == Some(wish.list)) else {
        return Ok(None);
    };
    let (new, members) = (&wish.owners, &wish.members);
    let all = [&new.add, &new.remove, &members.add, &members.remove];
    let people = known(graph, exchange, &all).await?;
    let owners = self::owners(exchange, &found).await?;
    Ok(Some(ListNow {
        id: found.guid,
        kind: kind(&found),
        display_name: found.display_name.clone().unwrap_or_else(|| found.name.clone()),
        address: found
            .primary_smtp_address
            .clone()
            .unwrap_or_else(|| mail.to_owned()),
        open_to_outside: found.require_sender_authentication_enabled == Some(false),
        synced: group.on_premises_sync_enabled == Some(true),
        answered_for: any_enabled(graph, &owners).await?,
        owners,
        members: if members.is_empty() {
            BTreeSet::new()
        } else {
            self::members(exchange, found.guid).await?
        },
        people,
    }))
}

fn kind(list: &DistributionGroup) -> ListKind {
    match list.kind {
        RecipientKind::MailUniversalDistributionGroup => ListKind::Distribution,
        _ => ListKind::Security,
    }
}

/// Exchange tells owners by their names alone.
pub(crate) async fn owners(exchange: &Exchange, list: &DistributionGroup) -> Result<BTreeSet<Uuid>> {
    let names: Vec<&str> = list.managed_by.iter().map(String::as_str).collect();
    called(exchange, &names).await
}

pub(crate) async fn members(exchange: &Exchange, list: Uuid) -> Result<BTreeSet<Uuid>> {
    let members = exchange.distribution_group_members(&Identity::from(list)).await?;
    let ids = members
        .into_iter()
        .filter_map(|member| member.external_directory_object_id);
    Ok(ids.collect())
}
