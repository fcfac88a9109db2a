//! Makes an item's permissions be a set, in one request.

use std::collections::{BTreeSet, HashMap};

use uuid::Uuid;

use super::{
    process::fit,
    request::{Id, Request},
    value::Parameter,
};
use crate::{
    Result,
    pace::units,
    sharepoint::{Assignment, ItemId, PrincipalId, RoleDefinitionId, SHAREPOINT_APP, Site},
};

/// One principal (a user or an Entra group of the site) with one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grant {
    /// Who.
    pub principal: PrincipalId,
    /// May what.
    pub role: RoleDefinitionId,
}

/// Grants of one item that always fit into one request: two object paths each, and what they share.
pub const MOST_GRANTS: usize = 100;

/// What has to be done to one item so that its permissions are a wanted set. Inheritance is broken without
/// copying, rights are taken before others are given: no moment opens more than before or after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAccess {
    /// Whose.
    pub item: ItemId,
    /// Principals that lose all they hold on the item.
    pub remove: Vec<PrincipalId>,
    /// What is given then.
    pub add: Vec<Grant>,
    /// Whether the item inherits up to now.
    pub break_inheritance: bool,
}

impl SetAccess {
    /// The smallest change from what an item has to what it should have; `None` if nothing is to be done.
    /// `have` = `None` for an item that inherits. SharePoint App's own row is removed unless wanted.
    pub fn between(item: ItemId, have: Option<&[Assignment]>, want: &BTreeSet<Grant>) -> Option<Self> {
        let held: HashMap<PrincipalId, BTreeSet<RoleDefinitionId>> = have
            .unwrap_or_default()
            .iter()
            .map(|held| {
                (
                    held.principal_id,
                    held.role_definition_bindings.iter().map(|role| role.id).collect(),
                )
            })
            .collect();
        let wanted = |principal| -> BTreeSet<_> {
            want.iter()
                .filter(|grant| grant.principal == principal)
                .map(|grant| grant.role)
                .collect()
        };
        let is_right = |principal| {
            held.get(&principal)
                .is_some_and(|roles| *roles == wanted(principal))
        };
        let mut remove: Vec<_> = held
            .keys()
            .copied()
            .filter(|principal| !is_right(*principal))
            .collect();
        remove.sort();
        let add: Vec<_> = want
            .iter()
            .copied()
            .filter(|grant| !is_right(grant.principal))
            .collect();
        let break_inheritance = have.is_none();
        let nothing = remove.is_empty() && add.is_empty() && !break_inheritance;
        (!nothing).then_some(Self {
            item,
            remove,
            add,
            break_inheritance,
        })
    }

    /// What it costs in resource units.
    pub fn resource_units(&self) -> u32 {
        let actions = self.remove.len() + self.add.len() + 2 * usize::from(self.break_inheritance);
        units::PERMISSION * u32::try_from(actions).unwrap_or(u32::MAX / units::PERMISSION)
    }

    /// GetItemById, RoleAssignments, the app's row, one for each removal and addition, and what these need.
    fn cost(&self, grants: &Grants) -> usize {
        let app_row = usize::from(self.break_inheritance);
        2 + app_row + self.remove.len() + self.add.len() + grants.missing(&self.add)
    }

    fn add_to(&self, request: &mut Request, grants: &mut Grants, list: Id) -> Id {
        let levels: Vec<_> = self.add.iter().map(|grant| grants.of(request, *grant)).collect();
        let item = request.method(list, "GetItemById", vec![self.item.0.into()]);
        let (scope, assignments) = request.scope(|request| {
            if self.break_inheritance {
                request.call(item, "BreakRoleInheritance", vec![false.into(), true.into()]);
            }
            let assignments = request.property(item, "RoleAssignments");
            for principal in &self.remove {
                let held = request.method(assignments, "GetByPrincipalId", vec![principal.0.into()]);
                request.call(held, "DeleteObject", vec![]);
            }
            for level in levels {
                level.add_to(request, assignments);
            }
            assignments
        });
        if self.break_inheritance {
            drop_app_row(request, assignments);
        }
        scope
    }

    fn is_large(&self) -> bool {
        self.remove.len() + self.add.len() > MOST_GRANTS
    }

    /// The same in changes that fit into a request each: cut off and take first, then give.
    fn parts(&self) -> Vec<Self> {
        let part = |remove: &[PrincipalId], add: &[Grant]| Self {
            item: self.item,
            remove: remove.to_vec(),
            add: add.to_vec(),
            break_inheritance: false,
        };
        let taking = self.remove.chunks(MOST_GRANTS).map(|some| part(some, &[]));
        let giving = self.add.chunks(MOST_GRANTS).map(|some| part(&[], some));
        let mut parts: Vec<_> = taking.chain(giving).collect();
        if let Some(first) = parts.first_mut() {
            first.break_inheritance = self.break_inheritance;
        }
        parts
    }
}

