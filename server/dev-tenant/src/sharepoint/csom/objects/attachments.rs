//! Attachments of an item.

use crate::sharepoint::csom::argument::{Arguments, text};
use crate::sharepoint::csom::object::{Object, Outcome, Property};
use crate::sharepoint::csom::parameter::Value;
use crate::sharepoint::csom::wire::Wire;
use crate::sharepoint::operations::attachments;
use crate::sharepoint::operations::conflict::Guard;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::ids::{ItemId, ListId};

type Found<T> = Result<Option<T>, Fault>;

pub(in crate::sharepoint::csom) const PROPERTIES: [&str; 2] = ["FileName", "ServerRelativeUrl"];

pub(in crate::sharepoint::csom) fn property(
    session: &Session<'_>,
    list: ListId,
    item: ItemId,
    file: &str,
    name: &str,
) -> Found<Property> {
    let attachment = attachments::find(session, list, item, file)?;
    let root = &session.list(list)?.root_folder;
    Ok(Some(Property::Value(match name {
        "FileName" => Wire::text(&attachment.file_name),
        "ServerRelativeUrl" => Wire::text(format!("{root}/Attachments/{item}/{}", attachment.file_name)),
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
    let file = match name {
        "GetByFileName" => {
            let wanted = arguments.text(0)?;
            attachments::find(session, list, item, wanted)?.file_name.clone()
        }
        "Add" => {
            let new = arguments.record(0)?;
            let file = text(new.get("FileName")).unwrap_or_default().to_owned();
            let Value::Binary(content) = new.get("ContentStream") else {
                return Err(Fault::argument("ContentStream must be binary."));
            };
            attachments::add(session, list, item, &file, content.clone())?;
            file
        }
        _ => return Ok(None),
    };
    Ok(Some(Outcome::Object(Object::Attachment(list, item, file))))
}

pub(in crate::sharepoint::csom) fn attachment_method(
    session: &mut Session<'_>,
    list: ListId,
    item: ItemId,
    file: &str,
    name: &str,
) -> Found<Outcome> {
    if name != "DeleteObject" {
        return Ok(None);
    }
    attachments::delete(session, list, item, file, &Guard::Any)?;
    Ok(Some(Outcome::Void))
}
