//! Reads from Graph what a plan depends on.

use std::collections::{BTreeMap, BTreeSet};

use m365::Result;
use m365::graph::{Graph, Sku};
use uuid::Uuid;

use crate::{GroupView, LicenceView, ManagerView, TenantView, UserWish, mark};

/// What the tenant says about a wish. `domains`: where accounts may be made. Seats reserved by other applications
/// are not known here: the caller takes them off `licence.free`.
pub async fn look(graph: &Graph, wish: &UserWish, domains: &BTreeSet<String>) -> Result<TenantView> {
    Ok(TenantView {
        domains: domains.iter().map(|domain| domain.to_lowercase()).collect(),
        holders: holders(graph, wish).await?,
        manager: match wish.manager {
            Some(manager) => find_manager(graph, manager).await?,
            None => None,
        },
        licence: match wish.licence {
            Some(sku) => find_licence(graph, sku).await?,
            None => None,
        },
        groups: find_groups(graph, &wish.groups).await?,
    })
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

async fn find_manager(graph: &Graph, id: Uuid) -> Result<Option<ManagerView>> {
    let found = graph.user(&id.to_string()).await?;
    Ok(found.map(|user| ManagerView {
        name: user.display_name.unwrap_or(user.user_principal_name),
        enabled: user.account_enabled == Some(true),
    }))
}

/// A licence whose subscription ran out cannot be given ("subscribedSku resource type", capabilityStatus).
async fn find_licence(graph: &Graph, id: Uuid) -> Result<Option<LicenceView>> {
    let skus = graph.subscribed_skus().await?;
    let usable = |sku: &&Sku| sku.sku_id == id && ["Enabled", "Warning"].contains(&&*sku.capability_status);
    Ok(skus.iter().find(usable).map(|sku| LicenceView {
        name: sku.sku_part_number.clone(),
        free: sku.free(),
    }))
}

async fn find_groups(graph: &Graph, ids: &BTreeSet<Uuid>) -> Result<BTreeMap<Uuid, GroupView>> {
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
