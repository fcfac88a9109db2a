//! Reads from Graph what changes of accounts depend on.

use std::collections::{BTreeMap, BTreeSet};

use m365::Result;
use m365::exchange::Exchange;
use m365::graph::Graph;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{AccountView, ChangeWish, ManagerWish, Turnover};
use crate::attributes::holder;
use crate::look::{find_groups, find_licences, find_person};
use crate::{GroupView, LicenceView, PersonView, leaving};

/// Read of every account, whatever is wished.
const ALWAYS: [&str; 6] = [
    "userPrincipalName",
    "displayName",
    "accountEnabled",
    "onPremisesSyncEnabled",
    "usageLocation",
    "licenseAssignmentStates",
];

/// What the tenant says about each wish; none where the account does not exist. Seats reserved by other applications
/// are not known here: the caller takes them off `free`.
pub async fn look_at(
    graph: &Graph,
    exchange: &Exchange,
    wishes: &[ChangeWish],
) -> Result<Vec<Option<AccountView>>> {
    let shared = Shared::read(graph, wishes).await?;
    let mut views = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let mut view = shared.view(graph, wish).await?;
        if let (Some(leave), Some(view)) = (&wish.leave, &mut view) {
            let account = (wish.account, view.user_principal_name.as_str());
            view.leaving = Some(leaving::look((graph, exchange), leave, account).await?);
        }
        views.push(view);
    }
    Ok(views)
}

/// What several wishes have in common is read once.
struct Shared {
    managers: BTreeMap<Uuid, PersonView>,
    licences: BTreeMap<Uuid, LicenceView>,
    groups: BTreeMap<Uuid, GroupView>,
}

impl Shared {
    async fn read(graph: &Graph, wishes: &[ChangeWish]) -> Result<Self> {
        let mut managers = BTreeMap::new();
        let wanted: BTreeSet<Uuid> = wishes.iter().filter_map(|wish| wanted(wish.manager)).collect();
        for id in wanted {
            managers.extend(find_person(graph, id).await?.map(|view| (id, view)));
        }
        let licences = if wishes.iter().all(|wish| wish.licences.is_empty()) {
            BTreeMap::new()
        } else {
            find_licences(graph).await?
        };
        let groups: BTreeSet<Uuid> = wishes.iter().flat_map(|wish| wish.groups.all()).collect();
        Ok(Self {
            managers,
            licences,
            groups: find_groups(graph, &groups).await?,
        })
    }

    async fn view(&self, graph: &Graph, wish: &ChangeWish) -> Result<Option<AccountView>> {
        let names: BTreeSet<&str> = wish.properties.keys().map(|name| holder(name)).collect();
        let names: BTreeSet<&str> = names.into_iter().chain(ALWAYS).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let id = wish.account.to_string();
        let Some(shown) = graph.user_properties(&id, &names).await? else {
            return Ok(None);
        };
        let manager = match wish.manager {
            Some(_) => graph.manager(wish.account).await?,
            None => None,
        };
        let manager = manager.map(|manager| {
            (
                manager.id,
                manager.display_name.unwrap_or(manager.user_principal_name),
            )
        });
        let groups = if wish.groups.is_empty() {
            BTreeSet::new()
        } else {
            graph.memberships(wish.account).await?.into_iter().collect()
        };
        let text = |name: &str| {
            shown
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let is = |name: &str| shown.get(name) == Some(&Value::Bool(true));
        let (licences, inherited_licences) = licences(&shown);
        Ok(Some(AccountView {
            user_principal_name: text("userPrincipalName"),
            display_name: text("displayName"),
            enabled: is("accountEnabled"),
            synced: is("onPremisesSyncEnabled"),
            properties: properties(wish, &shown),
            manager,
            licences,
            inherited_licences,
            groups,
            wanted_manager: wanted(wish.manager).and_then(|id| self.managers.get(&id).cloned()),
            wanted_licences: picked(&self.licences, &wish.licences),
            wanted_groups: picked(&self.groups, &wish.groups),
            leaving: None,
        }))
    }
}

fn wanted(wish: Option<ManagerWish>) -> Option<Uuid> {
    match wish {
        Some(ManagerWish::Be(id)) => Some(id),
        Some(ManagerWish::Nobody) | None => None,
    }
}

fn picked<View: Clone>(all: &BTreeMap<Uuid, View>, wish: &Turnover) -> BTreeMap<Uuid, View> {
    let pick = |id: Uuid| Some((id, all.get(&id)?.clone()));
    wish.all().filter_map(pick).collect()
}

/// Those that the wish is about; where a licence is used is always of interest.
fn properties(wish: &ChangeWish, shown: &Map<String, Value>) -> Map<String, Value> {
    let wished: BTreeSet<&str> = wish.properties.keys().map(|name| holder(name)).collect();
    let is_wished =
        |(name, _): &(&String, &Value)| wished.contains(name.as_str()) || *name == "usageLocation";
    let shown = shown.iter().filter(is_wished);
    shown.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// Given to the account itself, and through groups ("licenseAssignmentState resource type").
fn licences(shown: &Map<String, Value>) -> (BTreeSet<Uuid>, BTreeSet<Uuid>) {
    let states = shown.get("licenseAssignmentStates").and_then(Value::as_array);
    let (mut own, mut inherited) = (BTreeSet::new(), BTreeSet::new());
    for state in states.into_iter().flatten() {
        let sku = state["skuId"].as_str().and_then(|sku| sku.parse::<Uuid>().ok());
        let side = if state["assignedByGroup"].is_null() {
            &mut own
        } else {
            &mut inherited
        };
        side.extend(sku);
    }
    (own, inherited)
}
