//! Breaking and restoring the inheritance of permissions.

use super::fault::Fault;
use super::limits;
use super::securable::Securable;
use super::session::Session;
use crate::sharepoint::state::change::ChangeType;
use crate::sharepoint::state::ids::{ListId, ScopeId};
use crate::sharepoint::state::role;
use crate::sharepoint::state::scope::Scope;

/// `BreakRoleInheritance(copyRoleAssignments, clearSubscopes)`. An object that is unique already keeps its scope.
///
/// # Errors
/// 403 without ManagePermissions; too many scopes in the list; too many items below.
pub fn break_inheritance(
    session: &mut Session<'_>,
    securable: Securable,
    copy: bool,
    clear_subscopes: bool,
) -> Result<(), Fault> {
    session.require_manage_permissions(securable)?;
    if clear_subscopes {
        clear(session, securable)?;
    }
    if session.has_unique_assignments(securable)? {
        return Ok(());
    }
    within_limits(session, securable)?;
    let parent = session.scope(securable)?.clone();
    let mut scope = Scope::empty(ScopeId(session.tenant.ids.uuid()));
    if copy {
        scope.assignments = parent.assignments;
    } else if !session.principal.is_app() || session.tenant.switches.app_keeps_assignment_on_break {
        scope.add(session.author(), role::FULL_CONTROL);
    }
    let (changed, name) = (session.changed(securable)?, session.name_of(securable)?);
    session.set_own_scope(securable, Some(scope))?;
    for change in [
        ChangeType::AssignmentAdd,
        ChangeType::ScopeAdd,
        ChangeType::AssignmentAdd,
    ] {
        session.log(change, changed.clone());
    }
    session.record(&format!("break-inheritance:{name}:copy={copy}"));
    Ok(())
}

/// `ResetRoleInheritance()`; harmless on an object that inherits.
pub fn reset_inheritance(session: &mut Session<'_>, securable: Securable) -> Result<(), Fault> {
    session.require_manage_permissions(securable)?;
    if !session.has_unique_assignments(securable)? {
        return Ok(());
    }
    let (changed, name) = (session.changed(securable)?, session.name_of(securable)?);
    session.set_own_scope(securable, None)?;
    session.log(ChangeType::ScopeDelete, changed);
    session.record(&format!("reset-inheritance:{name}:"));
    Ok(())
}

fn clear(session: &mut Session<'_>, securable: Securable) -> Result<(), Fault> {
    let Securable::List(list) = securable else {
        return Ok(());
    };
    for item in session.list_mut(list)?.items.values_mut() {
        item.scope = None;
    }
    Ok(())
}

fn within_limits(session: &Session<'_>, securable: Securable) -> Result<(), Fault> {
    match securable {
        Securable::Item(list, _) if unique_scopes(session, list)? >= limits::UNIQUE_SCOPES_A_LIST => {
            Err(Fault::too_many_scopes())
        }
        Securable::List(list) if session.list(list)?.items.len() > limits::ITEMS_BELOW_A_BREAK => {
            Err(Fault::invalid_operation(
                "The operation to break role inheritance failed because there are too many items in the folder.",
            ))
        }
        _ => Ok(()),
    }
}

/// Distinct scopes in a list, the list's own not counted.
pub fn unique_scopes(session: &Session<'_>, list: ListId) -> Result<usize, Fault> {
    let items = session.list(list)?.items.values();
    Ok(items.filter(|item| item.scope.is_some()).count())
}
