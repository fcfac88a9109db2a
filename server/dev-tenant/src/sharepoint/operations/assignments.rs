//! Role assignments.

use std::collections::BTreeSet;

use super::fault::Fault;
use super::limits;
use super::securable::Securable;
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::change::ChangeType;
use crate::sharepoint::state::ids::{ItemId, PrincipalId, RoleId};
use crate::sharepoint::state::role;
use crate::sharepoint::state::scope::Scope;
use crate::sharepoint::state::site::Site;

/// The assignments that hold for an object, hidden Limited Access rows included.
///
/// # Errors
/// 404 for what the caller cannot read, 403 without the right to enumerate permissions.
pub fn assignments<'a>(session: &'a Session<'_>, securable: Securable) -> Result<&'a Scope, Fault> {
    let scope = session.scope(securable)?;
    if session
        .permissions(securable)?
        .has(BasePermissions::ENUMERATE_PERMISSIONS)
    {
        Ok(scope)
    } else {
        Err(Fault::access_denied())
    }
}

/// Gives a principal one level on an object with own permissions, and Limited Access on the objects above.
///
/// # Errors
/// 403 without ManagePermissions; an object that inherits; an unknown principal or level; a full scope.
pub fn add(
    session: &mut Session<'_>,
    securable: Securable,
    principal: PrincipalId,
    level: RoleId,
) -> Result<(), Fault> {
    session.require_manage_permissions(securable)?;
    known(session, principal, level)?;
    let (changed, name) = (session.changed(securable)?, session.name_of(securable)?);
    if !session.has_unique_assignments(securable)? {
        return Err(inherits());
    }
    let own = is_full(session.scope(securable)?, principal);
    if own || scopes_above(session, securable)?.any(|scope| is_full(scope, principal)) {
        return Err(Fault::invalid_operation(
            "The security scope holds too many role assignments.",
        ));
    }
    let added = session.change_own_scope(securable, |scope| scope.add(principal, level))?;
    if added == Some(true) {
        limited_access_above(session, securable, principal)?;
        session.log(ChangeType::AssignmentAdd, changed);
    }
    session.record(&format!("add-assignment:{name}:{principal}={level}"));
    Ok(())
}

/// Takes one level, or all (`level` = `None`), from a principal.
pub fn remove(
    session: &mut Session<'_>,
    securable: Securable,
    principal: PrincipalId,
    level: Option<RoleId>,
) -> Result<(), Fault> {
    session.require_manage_permissions(securable)?;
    let (changed, name) = (session.changed(securable)?, session.name_of(securable)?);
    let removed = session.change_own_scope(securable, |scope| match level {
        Some(level) => scope.remove(principal, level),
        None => scope.assignments.remove(&principal).is_some(),
    })?;
    if removed.ok_or_else(inherits)? {
        session.log(ChangeType::AssignmentDelete, changed);
        let level = level.map_or_else(|| "all".to_owned(), |level| level.to_string());
        session.record(&format!("remove-assignment:{name}:{principal}={level}"));
        Ok(())
    } else {
        Err(Fault::principal_not_found(principal.0))
    }
}

/// The levels a principal holds in a scope.
pub fn levels(scope: &Scope, principal: PrincipalId) -> Option<&BTreeSet<RoleId>> {
    scope.assignments.get(&principal)
}

fn inherits() -> Fault {
    Fault::invalid_operation("This operation is not allowed on an object that inherits permissions.")
}

fn known(session: &Session<'_>, principal: PrincipalId, level: RoleId) -> Result<(), Fault> {
    if !session.site().has_principal(principal) {
        return Err(Fault::principal_not_found(principal.0));
    }
    match session.site().roles.get(&level) {
        Some(role) if !role.hidden => Ok(()),
        Some(_) => Err(Fault::argument("Cannot assign a hidden permission level.")),
        None => Err(Fault::argument(format!(
            "Role definition {level} does not exist."
        ))),
    }
}

/// Whether a scope has no room for a principal that it does not hold yet.
fn is_full(scope: &Scope, principal: PrincipalId) -> bool {
    !scope.assignments.contains_key(&principal) && scope.assignments.len() >= limits::ASSIGNMENTS_A_SCOPE
}

/// The objects above that may have a scope of their own: folders, list, web.
fn above(session: &Session<'_>, securable: Securable) -> Result<Vec<Securable>, Fault> {
    let mut objects = Vec::new();
    if let Securable::Item(list, item) = securable {
        let items = &session.list(list)?.items;
        let folder_of = |id: ItemId| items.get(&id).and_then(|item| item.folder);
        let folders = std::iter::successors(folder_of(item), |folder| folder_of(*folder));
        objects.extend(folders.map(|folder| Securable::Item(list, folder)));
        objects.push(Securable::List(list));
    }
    if securable != Securable::Web {
        objects.push(Securable::Web);
    }
    Ok(objects)
}

fn scopes_above<'a>(
    session: &'a Session<'_>,
    securable: Securable,
) -> Result<impl Iterator<Item = &'a Scope>, Fault> {
    let site = session.site();
    let objects = above(session, securable)?.into_iter();
    Ok(objects.filter_map(move |object| own_scope(site, object)))
}

fn own_scope(site: &Site, object: Securable) -> Option<&Scope> {
    match object {
        Securable::Web => Some(&site.scope),
        Securable::List(list) => site.lists.get(&list)?.scope.as_ref(),
        Securable::Item(list, item) => site.lists.get(&list)?.items.get(&item)?.scope.as_ref(),
    }
}

/// Rights on an item, folder or list bring Limited Access on every scope above, so that the way there is open.
fn limited_access_above(
    session: &mut Session<'_>,
    securable: Securable,
    principal: PrincipalId,
) -> Result<(), Fault> {
    for object in above(session, securable)? {
        let scope = own_scope(session.site(), object);
        if scope.is_some_and(|scope| !scope.assignments.contains_key(&principal)) {
            session.change_own_scope(object, |scope| scope.add(principal, role::LIMITED_ACCESS))?;
        }
    }
    Ok(())
}
