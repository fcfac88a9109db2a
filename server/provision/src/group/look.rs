//! Reads from Graph what plans for groups depend on.

use std::collections::BTreeSet;

use futures_util::future::try_join_all;
use m365::Result;
use m365::graph::{Filter, Graph, HolderKind, Name, Team, UnifiedGroup};
use uuid::Uuid;

use super::{
    GroupChange, GroupKind, GroupNow, GroupPeople, GroupWish, NameView, People, TeamNow, Visibility,
    unique_name,
};
use crate::look::find_person;

/// People are looked up side by side.
const AT_ONCE: usize = 6;

/// What the tenant says about a group that is wished.
pub async fn look_for_group(graph: &Graph, wish: &GroupWish) -> Result<NameView> {
    let address = wish.address();
    let name = Name {
        nickname: &wish.mail_nickname,
        address: &address,
        display_name: Some(&wish.display_name),
    };
    let held = holders(graph, &name, &unique_name(&wish.application)).await?;
    let holders = held.strangers.into_iter().chain(held.unseen).collect();
    let people = known(graph, [&wish.owners, &wish.members]).await?;
    Ok(NameView { holders, people })
}

/// What holds a name.
#[derive(Debug, Default)]
pub(crate) struct Holders {
    pub(crate) strangers: Vec<Uuid>,
    /// Groups that one copy of the directory knows and another does not show yet.
    pub(crate) unseen: Vec<Uuid>,
    /// The group of the unique name that was asked about.
    pub(crate) ours: Option<UnifiedGroup>,
}

/// What holds a name; `ours`: the unique name of the group that may.
pub(crate) async fn holders(graph: &Graph, name: &Name<'_>, ours: &str) -> Result<Holders> {
    let mut holders = Holders::default();
    for holder in graph.name_holders(name).await? {
        if holder.kind != HolderKind::Group {
            holders.strangers.push(holder.id);
            continue;
        }
        match graph.unified_group(holder.id).await? {
            Some(group) if group.group.unique_name.as_deref() == Some(ours) => holders.ours = Some(group),
            Some(_) => holders.strangers.push(holder.id),
            None => holders.unseen.push(holder.id),
        }
    }
    Ok(holders)
}

/// What the tenant says about a group that is there; none where it is not.
pub async fn look_at_group(graph: &Graph, wish: &GroupChange) -> Result<Option<GroupNow>> {
    let Some(found) = graph.unified_group(wish.group).await? else {
        return Ok(None);
    };
    let group = &found.group;
    let (owners, members) = (&wish.owners, &wish.members);
    let all = [&owners.add, &owners.remove, &members.add, &members.remove];
    let people = known(graph, all).await?;
    let holders = match wish.display_name.as_deref() {
        Some(name) if Some(name) != group.display_name.as_deref() => named(graph, name, wish.group).await?,
        _ => Vec::new(),
    };
    let people_now = PeopleNow::read(graph, wish, &found).await?;
    Ok(Some(GroupNow {
        display_name: group.display_name.clone().unwrap_or_default(),
        description: group.description.clone().unwrap_or_default(),
        kind: kind(&found),
        synced: group.on_premises_sync_enabled == Some(true),
        writable: group.is_writable_by_graph(),
        visibility: visibility(&found),
        answered_for: any_enabled(graph, &people_now.owners).await?,
        owners: people_now.owners,
        members: people_now.members,
        team: people_now.team,
        name: NameView { holders, people },
    }))
}

/// Those who are in a group, and what Teams says where that is asked.
struct PeopleNow {
    owners: BTreeSet<Uuid>,
    members: BTreeSet<Uuid>,
    team: Option<TeamNow>,
}

impl PeopleNow {
    async fn read(graph: &Graph, wish: &GroupChange, found: &UnifiedGroup) -> Result<Self> {
        let id = wish.group;
        if wish.team.is_some()
            && found.is_team()
            && let Some(team) = graph.team(id).await?
        {
            let people = graph.team_members(id).await?;
            let owners = people.iter().filter(|person| person.is_owner());
            return Ok(Self {
                owners: owners.filter_map(|person| person.user_id).collect(),
                members: people.iter().filter_map(|person| person.user_id).collect(),
                team: Some(team_now(&team)),
            });
        }
        let members = if wish.members.add.is_empty() && wish.members.remove.is_empty() {
            BTreeSet::new()
        } else {
            graph.members(id).await?.into_iter().collect()
        };
        Ok(Self {
            owners: graph.owners(id).await?.into_iter().collect(),
            members,
            team: None,
        })
    }
}

/// As Graph's JSON has it.
fn team_now(team: &Team) -> TeamNow {
    let settings = serde_json::to_value(&team.settings).unwrap_or_default();
    TeamNow {
        settings: settings.as_object().cloned().unwrap_or_default(),
        archived: team.is_archived == Some(true),
    }
}

fn visibility(group: &UnifiedGroup) -> Option<Visibility> {
    match group.visibility {
        Some(m365::graph::Visibility::Public) => Some(Visibility::Public),
        Some(_) if kind(group) == GroupKind::Microsoft365 => Some(Visibility::Private),
        _ => None,
    }
}

/// Whether one of these people may sign in. Mostly the first one asked can.
pub(crate) async fn any_enabled(graph: &Graph, people: &BTreeSet<Uuid>) -> Result<bool> {
    for id in people {
        if find_person(graph, *id)
            .await?
            .is_some_and(|person| person.enabled)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn kind(group: &UnifiedGroup) -> GroupKind {
    let kinds = &group.group.group_types;
    if kinds.iter().any(|kind| kind == "Unified") {
        GroupKind::Microsoft365
    } else {
        GroupKind::Security
    }
}

/// Other groups of this name, deleted ones included.
async fn named(graph: &Graph, name: &str, than: Uuid) -> Result<Vec<Uuid>> {
    let there = graph.groups(Some(&Filter::text("displayName", name))).await?;
    let deleted = graph.deleted_groups(name).await?;
    let ids = there.into_iter().map(|group| group.id);
    let ids = ids.chain(deleted.into_iter().map(|group| group.id));
    Ok(ids.filter(|id| *id != than).collect())
}

async fn known<const N: usize>(graph: &Graph, wished: [&People; N]) -> Result<GroupPeople> {
    let ids: BTreeSet<Uuid> = wished.into_iter().flat_map(People::keys).copied().collect();
    let ids: Vec<Uuid> = ids.into_iter().filter(|id| !id.is_nil()).collect();
    let mut people = GroupPeople::new();
    for some in ids.chunks(AT_ONCE) {
        let found = try_join_all(some.iter().map(|id| find_person(graph, *id))).await?;
        let pairs = some.iter().zip(found);
        people.extend(pairs.filter_map(|(id, person)| Some((*id, person?))));
    }
    Ok(people)
}
