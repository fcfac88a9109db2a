//! SharePoint groups and their members.

use std::collections::BTreeSet;

use super::fault::Fault;
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::change::{ChangeType, Changed};
use crate::sharepoint::state::ids::PrincipalId;
use crate::sharepoint::state::people::SiteGroup;
use crate::sharepoint::state::scope::Scope;

/// Creates a group that its creator owns; a person becomes its first member.
///
/// # Errors
/// 403 without CreateGroups on the web; a name that is empty or taken.
pub fn create(session: &mut Session<'_>, title: &str, description: &str) -> Result<PrincipalId, Fault> {
    session.require_web(BasePermissions::CREATE_GROUPS)?;
    let mut groups = session.site().groups.values();
    if title.is_empty() || groups.any(|group| group.title.eq_ignore_ascii_case(title)) {
        return Err(Fault::invalid_operation("The specified name is already in use."));
    }
    let owner = session.author();
    let first = (!session.principal.is_app()).then_some(owner);
    let site = session.site_mut();
    site.last_principal += 1;
    let id = PrincipalId(site.last_principal);
    let group = SiteGroup {
        id,
        title: title.to_owned(),
        description: description.to_owned(),
        owner,
        members: first.into_iter().collect::<BTreeSet<_>>(),
        only_members_view_membership: false,
        allow_members_edit_membership: false,
    };
    site.groups.insert(id, group);
    session.log(ChangeType::Add, Changed::Group { id: id.0 });
    session.record(&format!("create-group:{title}:{id}"));
    Ok(id)
}

/// Adds a site user to a group.
///
/// # Errors
/// 403 unless the caller owns the group or manages permissions; an unknown group or user.
pub fn add_member(session: &mut Session<'_>, group: PrincipalId, user: PrincipalId) -> Result<(), Fault> {
    require_owner(session, group)?;
    if !session.site().users.contains_key(&user) {
        return Err(Fault::principal_not_found(user.0));
    }
    members_mut(session, group)?.insert(user);
    session.log(ChangeType::MemberAdd, Changed::Group { id: group.0 });
    session.record(&format!("add-member:{group}:{user}"));
    Ok(())
}

pub fn remove_member(session: &mut Session<'_>, group: PrincipalId, user: PrincipalId) -> Result<(), Fault> {
    require_owner(session, group)?;
    if !members_mut(session, group)?.remove(&user) {
        return Err(Fault::principal_not_found(user.0));
    }
    session.log(ChangeType::MemberDelete, Changed::Group { id: group.0 });
    session.record(&format!("remove-member:{group}:{user}"));
    Ok(())
}

/// The members of a group, as far as the caller may know them.
///
/// # Errors
/// 404 for an unknown group, 403 where only members may see the membership.
pub fn members(session: &Session<'_>, group: PrincipalId) -> Result<Vec<PrincipalId>, Fault> {
    let found = find(session, group)?;
    let hidden = found.only_members_view_membership && !session.principal.all.contains(&group);
    if hidden && require_owner(session, group).is_err() {
        return Err(Fault::access_denied());
    }
    Ok(found.members.iter().copied().collect())
}

fn find<'a>(session: &'a Session<'_>, group: PrincipalId) -> Result<&'a SiteGroup, Fault> {
    let found = session.site().groups.get(&group);
    found.ok_or_else(|| Fault::principal_not_found(group.0))
}

fn members_mut<'a>(
    session: &'a mut Session<'_>,
    group: PrincipalId,
) -> Result<&'a mut BTreeSet<PrincipalId>, Fault> {
    let found = session.site_mut().groups.get_mut(&group);
    found
        .map(|group| &mut group.members)
        .ok_or_else(|| Fault::principal_not_found(group.0))
}

fn require_owner(session: &Session<'_>, group: PrincipalId) -> Result<(), Fault> {
    if session.principal.all.contains(&find(session, group)?.owner) {
        return Ok(());
    }
    session.require_web(BasePermissions::MANAGE_PERMISSIONS)
}

/// Removes a group and every assignment of it.
///
/// # Errors
/// As [`remove_member`].
pub fn delete(session: &mut Session<'_>, group: PrincipalId) -> Result<(), Fault> {
    require_owner(session, group)?;
    let site = session.site_mut();
    site.groups.remove(&group);
    site.scope.assignments.remove(&group);
    for list in site.lists.values_mut() {
        let forget = |scope: &mut Scope| {
            scope.assignments.remove(&group);
        };
        list.scope.as_mut().map(forget);
        list.items.change_all(|item| {
            item.scope.as_mut().map(forget);
        });
    }
    session.log(ChangeType::Delete, Changed::Group { id: group.0 });
    session.record(&format!("delete-group:{group}:"));
    Ok(())
}
