//! Reads from Graph and Exchange what plans for mailing lists depend on.

use std::collections::BTreeSet;

use m365::Result;
use m365::exchange::{DistributionGroup, Exchange, Identity};
use m365::graph::{Graph, Name};
use uuid::Uuid;

use super::{ListChange, ListNow, ListPeople, ListView, ListWish, MailPerson};
use crate::People;
use crate::group::{any_enabled, unique_name};

/// What the tenant says about a list that is wished.
pub async fn look_for_list(graph: &Graph, exchange: &Exchange, wish: &ListWish) -> Result<ListView> {
    let address = wish.address();
    let name = Name {
        nickname: &wish.alias,
        address: &address,
        display_name: None,
    };
    let ours = unique_name(&wish.application);
    let recipients = exchange.recipients_at(&[&address]).await?;
    let ours: Vec<Uuid> = recipients
        .iter()
        .filter(|recipient| recipient.name == ours)
        .filter_map(|recipient| recipient.external_directory_object_id)
        .collect();
    let is_stranger = |id: &Uuid| !ours.contains(id);
    let holders = graph.name_holders(&name).await?;
    let there = recipients
        .iter()
        .filter_map(|recipient| recipient.external_directory_object_id);
    let is_taken = holders
        .iter()
        .map(|holder| holder.id)
        .chain(there)
        .any(|id| is_stranger(&id));
    let people = known(graph, exchange, [&wish.owners, &wish.members]).await?;
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
    let people = known(graph, exchange, all).await?;
    let owners = self::owners(exchange, &found).await?;
    Ok(Some(ListNow {
        id: found.guid,
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

/// Exchange tells owners by their names alone.
pub(crate) async fn owners(exchange: &Exchange, list: &DistributionGroup) -> Result<BTreeSet<Uuid>> {
    let mut owners = BTreeSet::new();
    for name in &list.managed_by {
        let owner = exchange.recipient(&Identity::from(name.as_str())).await?;
        owners.extend(owner.and_then(|owner| owner.external_directory_object_id));
    }
    Ok(owners)
}

pub(crate) async fn members(exchange: &Exchange, list: Uuid) -> Result<BTreeSet<Uuid>> {
    let members = exchange.distribution_group_members(&Identity::from(list)).await?;
    let ids = members
        .into_iter()
        .filter_map(|member| member.external_directory_object_id);
    Ok(ids.collect())
}

async fn known<const N: usize>(
    graph: &Graph,
    exchange: &Exchange,
    wished: [&People; N],
) -> Result<ListPeople> {
    let ids: BTreeSet<Uuid> = wished.into_iter().flat_map(People::keys).copied().collect();
    let mut people = ListPeople::new();
    for id in ids.into_iter().filter(|id| !id.is_nil()) {
        let Some(user) = graph.user(&id.to_string()).await? else {
            continue;
        };
        let address = user.user_principal_name.clone();
        let recipient = exchange.recipient(&Identity::from(address.as_str())).await?;
        let person = MailPerson {
            name: user.display_name.unwrap_or_else(|| address.clone()),
            address,
            enabled: user.account_enabled == Some(true),
            gets_mail: recipient.is_some(),
        };
        people.insert(id, person);
    }
    Ok(people)
}
