//! The version history of an item.

use super::item_reading;
use crate::sharepoint::caml::column::{ItemRow, person};
use crate::sharepoint::csom::argument::Arguments;
use crate::sharepoint::csom::object::{Object, Outcome, Property};
use crate::sharepoint::csom::wire::Wire;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::versions;
use crate::sharepoint::state::ids::{ItemId, ListId};

type Found<T> = Result<Option<T>, Fault>;

pub(in crate::sharepoint::csom) const PROPERTIES: [&str; 4] =
    ["Created", "IsCurrentVersion", "VersionId", "VersionLabel"];

pub(in crate::sharepoint::csom) fn property(
    session: &Session<'_>,
    list: ListId,
    item: ItemId,
    id: u32,
    name: &str,
) -> Found<Property> {
    let history = versions::versions(session, list, item)?;
    let found = history.iter().find(|version| version.id() == id);
    let version = *found.ok_or_else(Fault::item_not_found)?;
    let present = session.item(list, item)?;
    Ok(Some(match name {
        "Created" => Property::Value(Wire::Date(version.at)),
        "IsCurrentVersion" => Property::Value(Wire::Boolean(present.current().id() == id)),
        "VersionId" => Property::Value(Wire::Integer(i64::from(id))),
        "VersionLabel" => Property::Value(Wire::text(version.label())),
        "CreatedBy" => Property::Object(Object::Principal(version.editor)),
        "CreatedByTitle" => Property::Value(Wire::text(person(session, version.editor).1)),
        field => {
            let row = ItemRow {
                session,
                list: session.list(list)?,
                item: present,
                version,
            };
            return Ok(item_reading::field(&row, field).map(Property::Value));
        }
    }))
}

pub(in crate::sharepoint::csom) fn method(
    session: &mut Session<'_>,
    list: ListId,
    item: ItemId,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    match name {
        "GetById" => {
            let id = arguments.number(0)?;
            let history = versions::versions(session, list, item)?;
            let known = history.iter().any(|version| version.id() == id);
            let object = known.then_some(Object::Version(list, item, id));
            Ok(Some(Outcome::Object(object.ok_or_else(Fault::item_not_found)?)))
        }
        "DeleteByID" => {
            versions::delete(session, list, item, arguments.number(0)?)?;
            Ok(Some(Outcome::Void))
        }
        "DeleteByLabel" => {
            let id = versions::labelled(session, list, item, arguments.text(0)?)?;
            versions::delete(session, list, item, id)?;
            Ok(Some(Outcome::Void))
        }
        "DeleteAll" => {
            versions::delete_all(session, list, item)?;
            Ok(Some(Outcome::Void))
        }
        _ => Ok(None),
    }
}

pub(in crate::sharepoint::csom) fn version_method(
    session: &mut Session<'_>,
    list: ListId,
    item: ItemId,
    id: u32,
    name: &str,
) -> Found<Outcome> {
    if name != "DeleteObject" {
        return Ok(None);
    }
    versions::delete(session, list, item, id)?;
    Ok(Some(Outcome::Void))
}
