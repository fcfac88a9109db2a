//! Who holds what on the lists themselves. Everything else is given item by item.

use std::collections::{BTreeMap, BTreeSet};

use m365::sharepoint::{Assignment, List, PrincipalId, RoleDefinitionId, SHAREPOINT_APP};

use super::SetupError;
use super::change::{Action, Changes};
use super::principals::{Holder, Principals};

/// Administrators read everything.
const ADMINISTRATORS: &str = "PF-Read";

/// Makes the list's own permissions be exactly those of the manifest. The app keeps its access through its
/// own grant and through the row that SharePoint gives to whoever breaks the inheritance.
pub(super) async fn ensure(
    list: &List,
    wish: &super::List,
    principals: &Principals,
    levels: &BTreeMap<String, RoleDefinitionId>,
    changes: &mut Changes,
) -> Result<(), SetupError> {
    if !list.has_own_permissions().await? {
        if !changes.wanted(Action::BreakInheritance, &wish.url) {
            return Ok(());
        }
        list.break_inheritance().await?;
    }
    let rows = list.assignments().await?;
    let mut welcome = BTreeSet::new();
    for (holder, level) in wanted(wish) {
        let object = format!("{}: {} {level}", wish.url, holder.name());
        // Only a plan may find one of them missing.
        let ids = principals.number(holder).zip(levels.get(level).copied());
        welcome.extend(ids);
        let stands = ids.is_some_and(|(principal, role)| holds(&rows, principal, role));
        if !stands && changes.wanted(Action::Assign, object) {
            let (principal, role) = ids.ok_or_else(|| SetupError::Level(level.to_owned()))?;
            list.assign(principal, role).await?;
        }
    }
    clear(list, &wish.url, &rows, &welcome, changes).await
}

fn wanted(wish: &super::List) -> BTreeSet<(Holder, &str)> {
    let grants = wish.grants.iter();
    let mut wanted: BTreeSet<_> = grants
        .map(|grant| (grant.to.into(), grant.level.as_str()))
        .collect();
    wanted.insert((Holder::Administrators, ADMINISTRATORS));
    wanted
}

fn holds(rows: &[Assignment], principal: PrincipalId, role: RoleDefinitionId) -> bool {
    let row = rows.iter().find(|row| row.principal_id == principal);
    row.is_some_and(|row| row.role_definition_bindings.iter().any(|held| held.id == role))
}

/// Takes everything else away. Limited Access is SharePoint's own trace of rights further down.
async fn clear(
    list: &List,
    url: &str,
    rows: &[Assignment],
    welcome: &BTreeSet<(PrincipalId, RoleDefinitionId)>,
    changes: &mut Changes,
) -> Result<(), SetupError> {
    for row in rows.iter().filter(|row| row.principal_id != SHAREPOINT_APP) {
        let held = row.role_definition_bindings.iter().filter(|role| !role.hidden);
        for role in held.filter(|role| !welcome.contains(&(row.principal_id, role.id))) {
            let object = format!("{url}: {} {}", row.member.title, role.name);
            if changes.wanted(Action::Unassign, object) {
                list.withdraw(row.principal_id, role.id).await?;
            }
        }
    }
    Ok(())
}
