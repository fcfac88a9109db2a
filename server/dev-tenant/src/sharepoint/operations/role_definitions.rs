//! Creating, changing and removing permission levels.

use super::fault::Fault;
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::change::{ChangeType, Changed};
use crate::sharepoint::state::ids::RoleId;
use crate::sharepoint::state::role::{self, RoleDefinition};
use crate::sharepoint::state::scope::Scope;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRole {
    pub name: String,
    pub description: String,
    pub order: i32,
    pub permissions: BasePermissions,
}

/// Creates a custom level.
///
/// # Errors
/// 403 without ManagePermissions on the web; a name that is empty or taken.
pub fn create(session: &mut Session<'_>, new: NewRole) -> Result<RoleId, Fault> {
    session.require_web(BasePermissions::MANAGE_PERMISSIONS)?;
    free_name(session, &new.name, None)?;
    let last = session.site().roles.keys().next_back().copied();
    let id = last
        .map(|last| RoleId(last.0 + 1))
        .map_or(role::FIRST_CUSTOM, |next| next.max(role::FIRST_CUSTOM));
    let effect = format!("create-role:{}:{}", new.name, new.permissions.0);
    let made = RoleDefinition {
        id,
        name: new.name,
        description: new.description,
        order: new.order,
        hidden: false,
        role_type: 0,
        permissions: new.permissions,
    };
    session.site_mut().roles.insert(id, made);
    session.log(ChangeType::RoleAdd, Changed::Web);
    session.record(&effect);
    Ok(id)
}

/// Changes a custom level; the built-in ones cannot be changed here.
pub fn update(session: &mut Session<'_>, id: RoleId, new: NewRole) -> Result<(), Fault> {
    custom(session, id)?;
    free_name(session, &new.name, Some(id))?;
    let effect = format!("update-role:{}:{}", new.name, new.permissions.0);
    let role = session.site_mut().roles.get_mut(&id).ok_or_else(|| missing(id))?;
    role.name = new.name;
    role.description = new.description;
    role.order = new.order;
    role.permissions = new.permissions;
    session.log(ChangeType::RoleUpdate, Changed::Web);
    session.record(&effect);
    Ok(())
}

/// Removes a custom level with all its assignments.
pub fn delete(session: &mut Session<'_>, id: RoleId) -> Result<(), Fault> {
    custom(session, id)?;
    let site = session.site_mut();
    site.roles.remove(&id);
    let forget = |scope: &mut Scope| {
        scope.assignments.retain(|_, levels| {
            levels.remove(&id);
            !levels.is_empty()
        });
    };
    forget(&mut site.scope);
    for list in site.lists.values_mut() {
        list.scope.as_mut().map(forget);
        list.items.change_all(|item| {
            item.scope.as_mut().map(forget);
        });
    }
    session.log(ChangeType::RoleDelete, Changed::Web);
    session.record(&format!("delete-role:{id}:"));
    Ok(())
}

fn custom(session: &Session<'_>, id: RoleId) -> Result<(), Fault> {
    session.require_web(BasePermissions::MANAGE_PERMISSIONS)?;
    let role = session.site().roles.get(&id).ok_or_else(|| missing(id))?;
    if role.role_type == 0 {
        Ok(())
    } else {
        Err(Fault::invalid_operation(
            "A built-in permission level cannot be changed.",
        ))
    }
}

fn free_name(session: &Session<'_>, name: &str, except: Option<RoleId>) -> Result<(), Fault> {
    let mut others = session
        .site()
        .roles
        .values()
        .filter(|role| Some(role.id) != except);
    if name.is_empty() || others.any(|role| role.name.eq_ignore_ascii_case(name)) {
        return Err(Fault::invalid_operation(
            "The permission level name is empty or already in use.",
        ));
    }
    Ok(())
}

fn missing(id: RoleId) -> Fault {
    Fault::argument(format!("Role definition {id} does not exist."))
}
