//! Content types of a site, of a list and of its items.

use super::content_type_name;
use super::fault::{Fault, SP_EXCEPTION};
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::content_type::ContentType;
use crate::sharepoint::state::ids::{ItemId, ListId};
use crate::sharepoint::state::list::List;

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
/// 403 without ManageLists, 404 for a content type that the site does not have, 500 for a name that the list has.
pub fn add_available(session: &mut Session<'_>, list: ListId, id: &str) -> Result<String, Fault> {
    let target = changeable(session, list)?;
    let mut known = AVAILABLE.iter();
    let (parent, name) = known
        .find(|(known, _)| known.eq_ignore_ascii_case(id))
        .ok_or_else(Fault::file_not_found)?;
    content_type_name::is_free(name, target.content_types.iter())?;
    let effect = format!("add-content-type:{}:{name}", target.name());
    let made = ContentType::copy(parent, name, session.tenant.ids.uuid());
    let id = made.id.clone();
    session.list_mut(list)?.content_types.push(made);
    session.record(&effect);
    Ok(id)
}

/// A list's content type by its own id.
///
/// # Errors
/// 404 for one that the list does not have.
pub fn find<'l>(list: &'l List, id: &str) -> Result<&'l ContentType, Fault> {
    let mut known = list.content_types.iter();
    let found = known.find(|known| known.id.eq_ignore_ascii_case(id));
    found.ok_or_else(Fault::file_not_found)
}

/// Puts a changed copy of a list's content type in its place; the id stays.
///
/// # Errors
/// 403 without ManageLists, 404 for one that the list does not have, 500 for one that stays read-only, for a name
/// that another one of the list bears or that may not be.
pub fn update(session: &mut Session<'_>, list: ListId, changed: ContentType) -> Result<(), Fault> {
    let target = changeable(session, list)?;
    let present = find(target, &changed.id)?;
    if changed.read_only {
        is_open(target, present)?;
    }
    content_type_name::is_sound(&changed.name)?;
    let others = target.content_types.iter().filter(|other| other.id != present.id);
    content_type_name::is_free(&changed.name, others)?;
    let effect = format!("update-content-type:{}:{}", target.name(), changed.name);
    let mut places = session.list_mut(list)?.content_types.iter_mut();
    if let Some(place) = places.find(|known| known.id == changed.id) {
        *place = changed;
    }
    session.record(&effect);
    Ok(())
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
/// 403 without ManageLists, 404 for one that the list does not have, 500 for one that is read-only, that items are
/// of, or without which there is none for items.
pub fn remove(session: &mut Session<'_>, list: ListId, id: &str) -> Result<(), Fault> {
    let target = changeable(session, list)?;
    let gone = find(target, id)?.clone();
    is_open(target, &gone)?;
    if target.items.values().any(|item| item.content_type == gone.id) {
        return Err(Fault::server(SP_EXCEPTION, "Content type is still in use."));
    }
    let mut others = target.content_types.iter().filter(|other| other.id != gone.id);
    if others.all(ContentType::is_of_folders) {
        let text = "The last content type on a list cannot be deleted.";
        return Err(Fault::server(SP_EXCEPTION, text));
    }
    let effect = format!("remove-content-type:{}:{}", target.name(), gone.name);
    let kept = |known: &ContentType| known.id != gone.id;
    session.list_mut(list)?.content_types.retain(kept);
    session.record(&effect);
    Ok(())
}

fn changeable<'a>(session: &'a Session<'_>, list: ListId) -> Result<&'a List, Fault> {
    let target = session.list(list)?;
    session.require_list(target, BasePermissions::MANAGE_LISTS)?;
    Ok(target)
}

fn is_open(list: &List, present: &ContentType) -> Result<(), Fault> {
    if !present.read_only {
        return Ok(());
    }
    Err(Fault::server(
        "Microsoft.SharePoint.SPContentTypeReadOnlyException",
        format!(
            "The content type \"{}\" at \"{}\" is read only.",
            present.name, list.root_folder
        ),
    ))
}
