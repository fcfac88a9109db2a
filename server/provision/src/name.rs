//! Whether a name can still be had: asked while a person types, of the same sources as plans.

use jiff::{SignedDuration, Timestamp};
use m365::Result;
use m365::exchange::{Exchange, Recipient};
use m365::graph::{Deleted, Filter, Graph, HolderKind, Name, NameHolder};
use uuid::Uuid;

/// Microsoft keeps what was deleted for 30 days ("Recover from deletions in Microsoft Entra ID").
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A name that somebody would like to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WantedName<'a> {
    /// A user principal name with the mail nickname that goes with it, which other accounts may not have. Deleted ones
    /// keep it from nobody.
    Account { nickname: &'a str, address: &'a str },
    /// An address of our own domain, with the part before its `@`.
    Alias { nickname: &'a str, address: &'a str },
    /// An address outside.
    Outside(&'a str),
    /// The name of a group, as people read it.
    Group(&'a str),
}

/// How a name stands in the tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameStanding {
    Free,
    /// It belongs to something that was deleted and can be restored until then.
    Deleted {
        until: Option<Timestamp>,
    },
    Taken,
}

/// Asks the tenant. `exchange`: where it has one that we may ask. `than`: what may have the name already, by its object
/// id in Entra or by Exchange's own.
pub async fn look_for_name(
    graph: &Graph,
    exchange: Option<&Exchange>,
    wanted: &WantedName<'_>,
    than: Option<Uuid>,
) -> Result<NameStanding> {
    let (nickname, address) = match *wanted {
        WantedName::Group(name) => return group(graph, name, than).await,
        WantedName::Account { nickname, address } => return account(graph, nickname, address).await,
        WantedName::Alias { nickname, address } => (nickname, address),
        // No nickname looks like an address.
        WantedName::Outside(address) => (address, address),
    };
    mail(graph, exchange, (nickname, address), than).await
}

async fn account(graph: &Graph, nickname: &str, address: &str) -> Result<NameStanding> {
    if !graph
        .address_holders(nickname, address, &["mail"])
        .await?
        .is_empty()
    {
        return Ok(NameStanding::Taken);
    }
    let gone = graph.deleted_users(address).await?;
    Ok(of_bin(&gone))
}

async fn mail(
    graph: &Graph,
    exchange: Option<&Exchange>,
    (nickname, address): (&str, &str),
    than: Option<Uuid>,
) -> Result<NameStanding> {
    let there = match exchange {
        Some(exchange) => exchange.recipients_at(&[address]).await?,
        None => Vec::new(),
    };
    let is_it = |recipient: &&Recipient| {
        than.is_some() && (recipient.external_directory_object_id == than || Some(recipient.guid) == than)
    };
    let (own, others): (Vec<_>, Vec<_>) = there.iter().partition(is_it);
    if !others.is_empty() {
        return Ok(NameStanding::Taken);
    }
    let own = own.iter().filter_map(|own| own.external_directory_object_id);
    let own: Vec<Uuid> = own.chain(than).collect();
    let name = Name {
        nickname,
        address,
        display_name: None,
    };
    let mut holders = graph.name_holders(&name).await?;
    holders.retain(|holder| !own.contains(&holder.id));
    Ok(judge(&holders))
}

/// What is there weighs more than what was deleted; of that the last counts.
fn judge(holders: &[NameHolder]) -> NameStanding {
    let is_deleted =
        |holder: &NameHolder| matches!(holder.kind, HolderKind::DeletedUser | HolderKind::DeletedGroup);
    if holders.is_empty() {
        return NameStanding::Free;
    }
    if !holders.iter().all(is_deleted) {
        return NameStanding::Taken;
    }
    deleted(holders.iter().filter_map(|holder| holder.deleted))
}

fn deleted(moments: impl Iterator<Item = Timestamp>) -> NameStanding {
    let until = moments.max().and_then(|last| last.checked_add(KEPT).ok());
    NameStanding::Deleted { until }
}

async fn group(graph: &Graph, name: &str, than: Option<Uuid>) -> Result<NameStanding> {
    let there = graph.groups(Some(&Filter::text("displayName", name))).await?;
    if there.iter().any(|group| Some(group.id) != than) {
        return Ok(NameStanding::Taken);
    }
    let mut gone = graph.deleted_groups(name).await?;
    gone.retain(|group| {
        group
            .display_name
            .as_deref()
            .is_some_and(|shown| same(shown, name))
    });
    Ok(of_bin(&gone))
}

fn of_bin(gone: &[Deleted]) -> NameStanding {
    if gone.is_empty() {
        NameStanding::Free
    } else {
        deleted(gone.iter().filter_map(|one| one.deleted_date_time))
    }
}

/// Graph does not tell capital letters from small ones.
fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(kind: HolderKind, deleted: Option<&str>) -> NameHolder {
        NameHolder {
            kind,
            id: Uuid::nil(),
            display_name: None,
            mail: None,
            mail_nickname: None,
            deleted: deleted.map(|moment| moment.parse().unwrap()),
        }
    }

    #[test]
    fn r22_what_is_there_weighs_more_than_what_lies_in_the_recycle_bin() {
        let old = holder(HolderKind::DeletedUser, Some("2026-11-01T00:00:00Z"));
        let late = holder(HolderKind::DeletedGroup, Some("2026-11-20T09:30:00Z"));
        let contact = holder(HolderKind::Contact, None);
        let until = |moment: &str| NameStanding::Deleted {
            until: Some(moment.parse().unwrap()),
        };
        assert_eq!(judge(&[]), NameStanding::Free);
        assert_eq!(judge(std::slice::from_ref(&old)), until("2026-12-01T00:00:00Z"));
        assert_eq!(judge(&[old.clone(), late]), until("2026-12-20T09:30:00Z"));
        assert_eq!(judge(&[old, contact]), NameStanding::Taken);
        let unknown = holder(HolderKind::DeletedUser, None);
        assert_eq!(judge(&[unknown]), NameStanding::Deleted { until: None });
    }
}
