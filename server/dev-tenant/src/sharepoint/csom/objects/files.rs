//! Items as files, and the folders of lists.

use crate::sharepoint::csom::argument::{Arguments, text};
use crate::sharepoint::csom::object::{ItemHandle, Object, Outcome, Property};
use crate::sharepoint::csom::parameter::Value;
use crate::sharepoint::csom::wire::Wire;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::moves;
use crate::sharepoint::operations::places::{self, Place};
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::ids::{ItemId, ListId};

type Found<T> = Result<Option<T>, Fault>;

pub(in crate::sharepoint::csom) const FILE_PROPERTIES: [&str; 4] =
    ["Exists", "Name", "ServerRelativeUrl", "UniqueId"];
pub(in crate::sharepoint::csom) const FOLDER_PROPERTIES: [&str; 4] =
    ["Exists", "ItemCount", "Name", "ServerRelativeUrl"];

/// `SP.ResourcePath`, or the text that older methods take.
pub(super) fn path(value: &Value) -> Option<&str> {
    match value {
        Value::Record(path) => text(path.get("DecodedUrl")),
        other => text(other),
    }
}

fn required(value: &Value) -> Result<&str, Fault> {
    path(value).ok_or_else(|| Fault::argument("The parameter must be a path."))
}

pub(super) fn file_at(session: &Session<'_>, value: &Value) -> Result<Object, Fault> {
    match places::find(session, required(value)?)? {
        Place::Item(list, item) => Ok(Object::File(list, item)),
        Place::Folder(..) => Err(Fault::file_not_found()),
    }
}

pub(super) fn folder_at(session: &Session<'_>, value: &Value) -> Result<Object, Fault> {
    match places::find(session, required(value)?)? {
        Place::Folder(list, folder) => Ok(Object::Folder(list, folder)),
        Place::Item(..) => Err(Fault::file_not_found()),
    }
}

pub(in crate::sharepoint::csom) fn file_property(
    session: &Session<'_>,
    list: ListId,
    item: ItemId,
    name: &str,
) -> Found<Property> {
    let found = session.item(list, item)?;
    Ok(Some(match name {
        "Exists" => Property::Value(Wire::Boolean(true)),
        "Name" => Property::Value(Wire::text(&found.leaf)),
        "ServerRelativeUrl" => Property::Value(Wire::text(session.list(list)?.url(found))),
        "UniqueId" => Property::Value(Wire::Guid(found.unique_id)),
        "ListItemAllFields" => Property::Object(Object::Item(ItemHandle::existing(list, item))),
        _ => return Ok(None),
    }))
}

pub(in crate::sharepoint::csom) fn folder_property(
    session: &Session<'_>,
    list: ListId,
    folder: Option<ItemId>,
    name: &str,
) -> Found<Property> {
    if let Some(folder) = folder
        && name != "ItemCount"
    {
        return file_property(session, list, folder, name);
    }
    let list = session.list(list)?;
    Ok(Some(Property::Value(match name {
        "Exists" => Wire::Boolean(true),
        "ServerRelativeUrl" => Wire::text(&list.root_folder),
        "Name" => Wire::optional(list.root_folder.rsplit('/').next()),
        "ItemCount" => {
            let count = list.items.children(folder).count();
            Wire::Integer(i64::try_from(count).unwrap_or(i64::MAX))
        }
        "ListItemAllFields" => return Ok(Some(Property::Nothing)),
        _ => return Ok(None),
    })))
}

pub(in crate::sharepoint::csom) fn method(
    session: &mut Session<'_>,
    list: ListId,
    item: ItemId,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    if !matches!(name, "MoveTo" | "MoveToUsingPath") {
        return Ok(None);
    }
    moves::move_to(session, list, item, required(arguments.value(0))?)?;
    Ok(Some(Outcome::Void))
}