/// In a scope of its own: whether the row exists is not documented.
pub(super) fn drop_app_row(request: &mut Request, assignments: Id) {
    request.scope(|request| {
        let row = request.method(assignments, "GetByPrincipalId", vec![SHAREPOINT_APP.0.into()]);
        request.call(row, "DeleteObject", vec![]);
    });
}

/// Object paths of principals and levels, shared by all items of a request.
pub(super) struct Grants {
    site_users: Id,
    role_definitions: Id,
    users: HashMap<PrincipalId, Id>,
    bindings: HashMap<RoleDefinitionId, Id>,
}

/// The paths of one grant.
pub(super) struct Level {
    user: Id,
    bindings: Id,
}

impl Grants {
    pub(super) fn new(request: &mut Request, web: Id) -> Self {
        let site_users = request.property(web, "SiteUsers");
        let role_definitions = request.property(web, "RoleDefinitions");
        Self {
            site_users,
            role_definitions,
            users: HashMap::new(),
            bindings: HashMap::new(),
        }
    }

    /// How many paths these grants still need: one for each new principal, two for each new level.
    pub(super) fn missing(&self, grants: &[Grant]) -> usize {
        let users: BTreeSet<_> = grants.iter().map(|grant| grant.principal).collect();
        let roles: BTreeSet<_> = grants.iter().map(|grant| grant.role).collect();
        let users = users.iter().filter(|user| !self.users.contains_key(user)).count();
        users
            + 2 * roles
                .iter()
                .filter(|role| !self.bindings.contains_key(role))
                .count()
    }

    /// The paths of a grant, made at its first use and outside any exception scope.
    pub(super) fn of(&mut self, request: &mut Request, grant: Grant) -> Level {
        let users = self.site_users;
        let user = *self
            .users
            .entry(grant.principal)
            .or_insert_with(|| request.principal(users, grant.principal));
        let roles = self.role_definitions;
        let bindings = *self
            .bindings
            .entry(grant.role)
            .or_insert_with(|| bindings(request, roles, grant.role));
        Level { user, bindings }
    }
}

impl Level {
    /// Gives the level on the object that these assignments belong to.
    pub(super) fn add_to(&self, request: &mut Request, assignments: Id) {
        let parameters = vec![Parameter::Path(self.user), Parameter::Path(self.bindings)];
        let added = request.method(assignments, "Add", parameters);
        request.instantiate(added);
    }
}

fn bindings(request: &mut Request, role_definitions: Id, role: RoleDefinitionId) -> Id {
    let definition = request.method(role_definitions, "GetById", vec![role.0.into()]);
    let bindings = request.bindings();
    request.call(bindings, "Add", vec![Parameter::Path(definition)]);
    bindings
}

impl Site {
    /// Makes the permissions of items be their sets: one request, one outcome for each of the first items, as
    /// many as a request can hold (call again with the rest). A change of more than [`MOST_GRANTS`] takes several
    /// requests and comes alone. Idempotent when made from what was just read; read back afterwards.
    pub async fn set_access(&self, list: Uuid, changes: &[SetAccess]) -> Result<Vec<Result<()>>> {
        let Some(large) = changes.first().filter(|change| change.is_large()) else {
            let few = changes.iter().position(SetAccess::is_large);
            return self.set_few(list, &changes[..few.unwrap_or(changes.len())]).await;
        };
        for part in large.parts() {
            for outcome in self.set_few(list, &[part]).await? {
                if outcome.is_err() {
                    return Ok(vec![outcome]);
                }
            }
        }
        Ok(vec![Ok(())])
    }

    async fn set_few(&self, list: Uuid, changes: &[SetAccess]) -> Result<Vec<Result<()>>> {
        let mut request = Request::new();
        let web = request.web();
        let mut grants = Grants::new(&mut request, web);
        let list = request.list(web, list);
        let add = |change: &SetAccess, request: &mut Request, grants: &mut Grants| {
            change.add_to(request, grants, list)
        };
        let scopes = fit(&mut request, &mut grants, changes, SetAccess::cost, add);
        let sent = changes.iter().take(scopes.len());
        let units = sent.map(SetAccess::resource_units).sum();
        let results = self.process("set items' permissions", &request, units).await?;
        Ok(scopes.into_iter().map(|scope| results.scope(scope)).collect())
    }
}

#[cfg(test)]
mod tests;
