//! Moving items and folders within a list. An item keeps its number, its history and its own permissions; what
//! inherits takes over the permissions of the folder it comes into. No version is added.

use super::fault::Fault;
use super::places::{self, Place};
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::change::{ChangeType, Changed};
use crate::sharepoint::state::ids::{ItemId, ListId};

/// `MoveTo(newUrl)`: to another folder, and for folders also to another name.
///
/// # Errors
/// 404 for what the caller cannot read, 403 without the right to edit it or to add in the new folder, 400 for a
/// name that is taken or not allowed, 501 for another list.
pub fn move_to(session: &mut Session<'_>, list: ListId, item: ItemId, url: &str) -> Result<(), Fault> {
    let present = session.item(list, item)?;
    let target = session.list(list)?;
    if !session.may_write(target, present, BasePermissions::EDIT_LIST_ITEMS) {
        return Err(Fault::access_denied());
    }
    let url = places::server_relative(session, url);
    let (directory, leaf) = url.rsplit_once('/').ok_or_else(Fault::file_not_found)?;
    let folder = destination(session, list, directory)?;
    if present.folder == folder && present.leaf == leaf {
        return Ok(());
    }
    super::items::require_add(session, target, folder)?;
    allowed(session, (list, item), folder, leaf)?;
    let changed = Changed::item(list, present);
    let effect = format!("move-item:{}/{item}:{url}", target.name());
    let at = session.at;
    session.change_item(list, item, |item| {
        item.folder = folder;
        leaf.clone_into(&mut item.leaf);
    })?;
    session.list_mut(list)?.touch(at);
    for change_type in told(session) {
        session.log(*change_type, changed.clone());
    }
    session.record(&effect);
    Ok(())
}

fn told(session: &Session<'_>) -> &'static [ChangeType] {
    if session.tenant.switches.move_logged_as_away_and_into {
        &[ChangeType::MoveAway, ChangeType::MoveInto]
    } else {
        &[ChangeType::Rename]
    }
}

fn destination(session: &Session<'_>, list: ListId, directory: &str) -> Result<Option<ItemId>, Fault> {
    match places::find(session, directory)? {
        Place::Folder(found, folder) if found == list => Ok(folder),
        Place::Folder(..) => Err(Fault::not_modelled("moving to another list")),
        Place::Item(..) => Err(Fault::file_not_found()),
    }
}

fn allowed(
    session: &Session<'_>,
    (list, item): (ListId, ItemId),
    folder: Option<ItemId>,
    leaf: &str,
) -> Result<(), Fault> {
    let target = session.list(list)?;
    let present = session.item(list, item)?;
    let same_name = present.leaf.eq_ignore_ascii_case(leaf);
    if !same_name && !present.is_folder {
        return Err(Fault::argument("The name of a list item cannot be changed."));
    }
    let parent = |id: &ItemId| target.items.get(id).and_then(|folder| folder.folder);
    if std::iter::successors(folder, parent).any(|above| above == item) {
        return Err(Fault::invalid_operation(
            "The destination folder lies within the folder that is to be moved.",
        ));
    }
    if same_name && present.folder == folder {
        return Ok(());
    }
    places::free_name(target, folder, leaf)
}
