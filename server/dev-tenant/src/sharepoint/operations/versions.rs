//! The version history of an item.

use super::fault::Fault;
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::change::{ChangeType, Changed};
use crate::sharepoint::state::ids::{ItemId, ListId};
use crate::sharepoint::state::item::Version;

/// Versions, newest first.
///
/// # Errors
/// 404 for what the caller cannot read, 403 without the right to view versions.
pub fn versions<'a>(session: &'a Session<'_>, list: ListId, item: ItemId) -> Result<Vec<&'a Version>, Fault> {
    let present = session.item(list, item)?;
    if !session
        .item_permissions(session.list(list)?, present)
        .has(BasePermissions::VIEW_VERSIONS)
    {
        return Err(Fault::access_denied());
    }
    Ok(present.versions.iter().rev().collect())
}

/// The version id (512 × number) behind a label such as `3.0`.
///
/// # Errors
/// As [`versions`]; 404 for a label that the item does not have.
pub fn labelled(session: &Session<'_>, list: ListId, item: ItemId, label: &str) -> Result<u32, Fault> {
    let all = versions(session, list, item)?;
    let found = all.into_iter().find(|version| version.label() == label);
    found.map(Version::id).ok_or_else(Fault::item_not_found)
}

/// Deletes one version that is not the present one.
///
/// # Errors
/// 403 without the right to delete versions, 404 for a version that is not there, a refusal of the present one.
pub fn delete(session: &mut Session<'_>, list: ListId, item: ItemId, version_id: u32) -> Result<(), Fault> {
    require_delete(session, list, item)?;
    let present = session.item(list, item)?;
    if present.current().id() == version_id {
        return Err(Fault::invalid_operation("You cannot delete the current version."));
    }
    if !present.versions.iter().any(|version| version.id() == version_id) {
        return Err(Fault::item_not_found());
    }
    take(session, list, item, |version| version.id() == version_id)?;
    let name = session.list(list)?.name();
    session.record(&format!("delete-version:{name}/{item}:{version_id}"));
    Ok(())
}

/// Deletes every version but the present one.
pub fn delete_all(session: &mut Session<'_>, list: ListId, item: ItemId) -> Result<(), Fault> {
    require_delete(session, list, item)?;
    let present = session.item(list, item)?.current().id();
    take(session, list, item, |version| version.id() != present)?;
    let name = session.list(list)?.name();
    session.record(&format!("delete-version:{name}/{item}:all"));
    Ok(())
}

fn require_delete(session: &Session<'_>, list: ListId, item: ItemId) -> Result<(), Fault> {
    let (present, target) = (session.item(list, item)?, session.list(list)?);
    if session.may_write(target, present, BasePermissions::DELETE_VERSIONS) {
        Ok(())
    } else {
        Err(Fault::access_denied())
    }
}

/// Webhooks tell of deleted versions; which row the change log gets is not documented: here it is the one that a
/// reader of updates does not ask for.
fn take(
    session: &mut Session<'_>,
    list: ListId,
    item: ItemId,
    gone: impl Fn(&Version) -> bool,
) -> Result<(), Fault> {
    let changed = session.change_item(list, item, |item| {
        item.versions.retain(|version| !gone(version));
        Changed::item(list, item)
    })?;
    session.log(ChangeType::SystemUpdate, changed);
    Ok(())
}
