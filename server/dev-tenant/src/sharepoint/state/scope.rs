//! A permission scope: the role assignments of a web, or of a list or item that broke inheritance.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::ids::{PrincipalId, RoleId, ScopeId};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scope {
    pub id: ScopeId,
    pub assignments: BTreeMap<PrincipalId, BTreeSet<RoleId>>,
}

impl Scope {
    pub fn empty(id: ScopeId) -> Self {
        Self {
            id,
            assignments: BTreeMap::new(),
        }
    }

    pub fn add(&mut self, principal: PrincipalId, role: RoleId) -> bool {
        self.assignments.entry(principal).or_default().insert(role)
    }

    /// Takes one role away; a principal without roles has no assignment.
    pub fn remove(&mut self, principal: PrincipalId, role: RoleId) -> bool {
        let Some(roles) = self.assignments.get_mut(&principal) else {
            return false;
        };
        let removed = roles.remove(&role);
        if roles.is_empty() {
            self.assignments.remove(&principal);
        }
        removed
    }
}
