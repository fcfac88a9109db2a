//! Attachments of items.

use super::conflict::Guard;
use super::fault::Fault;
use super::limits;
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::change::{ChangeType, Changed};
use crate::sharepoint::state::ids::{ItemId, ListId};
use crate::sharepoint::state::item::{Attachment, Item};

/// Adds a file to an item, which counts as a change of the item.
///
/// # Errors
/// As an update; a name that is taken; a file that is too large; a list without attachments.
pub fn add(
    session: &mut Session<'_>,
    list: ListId,
    item: ItemId,
    name: &str,
    content: Vec<u8>,
) -> Result<(), Fault> {
    let present = require_edit(session, list, item)?;
    if present
        .attachments
        .keys()
        .any(|taken| taken.eq_ignore_ascii_case(name))
    {
        return Err(Fault::new(
            400,
            -2_130_575_257,
            super::fault::SP_EXCEPTION,
            "The specified name is already in use.\n\nThe document or folder name was not changed.",
        ));
    }
    if content.len() > limits::ATTACHMENT_BYTES {
        return Err(Fault::argument("The file is too large."));
    }
    let attachment = Attachment {
        unique_id: session.tenant.ids.uuid(),
        file_name: name.to_owned(),
        content,
        author: session.author(),
        added: session.at,
    };
    session.change_item(list, item, |item| {
        item.attachments.insert(name.to_owned(), attachment);
    })?;
    changed(session, list, item, &format!("add-attachment:{item}:{name}"))
}

/// Puts new content into an attachment.
pub fn replace(
    session: &mut Session<'_>,
    list: ListId,
    item: ItemId,
    name: &str,
    content: Vec<u8>,
) -> Result<(), Fault> {
    require_edit(session, list, item)?;
    let name = find(session, list, item, name)?.file_name.clone();
    session.change_item(list, item, |item| {
        if let Some(attachment) = item.attachments.get_mut(&name) {
            attachment.content = content;
        }
    })?;
    changed(session, list, item, &format!("replace-attachment:{item}:{name}"))
}

pub fn delete(
    session: &mut Session<'_>,
    list: ListId,
    item: ItemId,
    name: &str,
    guard: &Guard,
) -> Result<(), Fault> {
    guard.check(require_edit(session, list, item)?)?;
    let name = find(session, list, item, name)?.file_name.clone();
    session.change_item(list, item, |item| {
        item.attachments.remove(&name);
    })?;
    changed(session, list, item, &format!("delete-attachment:{item}:{name}"))
}

/// An attachment of an item that the caller may read, by name without regard to case.
pub fn find<'a>(
    session: &'a Session<'_>,
    list: ListId,
    item: ItemId,
    name: &str,
) -> Result<&'a Attachment, Fault> {
    let attachments = &session.item(list, item)?.attachments;
    let mut found = attachments
        .values()
        .filter(|file| file.file_name.eq_ignore_ascii_case(name));
    found.next().ok_or_else(Fault::file_not_found)
}

fn require_edit<'a>(session: &'a Session<'_>, list: ListId, item: ItemId) -> Result<&'a Item, Fault> {
    let present = session.item(list, item)?;
    let target = session.list(list)?;
    if !session.may_write(target, present, BasePermissions::EDIT_LIST_ITEMS) {
        return Err(Fault::access_denied());
    }
    if !target.settings.enable_attachments {
        return Err(Fault::invalid_operation(
            "Attachments are disabled for this list.",
        ));
    }
    Ok(present)
}

fn changed(session: &mut Session<'_>, list: ListId, item: ItemId, effect: &str) -> Result<(), Fault> {
    let at = session.at;
    let name = session.list(list)?.name();
    let change = session.change_item(list, item, |item| {
        item.revision += 1;
        Changed::item(list, item)
    })?;
    session.list_mut(list)?.touch(at);
    session.log(ChangeType::Update, change);
    let (verb, rest) = effect.split_once(':').unwrap_or((effect, ""));
    session.record(&format!("{verb}:{name}/{rest}"));
    Ok(())
}
