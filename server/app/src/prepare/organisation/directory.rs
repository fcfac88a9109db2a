//! The directory as it answers now: whatever is asked twice is read once. Whoever wants newer answers begins anew.

use std::collections::BTreeMap;

use m365::Result;
use m365::graph::{Filter, Graph, User};
use uuid::Uuid;

pub(crate) struct Directory {
    graph: Graph,
    users: BTreeMap<String, Option<User>>,
    managers: BTreeMap<Uuid, Option<User>>,
    units: BTreeMap<String, Vec<User>>,
    groups: BTreeMap<Uuid, Option<Vec<Uuid>>>,
    owners: BTreeMap<Uuid, Option<Vec<Uuid>>>,
    all: Option<Vec<User>>,
}

impl Directory {
    pub(crate) fn new(graph: Graph) -> Self {
        Self {
            graph,
            users: BTreeMap::new(),
            managers: BTreeMap::new(),
            units: BTreeMap::new(),
            groups: BTreeMap::new(),
            owners: BTreeMap::new(),
            all: None,
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
        let read = self.graph.users(Some(&Filter::text("department", name))).await?;
        for user in &read {
            self.users.insert(user.id.to_string(), Some(user.clone()));
        }
        self.units.insert(name.to_owned(), read.clone());
        Ok(read)
    }

    /// Whoever may sign in.
    pub(super) async fn everybody(&mut self) -> Result<&[User]> {
        let read = match self.all.take() {
            Some(known) => known,
            None => self.graph.users(None).await?,
        };
        for user in &read {
            self.users.insert(user.id.to_string(), Some(user.clone()));
        }
        let all = self.all.insert(read);
        all.retain(|user| user.account_enabled == Some(true));
        Ok(all)
    }

    /// Owners of a group; none: there is no such group.
    pub(super) async fn owners(&mut self, group: Uuid) -> Result<Option<Vec<Uuid>>> {
        if let Some(known) = self.owners.get(&group) {
            return Ok(known.clone());
        }
        let read = match self.graph.group(group).await? {
            Some(_) => Some(self.graph.owners(group).await?),
            None => None,
        };
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
