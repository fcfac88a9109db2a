//! The directory as it answers now: whatever is asked twice is read once. Whoever wants newer answers begins anew.

use std::collections::{BTreeMap, BTreeSet};

use m365::Result;
use m365::exchange::Exchange;
use m365::graph::{Filter, Graph, Managed, User};
use provision::owners_of;
use uuid::Uuid;

pub(crate) struct Directory {
    graph: Graph,
    exchange: Exchange,
    users: BTreeMap<String, Option<User>>,
    managers: BTreeMap<Uuid, Option<User>>,
    units: BTreeMap<String, Vec<User>>,
    groups: BTreeMap<Uuid, Option<Vec<Uuid>>>,
    owners: BTreeMap<Uuid, Option<Vec<Uuid>>>,
    /// Whether everybody was read.
    is_whole: bool,
}

impl Directory {
    pub(crate) fn new(graph: Graph, exchange: Exchange) -> Self {
        Self {
            graph,
            exchange,
            users: BTreeMap::new(),
            managers: BTreeMap::new(),
            units: BTreeMap::new(),
            groups: BTreeMap::new(),
            owners: BTreeMap::new(),
            is_whole: false,
        }
    }

    /// By object id or user principal name. A member that is no user (a nested group, a device) is nobody.
    pub(super) async fn user(&mut self, id: &str) -> Result<Option<User>> {
        if let Some(known) = self.users.get(id) {
            return Ok(known.clone());
        }
        let read = self.graph.user(id).await?;
        self.users.insert(id.to_owned(), read.clone());
        Ok(read)
    }

    pub(super) async fn manager(&mut self, of: Uuid) -> Result<Option<User>> {
        if let Some(known) = self.managers.get(&of) {
            return Ok(known.clone());
        }
        let read = self.graph.manager(of).await?;
        if let Some(manager) = &read {
            self.users.insert(manager.id.to_string(), read.clone());
        }
        self.managers.insert(of, read.clone());
        Ok(read)
    }

    /// Everybody of a department.
    pub(super) async fn unit(&mut self, name: &str) -> Result<Vec<User>> {
        if let Some(known) = self.units.get(name) {
            return Ok(known.clone());
        }
        let read = if self.is_whole {
            let users = self.users.values().flatten();
            let of_unit = users.filter(|user| user.department.as_deref() == Some(name));
            of_unit.cloned().collect()
        } else {
            self.graph.users(Some(&Filter::text("department", name))).await?
        };
        for user in &read {
            self.users.insert(user.id.to_string(), Some(user.clone()));
        }
        self.units.insert(name.to_owned(), read.clone());
        Ok(read)
    }

    /// Object ids of all who may sign in.
    pub(super) async fn everybody(&mut self) -> Result<BTreeSet<Uuid>> {
        if !self.is_whole {
            self.read_everybody().await?;
        }
        let users = self.users.values().flatten();
        let able = users.filter(|user| user.account_enabled == Some(true));
        Ok(able.map(|user| user.id).collect())
    }

    /// All at once, managers with them: asked for one by one, thousands would take an hour.
    async fn read_everybody(&mut self) -> Result<()> {
        let all = self.graph.managed_users().await?;
        for Managed { user, .. } in &all {
            self.users.insert(user.id.to_string(), Some(user.clone()));
        }
        for one in &all {
            let manager = match one.manager() {
                // Of whom the listing does not tell yet, he himself does.
                Some(manager) => self.user(&manager.to_string()).await?,
                None => None,
            };
            self.managers.insert(one.user.id, manager);
        }
        self.is_whole = true;
        Ok(())
    }

    /// Owners of a group or a list; none: there is no such one.
    pub(super) async fn owners(&mut self, group: Uuid) -> Result<Option<Vec<Uuid>>> {
        if let Some(known) = self.owners.get(&group) {
            return Ok(known.clone());
        }
        let read = match self.graph.group(group).await? {
            Some(group) => owners_of(&self.graph, &self.exchange, &group).await?,
            None => None,
        };
        let read: Option<Vec<Uuid>> = read.map(|owners| owners.into_iter().collect());
        self.owners.insert(group, read.clone());
        Ok(read)
    }

    /// None: there is no such group.
    pub(super) async fn members(&mut self, group: Uuid) -> Result<Option<Vec<Uuid>>> {
        if let Some(known) = self.groups.get(&group) {
            return Ok(known.clone());
        }
        let read = match self.graph.group(group).await? {
            Some(_) => Some(self.graph.members(group).await?),
            None => None,
        };
        self.groups.insert(group, read.clone());
        Ok(read)
    }
}
