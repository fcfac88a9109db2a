//! Items and folders by their address.

use super::fault::Fault;
use super::session::Session;
use crate::sharepoint::state::ids::{ItemId, ListId};
use crate::sharepoint::state::list::List;

/// What stands at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A folder; `None` = the list's root folder.
    Folder(ListId, Option<ItemId>),
    /// An item, which SharePoint also shows as a file.
    Item(ListId, ItemId),
}

/// What stands at a server-relative or absolute address.
///
/// # Errors
/// 404 for what is not there or not for the caller.
pub fn find(session: &Session<'_>, url: &str) -> Result<Place, Fault> {
    let url = server_relative(session, url);
    let lists = session.site().lists.values();
    let found = lists
        .filter(|list| session.may_open_list(list))
        .find_map(|list| Some((list, list.at_url(&url)?)));
    match found.ok_or_else(Fault::file_not_found)? {
        (list, None) => Ok(Place::Folder(list.id, None)),
        (list, Some(item)) if !session.may_read(list, item) => Err(Fault::file_not_found()),
        (list, Some(item)) if item.is_folder => Ok(Place::Folder(list.id, Some(item.id))),
        (list, Some(item)) => Ok(Place::Item(list.id, item.id)),
    }
}

/// The folder of a list at an address; `None` = its root folder.
///
/// # Errors
/// 404 for a folder that is not there, not for the caller, or of another list.
pub fn folder(session: &Session<'_>, list: ListId, url: &str) -> Result<Option<ItemId>, Fault> {
    match find(session, url)? {
        Place::Folder(found, folder) if found == list => Ok(folder),
        _ => Err(Fault::file_not_found()),
    }
}

/// Without the host, and without a slash at the end.
pub(super) fn server_relative(session: &Session<'_>, url: &str) -> String {
    let bare = url.strip_prefix(&session.host_url()).unwrap_or(url);
    bare.trim_end_matches('/').to_owned()
}

/// Characters that SharePoint Online refuses in the names of files and folders.
const FORBIDDEN: &str = "\"*:<>?/\\|";

/// Refuses a name that no folder may have, or that is taken in its folder.
pub(super) fn free_name(list: &List, folder: Option<ItemId>, name: &str) -> Result<(), Fault> {
    let shaped = !name.is_empty() && name == name.trim() && !name.ends_with('.');
    if !shaped || name.chars().any(|c| c.is_control() || FORBIDDEN.contains(c)) {
        return Err(Fault::argument(format!(
            "The file or folder name \"{name}\" contains characters that are not permitted. Please use a different name."
        )));
    }
    if list.items.named(folder, name).is_some() {
        return Err(Fault::name_taken(name));
    }
    Ok(())
}
