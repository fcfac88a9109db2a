//! Who holds what on the lists themselves. Everything else is given item by item.

use std::collections::{BTreeMap, BTreeSet};

use m365::sharepoint::{List, PrincipalId, RoleDefinitionId, SHAREPOINT_APP, Site};

use super::change::{Action, Changes};
use super::{Grantee, SetupError};
use crate::config::Config;

/// Ids of those whom list permissions speak of.
pub(super) struct Principals {
    participants: PrincipalId,
    administrators: PrincipalId,
}

impl Principals {
    pub(super) async fn ensure(site: &Site, config: &Config) -> Result<Self, SetupError> {
        let participants = match &config.people.participants {
            Some(login) => site.ensure_login(login).await?,
            None => site.ensure_everyone(config.tenant.id).await?,
        };
        let administrators = site.ensure_group(config.people.administrators).await?;
        Ok(Self {
            participants: participants
                .ok_or(SetupError::Principal("people.participants"))?
                .id,
            administrators: administrators
                .ok_or(SetupError::Principal("people.administrators"))?
                .id,
        })
    }

    /// As the configuration calls them.
    fn name(&self, principal: PrincipalId) -> &'static str {
        if principal == self.administrators {
            "people.administrators"
        } else {
            "people.participants"
        }
    }

    fn of(&self, grantee: Grantee) -> PrincipalId {
        match grantee {
            Grantee::Participants => self.participants,
        }
    }

    /// The list's wishes, and administrators who read everything.
    fn wanted(
        &self,
        wish: &super::List,
        levels: &BTreeMap<String, RoleDefinitionId>,
    ) -> Result<BTreeSet<(PrincipalId, RoleDefinitionId)>, SetupError> {
        let level = |name: &str| {
            levels
                .get(name)
                .copied()
                .ok_or_else(|| SetupError::Level(name.to_owned()))
        };
        let mut wanted = BTreeSet::from([(self.administrators, level("PF-Read")?)]);
        for grant in &wish.grants {
            wanted.insert((self.of(grant.to), level(&grant.level)?));
        }
        Ok(wanted)
    }
}

/// Makes the list's own permissions be exactly those of the manifest. The app keeps its access through its
/// own grant and through the row that SharePoint gives to whoever breaks the inheritance.
pub(super) async fn ensure(
    list: &List,
    wish: &super::List,
    principals: &Principals,
    levels: &BTreeMap<String, RoleDefinitionId>,
    changes: &mut Changes,
) -> Result<(), SetupError> {
    let wanted = principals.wanted(wish, levels)?;
    if !list.has_own_permissions().await? {
        if !changes.wanted(Action::BreakInheritance, &wish.url) {
            return Ok(());
        }
        list.break_inheritance().await?;
    }
    let standing = standing(list).await?;
    for (principal, role) in wanted.difference(&standing) {
        let object = format!(
            "{}: {} {}",
            wish.url,
            principals.name(*principal),
            level_name(levels, *role)
        );
        if changes.wanted(Action::Assign, object) {
            list.assign(*principal, *role).await?;
        }
    }
    let welcome: BTreeSet<_> = wanted.iter().map(|(principal, _)| *principal).collect();
    let strangers: BTreeSet<_> = standing.iter().map(|(principal, _)| *principal).collect();
    for stranger in strangers.difference(&welcome) {
        if changes.wanted(Action::Unassign, format!("{}: {}", wish.url, stranger.0)) {
            list.unassign(*stranger).await?;
        }
    }
    Ok(())
}

fn level_name(levels: &BTreeMap<String, RoleDefinitionId>, id: RoleDefinitionId) -> &str {
    levels
        .iter()
        .find(|(_, level)| **level == id)
        .map_or("", |(name, _)| name)
}

async fn standing(list: &List) -> Result<BTreeSet<(PrincipalId, RoleDefinitionId)>, SetupError> {
    let rows = list.assignments().await?;
    Ok(rows
        .iter()
        .filter(|row| row.principal_id != SHAREPOINT_APP)
        .flat_map(|row| {
            let roles = row.role_definition_bindings.iter().filter(|role| !role.hidden);
            roles.map(|role| (row.principal_id, role.id))
        })
        .collect())
}
