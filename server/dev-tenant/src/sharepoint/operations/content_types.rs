//! Content types of a site, of a list and of its items.

use super::fault::Fault;
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::ids::{ItemId, ListId};
use crate::sharepoint::state::list::{ContentType, List};

/// Content types that every site has.
pub const AVAILABLE: [(&str, &str); 5] = [
    ("0x01", "Item"),
    ("0x0101", "Document"),
    ("0x0104", "Announcement"),
    ("0x0108", "Task"),
    ("0x0120", "Folder"),
];

/// `AddAvailableContentType`: a copy for the list; answers its id.
///
/// # Errors
/// 403 without ManageLists, 404 for a content type that the site does not have.
pub fn add_available(session: &mut Session<'_>, list: ListId, id: &str) -> Result<String, Fault> {
    session.require_list(session.list(list)?, BasePermissions::MANAGE_LISTS)?;
    let mut known = AVAILABLE.iter();
    let (parent, name) = known
        .find(|(known, _)| known.eq_ignore_ascii_case(id))
        .ok_or_else(Fault::file_not_found)?;
    let suffix = session.tenant.ids.uuid().simple().to_string().to_uppercase();
    let made = format!("{parent}00{suffix}");
    let effect = format!("add-content-type:{}:{name}", session.list(list)?.name());
    session.list_mut(list)?.content_types.push(ContentType {
        id: made.clone(),
        name: (*name).to_owned(),
    });
    session.record(&effect);
    Ok(made)
}

/// The list's own content type that is meant by its id, or by that of the site's content type it comes from.
///
/// # Errors
/// 400 for a content type that the list does not have.
pub fn of_list<'l>(list: &'l List, asked: &str) -> Result<&'l ContentType, Fault> {
    let same = |known: &&ContentType| known.id.eq_ignore_ascii_case(asked);
    let copy = |known: &&ContentType| {
        let (parent, _) = known.id.split_at(known.id.len().saturating_sub(34));
        parent.eq_ignore_ascii_case(asked)
    };
    let types = &list.content_types;
    let found = types.iter().find(same).or_else(|| types.iter().find(copy));
    found.ok_or_else(|| Fault::argument("The content type is not one of the list's."))
}

/// Gives an item another content type of its list, beside what else is being written of it.
pub fn assign(session: &mut Session<'_>, list: ListId, item: ItemId, id: &str) -> Result<(), Fault> {
    let chosen = of_list(session.list(list)?, id)?.id.clone();
    session.change_item(list, item, |item| item.content_type = chosen)
}

/// Takes a content type from a list.
///
/// # Errors
/// 403 without ManageLists, 404 for one that the list does not have, 500 for one that items are of.
pub fn remove(session: &mut Session<'_>, list: ListId, id: &str) -> Result<(), Fault> {
    let target = session.list(list)?;
    session.require_list(target, BasePermissions::MANAGE_LISTS)?;
    let mut types = target.content_types.iter();
    let gone = types.find(|known| known.id.eq_ignore_ascii_case(id));
    let gone = gone.ok_or_else(Fault::file_not_found)?.clone();
    if target.items.values().any(|item| item.content_type == gone.id) {
        return Err(Fault::invalid_operation("The content type is in use."));
    }
    let effect = format!("remove-content-type:{}:{}", target.name(), gone.name);
    session
        .list_mut(list)?
        .content_types
        .retain(|known| known.id != gone.id);
    session.record(&effect);
    Ok(())
}
