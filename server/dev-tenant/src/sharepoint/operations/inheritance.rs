//! Breaking and restoring the inheritance of permissions.

use super::fault::Fault;
use super::limits;
use super::securable::Securable;
use super::session::Session;
use crate::sharepoint::state::change::ChangeType;
use crate::sharepoint::state::ids::{ItemId, ListId, ScopeId};
use crate::sharepoint::state::items::Items;
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
    let scope = first_scope(session, securable, copy)?;
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

/// The parent's assignments, hidden Limited Access rows included, or the caller alone.
fn first_scope(session: &mut Session<'_>, securable: Securable, copy: bool) -> Result<Scope, Fault> {
    let mut scope = Scope::empty(ScopeId(session.tenant.ids.uuid()));
    if copy {
        scope
            .assignments
            .clone_from(&session.scope(securable)?.assignments);
    } else if !session.principal.is_app() || session.tenant.switches.app_keeps_assignment_on_break {
        scope.add(session.author(), role::FULL_CONTROL);
    }
    Ok(scope)
}

/// `ResetRoleInheritance()`; harmless on an object that inherits.
pub fn reset_inheritance(session: &mut Session<'_>, securable: Securable) -> Result<(), Fault> {
    session.require_manage_permissions(securable)?;
    if !session.has_unique_assignments(securable)? {
        return Ok(());
    }
    within_size(session, securable)?;
    let (changed, name) = (session.changed(securable)?, session.name_of(securable)?);
    session.set_own_scope(securable, None)?;
    session.log(ChangeType::ScopeDelete, changed);
    session.record(&format!("reset-inheritance:{name}:"));
    Ok(())
}

/// Takes the scopes of all that lies below a list or folder.
fn clear(session: &mut Session<'_>, securable: Securable) -> Result<(), Fault> {
    let (list, below) = match securable {
        Securable::Web => return Ok(()),
        Securable::List(list) => (list, below(&session.list(list)?.items, None)),
        Securable::Item(list, item) => (list, below(&session.list(list)?.items, Some(item))),
    };
    let items = &mut session.list_mut(list)?.items;
    for id in below {
        items.change(id, |item| item.scope = None);
    }
    Ok(())
}

/// Everything in a folder, the folders in it included.
fn below(items: &Items, folder: Option<ItemId>) -> Vec<ItemId> {
    let mut found: Vec<ItemId> = items.children(folder).collect();
    let mut at = 0;
    while let Some(id) = found.get(at) {
        let inner: Vec<ItemId> = items.children(Some(*id)).collect();
        found.extend(inner);
        at += 1;
    }
    found
}

fn within_limits(session: &Session<'_>, securable: Securable) -> Result<(), Fault> {
    match securable {
        Securable::Item(list, _) if unique_scopes(session, list)? >= limits::UNIQUE_SCOPES_A_LIST => {
            Err(Fault::too_many_scopes())
        }
        _ => within_size(session, securable),
    }
}

/// A list or folder with too many items cannot change its inheritance; items in it can.
fn within_size(session: &Session<'_>, securable: Securable) -> Result<(), Fault> {
    let count = match securable {
        Securable::Web => 0,
        Securable::List(list) => session.list(list)?.items.len(),
        Securable::Item(list, item) => {
            let inside = session.list(list)?.items.children(Some(item));
            inside.take(limits::ITEMS_BELOW_A_BREAK + 1).count()
        }
    };
    if count > limits::ITEMS_BELOW_A_BREAK {
        return Err(Fault::invalid_operation(
            "The operation to break role inheritance failed because there are too many items in the folder.",
        ));
    }
    Ok(())
}

/// Distinct scopes in a list, the list's own not counted.
pub fn unique_scopes(session: &Session<'_>, list: ListId) -> Result<usize, Fault> {
    Ok(session.list(list)?.items.unique_scopes())
}
