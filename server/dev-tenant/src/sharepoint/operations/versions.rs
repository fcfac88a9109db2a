//! The version history of an item.

use super::fault::Fault;
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
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

/// Deletes one version that is not the present one.
pub fn delete(session: &mut Session<'_>, list: ListId, item: ItemId, version_id: u32) -> Result<(), Fault> {
    let present = session.item(list, item)?;
    let target = session.list(list)?;
    if !session.may_write(target, present, BasePermissions::DELETE_VERSIONS) {
        return Err(Fault::access_denied());
    }
    if present.current().id() == version_id {
        return Err(Fault::invalid_operation("You cannot delete the current version."));
    }
    let effect = format!("delete-version:{}/{item}:{version_id}", target.name());
    session.change_item(list, item, |item| {
        item.versions.retain(|version| version.id() != version_id);
    })?;
    session.record(&effect);
    Ok(())
}
