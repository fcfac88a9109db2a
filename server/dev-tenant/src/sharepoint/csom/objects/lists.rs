//! Collections of lists, items and content types.

use crate::sharepoint::csom::argument::{Arguments, number, text};
use crate::sharepoint::csom::object::{ItemHandle, Items, Object, Outcome, Property};
use crate::sharepoint::csom::wire::Wire;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::lists::{self, NewList};
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::ids::{ItemId, ListId};

type Found<T> = Result<Option<T>, Fault>;

/// The template of a list that was asked for without one: a custom list.
const GENERIC_LIST: u32 = 100;

pub(in crate::sharepoint::csom) fn method(
    session: &mut Session<'_>,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    let id = match name {
        "GetByTitle" => session.list_by_title(arguments.text(0)?)?.id,
        "GetById" => session.list(ListId(arguments.guid(0)?))?.id,
        "Add" => {
            let new = arguments.record(0)?;
            let member = |name: &str| text(new.get(name)).unwrap_or_default().to_owned();
            lists::create(
                session,
                NewList {
                    title: member("Title"),
                    description: member("Description"),
                    base_template: number(new.get("TemplateType")).unwrap_or(GENERIC_LIST),
                    url: text(new.get("Url")).map(str::to_owned),
                },
            )?
        }
        _ => return Ok(None),
    };
    Ok(Some(Outcome::Object(Object::List(id, None))))
}

pub(in crate::sharepoint::csom) fn items_property(items: &Items, name: &str) -> Option<Property> {
    match name {
        "ListItemCollectionPosition" => Some(match &items.next {
            Some(next) => Property::Object(Object::Position(next.clone())),
            None => Property::Nothing,
        }),
        _ => None,
    }
}

pub(in crate::sharepoint::csom) fn position_property(position: &str, name: &str) -> Option<Property> {
    (name == "PagingInfo").then(|| Property::Value(Wire::text(position)))
}

pub(in crate::sharepoint::csom) fn items_method(
    items: &Items,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    if name != "GetById" {
        return Ok(None);
    }
    let id = ItemId(arguments.number(0)?);
    if items.items.contains(&id) {
        Ok(Some(Outcome::Object(Object::Item(ItemHandle::existing(
            items.list, id,
        )))))
    } else {
        Err(Fault::item_not_found())
    }
}

pub(in crate::sharepoint::csom) fn content_type_property(
    session: &Session<'_>,
    list: ListId,
    id: &str,
    name: &str,
) -> Found<Property> {
    let found = session
        .list(list)?
        .content_types
        .iter()
        .find(|known| known.id == id);
    let known = found.ok_or_else(Fault::file_not_found)?;
    Ok(Some(Property::Value(match name {
        "Name" => Wire::text(&known.name),
        "StringId" => Wire::text(&known.id),
        "Id" => content_type_id(&known.id),
        _ => return Ok(None),
    })))
}

pub(in crate::sharepoint::csom) fn content_type_id(id: &str) -> Wire {
    Wire::typed("SP.ContentTypeId", [("StringValue", Wire::text(id))])
}

pub(in crate::sharepoint::csom) fn content_types_method(
    session: &Session<'_>,
    list: ListId,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    if name != "GetById" {
        return Ok(None);
    }
    let id = arguments.text(0)?;
    let known = session
        .list(list)?
        .content_types
        .iter()
        .any(|known| known.id == id);
    let object = Object::ContentType(list, id.to_owned());
    Ok(Some(if known {
        Outcome::Object(object)
    } else {
        Outcome::Value(Wire::Null)
    }))
}
