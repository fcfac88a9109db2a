//! Reads from Graph what plans depend on.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::try_join_all;
use m365::Result;
use m365::graph::{Graph, Sku};
use uuid::Uuid;

use crate::{GroupView, LicenceView, PersonView, Services, TenantView, UserWish, mark};

/// Names are looked up side by side: one after the other, a thousand of them take minutes.
const NAMES_AT_ONCE: usize = 6;

/// What the tenant says about each wish. `domains`: where accounts may be made. Seats reserved by other applications
/// are not known here: the caller takes them off `free`.
pub async fn look(graph: &Graph, wishes: &[UserWish], domains: &BTreeSet<String>) -> Result<Vec<TenantView>> {
    let shared = Shared::read(graph, wishes, domains).await?;
    let mut views = Vec::with_capacity(wishes.len());
    for some in wishes.chunks(NAMES_AT_ONCE) {
        let holders = try_join_all(some.iter().map(|wish| holders(graph, wish))).await?;
        let seen = some.iter().zip(holders);
        views.extend(seen.map(|(wish, holders)| shared.view(wish, holders)));
    }
    Ok(views)
}

/// What several wishes have in common is read once.
struct Shared {
    domains: BTreeSet<String>,
    managers: BTreeMap<Uuid, PersonView>,
    licences: BTreeMap<Uuid, LicenceView>,
    groups: BTreeMap<Uuid, GroupView>,
}

impl Shared {
    async fn read(graph: &Graph, wishes: &[UserWish], domains: &BTreeSet<String>) -> Result<Self> {
        let mut managers = BTreeMap::new();
        for id in distinct(wishes.iter().filter_map(|wish| wish.manager)) {
            managers.extend(find_person(graph, id).await?.map(|view| (id, view)));
        }
        let licences = if wishes.iter().any(|wish| !wish.licences.is_empty()) {
            find_licences(graph).await?
        } else {
            BTreeMap::new()
        };
        Ok(Self {
            domains: domains.iter().map(|domain| domain.to_lowercase()).collect(),
            managers,
            licences,
            groups: find_groups(
                graph,
                &distinct(wishes.iter().flat_map(|wish| wish.groups.iter().copied())),
            )
            .await?,
        })
    }

    fn view(&self, wish: &UserWish, holders: Vec<Uuid>) -> TenantView {
        let group = |id: &Uuid| Some((*id, self.groups.get(id)?.clone()));
        let licence = |id: &Uuid| Some((*id, self.licences.get(id)?.clone()));
        TenantView {
            domains: self.domains.clone(),
            holders,
            manager: wish.manager.and_then(|id| self.managers.get(&id).cloned()),
            licences: wish.licences.keys().filter_map(licence).collect(),
            groups: wish.groups.iter().filter_map(group).collect(),
        }
    }
}

fn distinct(ids: impl Iterator<Item = Uuid>) -> BTreeSet<Uuid> {
    ids.collect()
}

/// An account that this very application made does not stand in its way.
async fn holders(graph: &Graph, wish: &UserWish) -> Result<Vec<Uuid>> {
    let upn = &wish.user_principal_name;
    let found = graph
        .address_holders(&wish.mail_nickname(), upn, &[mark::HOLDER])
        .await?;
    let ours = mark::of(&wish.application);
    let strangers = found.iter().filter(|shown| mark::read(shown) != Some(&ours));
    Ok(strangers
        .map(|shown| {
            let id = shown.get("id").and_then(serde_json::Value::as_str);
            id.and_then(|id| id.parse().ok()).unwrap_or_default()
        })
        .collect())
}

pub(crate) async fn find_person(graph: &Graph, id: Uuid) -> Result<Option<PersonView>> {
    let found = graph.user(&id.to_string()).await?;
    Ok(found.map(|user| PersonView {
        name: user.display_name.unwrap_or(user.user_principal_name),
        enabled: user.account_enabled == Some(true),
    }))
}

/// A licence whose subscription ran out cannot be given ("subscribedSku resource type", capabilityStatus).
pub(crate) async fn find_licences(graph: &Graph) -> Result<BTreeMap<Uuid, LicenceView>> {
    let skus = graph.subscribed_skus().await?;
    let view = |sku: &Sku| LicenceView {
        name: sku.sku_part_number.clone(),
        free: sku.free(),
        services: services(sku),
    };
    Ok(skus
        .iter()
        .filter(|sku| sku.can_be_given())
        .map(|sku| (sku.sku_id, view(sku)))
        .collect())
}

/// A service of the company is not one account's to switch off.
fn services(sku: &Sku) -> Services {
    let plans = sku.service_plans.iter();
    let switched = plans.filter(|plan| plan.can_be_switched_off());
    switched
        .map(|plan| (plan.service_plan_id, plan.service_plan_name.clone()))
        .collect()
}

pub(crate) async fn find_groups(graph: &Graph, ids: &BTreeSet<Uuid>) -> Result<BTreeMap<Uuid, GroupView>> {
    let mut groups = BTreeMap::new();
    for &id in ids {
        if let Some(group) = graph.group(id).await? {
            let view = GroupView {
                writable: group.is_writable_by_graph(),
                name: group.display_name.unwrap_or_else(|| id.to_string()),
            };
            groups.insert(id, view);
        }
    }
    Ok(groups)
}
