//! Reads from Graph what changes of accounts depend on.

use std::collections::{BTreeMap, BTreeSet};

use m365::Result;
use m365::exchange::Exchange;
use m365::graph::{Graph, User};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{AccountView, ChangeWish, ManagerWish};
use crate::attributes::holder;
use crate::look::{find_groups, find_licences, find_person};
use crate::{GroupView, LicenceView, PersonView, leaving, licences};

/// Read of every account, whatever is wished.
const ALWAYS: [&str; 7] = [
    "userPrincipalName",
    "displayName",
    "accountEnabled",
    "onPremisesSyncEnabled",
    "userType",
    "usageLocation",
    "licenseAssignmentStates",
];

/// `userType` of who came from outside ("user resource type").
const GUEST: &str = "Guest";

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
        let manager = if wish.manager.is_some() || wish.reset_password {
            graph.manager(wish.account).await?
        } else {
            None
        };
        let receiver = manager
            .clone()
            .filter(|manager| manager.account_enabled == Some(true));
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
        Ok(Some(AccountView {
            user_principal_name: text("userPrincipalName"),
            display_name: text("displayName"),
            enabled: is("accountEnabled"),
            synced: is("onPremisesSyncEnabled"),
            guest: text("userType") == GUEST,
            properties: properties(wish, &shown),
            manager: manager.map(named),
            receiver: receiver.map(named),
            licences: licences::direct(&shown),
            inherited_licences: licences::inherited(&shown),
            failed_licences: licences::failed(&shown),
            groups,
            wanted_manager: wanted(wish.manager).and_then(|id| self.managers.get(&id).cloned()),
            wanted_licences: picked(&self.licences, wish.licences.all()),
            wanted_groups: picked(&self.groups, wish.groups.all()),
            leaving: None,
        }))
    }
}

fn named(person: User) -> (Uuid, String) {
    (
        person.id,
        person.display_name.unwrap_or(person.user_principal_name),
    )
}

fn wanted(wish: Option<ManagerWish>) -> Option<Uuid> {
    match wish {
        Some(ManagerWish::Be(id)) => Some(id),
        Some(ManagerWish::Nobody) | None => None,
    }
}

fn picked<View: Clone>(
    all: &BTreeMap<Uuid, View>,
    wished: impl Iterator<Item = Uuid>,
) -> BTreeMap<Uuid, View> {
    let pick = |id: Uuid| Some((id, all.get(&id)?.clone()));
    wished.filter_map(pick).collect()
}

/// Those that the wish is about; where a licence is used is always of interest.
fn properties(wish: &ChangeWish, shown: &Map<String, Value>) -> Map<String, Value> {
    let wished: BTreeSet<&str> = wish.properties.keys().map(|name| holder(name)).collect();
    let is_wished =
        |(name, _): &(&String, &Value)| wished.contains(name.as_str()) || *name == "usageLocation";
    let shown = shown.iter().filter(is_wished);
    shown.map(|(name, value)| (name.clone(), value.clone())).collect()
}
