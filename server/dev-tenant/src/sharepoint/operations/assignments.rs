//! Role assignments.

use std::collections::BTreeSet;

use super::fault::Fault;
use super::limits;
use super::securable::Securable;
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::change::ChangeType;
use crate::sharepoint::state::ids::{PrincipalId, RoleId};
use crate::sharepoint::state::role;
use crate::sharepoint::state::scope::Scope;

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
    let full = above(session, securable).any(|scope| is_full(scope, principal));
    let scope = session.own_scope_mut(securable)?.ok_or_else(inherits)?;
    if full || is_full(scope, principal) {
        return Err(Fault::invalid_operation(
            "The security scope holds too many role assignments.",
        ));
    }
    if scope.add(principal, level) {
        limited_access_above(session, securable, principal);
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
    let scope = session.own_scope_mut(securable)?.ok_or_else(inherits)?;
    let removed = match level {
        Some(level) => scope.remove(principal, level),
        None => scope.assignments.remove(&principal).is_some(),
    };
    if removed {
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

/// The scopes above an object.
fn above<'a>(session: &'a Session<'_>, securable: Securable) -> impl Iterator<Item = &'a Scope> {
    let site = session.site();
    let list = match securable {
        Securable::Item(list, _) => site.lists.get(&list).and_then(|list| list.scope.as_ref()),
        _ => None,
    };
    let web = (securable != Securable::Web).then_some(&site.scope);
    list.into_iter().chain(web)
}

/// Rights on an item or list bring Limited Access on every scope above, so that the way there is open.
fn limited_access_above(session: &mut Session<'_>, securable: Securable, principal: PrincipalId) {
    let site = session.site_mut();
    if let Securable::Item(list, _) = securable
        && let Some(scope) = site.lists.get_mut(&list).and_then(|list| list.scope.as_mut())
    {
        let held = scope.assignments.entry(principal).or_default();
        if held.is_empty() {
            held.insert(role::LIMITED_ACCESS);
        }
    }
    if securable != Securable::Web {
        let held = site.scope.assignments.entry(principal).or_default();
        if held.is_empty() {
            held.insert(role::LIMITED_ACCESS);
        }
    }
}
