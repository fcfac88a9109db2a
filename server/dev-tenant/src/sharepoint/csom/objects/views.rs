//! Views of a list and their columns.

use crate::sharepoint::csom::argument::{Arguments, boolean, number, text};
use crate::sharepoint::csom::object::{Object, Outcome, Property};
use crate::sharepoint::csom::parameter::{Record, Value};
use crate::sharepoint::csom::wire::Wire;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::{view_fields, views};
use crate::sharepoint::state::ids::{ListId, ViewId};
use crate::sharepoint::state::view::View;

type Found<T> = Result<Option<T>, Fault>;

pub(in crate::sharepoint::csom) const PROPERTIES: [&str; 9] = [
    "DefaultView",
    "Hidden",
    "Id",
    "Paged",
    "PersonalView",
    "RowLimit",
    "ServerRelativeUrl",
    "Title",
    "ViewQuery",
];

fn find<'a>(session: &'a Session<'_>, list: ListId, id: ViewId) -> Result<&'a View, Fault> {
    let mut known = session.list(list)?.views.iter();
    known.find(|view| view.id == id).ok_or_else(Fault::file_not_found)
}

pub(in crate::sharepoint::csom) fn property(
    session: &Session<'_>,
    list: ListId,
    id: ViewId,
    pending: Option<&View>,
    name: &str,
) -> Found<Property> {
    let view = match pending {
        Some(view) => view,
        None => find(session, list, id)?,
    };
    Ok(Some(Property::Value(match name {
        "DefaultView" => Wire::Boolean(view.default_view),
        "Hidden" => Wire::Boolean(view.hidden),
        "Id" => Wire::Guid(view.id.0),
        "Paged" => Wire::Boolean(view.paged),
        "PersonalView" => Wire::Boolean(view.personal),
        "RowLimit" => Wire::Integer(i64::from(view.row_limit)),
        "ServerRelativeUrl" => Wire::text(format!("{}/{}.aspx", session.list(list)?.root_folder, view.page)),
        "Title" => Wire::text(&view.title),
        "ViewQuery" => Wire::text(&view.query),
        "CustomFormatter" => Wire::optional(view.custom_formatter.as_deref()),
        "ViewFields" => return Ok(Some(Property::Object(Object::ViewFields(list, id)))),
        _ => return Ok(None),
    })))
}

/// The names of a view's columns, which are plain texts among the children of a collection.
pub(in crate::sharepoint::csom) fn field_names(
    session: &Session<'_>,
    list: ListId,
    id: ViewId,
) -> Result<Vec<Wire>, Fault> {
    Ok(find(session, list, id)?.fields.iter().map(Wire::text).collect())
}

pub(in crate::sharepoint::csom) fn method(
    session: &mut Session<'_>,
    list: ListId,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    let id = match name {
        "GetByTitle" => {
            let wanted = arguments.text(0)?;
            let mut known = session.list(list)?.views.iter();
            known
                .find(|view| view.title == wanted)
                .ok_or_else(Fault::file_not_found)?
                .id
        }
        "GetById" => find(session, list, ViewId(arguments.guid(0)?))?.id,
        "Add" => views::create(session, list, new_view(arguments.record(0)?))?,
        _ => return Ok(None),
    };
    Ok(Some(Outcome::Object(Object::View(list, id, None))))
}

fn new_view(new: &Record) -> View {
    let member = |name: &str| text(new.get(name)).unwrap_or_default().to_owned();
    let flag = |name: &str| boolean(new.get(name)).unwrap_or(false);
    let fields = match new.get("ViewFields") {
        Value::Array(names) => names.iter().filter_map(text).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    View {
        id: ViewId(uuid::Uuid::nil()),
        page: member("Title").replace(' ', ""),
        title: member("Title"),
        fields,
        query: member("Query"),
        row_limit: number(new.get("RowLimit"))
            .filter(|limit| *limit > 0)
            .unwrap_or(30),
        paged: flag("Paged"),
        default_view: flag("SetAsDefaultView"),
        personal: flag("PersonalView"),
        hidden: false,
        custom_formatter: None,
    }
}

pub(in crate::sharepoint::csom) fn view_method(
    session: &mut Session<'_>,
    list: ListId,
    id: ViewId,
    pending: &mut Option<Box<View>>,
    name: &str,
) -> Found<Outcome> {
    match name {
        "Update" => {
            if let Some(view) = pending.take() {
                // Columns are changed through ViewFields, at once.
                let fields = find(session, list, id)?.fields.clone();
                views::update(session, list, View { fields, ..*view })?;
            }
        }
        "DeleteObject" => views::delete(session, list, id)?,
        _ => return Ok(None),
    }
    Ok(Some(Outcome::Void))
}

pub(in crate::sharepoint::csom) fn view_fields_method(
    session: &mut Session<'_>,
    list: ListId,
    id: ViewId,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    match name {
        "Add" => view_fields::add(session, list, id, arguments.text(0)?)?,
        "Remove" => view_fields::remove(session, list, id, arguments.text(0)?)?,
        "MoveFieldTo" => {
            let index = usize::try_from(arguments.number(1)?).unwrap_or(usize::MAX);
            view_fields::move_to(session, list, id, arguments.text(0)?, index)?;
        }
        "RemoveAll" => view_fields::remove_all(session, list, id)?,
        _ => return Ok(None),
    }
    Ok(Some(Outcome::Void))
}

/// Answers whether the property is one that can be set.
pub(in crate::sharepoint::csom) fn set(
    session: &Session<'_>,
    list: ListId,
    id: ViewId,
    pending: &mut Option<Box<View>>,
    name: &str,
    value: &Value,
) -> Result<bool, Fault> {
    let mut view = match pending.take() {
        Some(view) => view,
        None => Box::new(find(session, list, id)?.clone()),
    };
    let known = change(&mut view, name, value);
    *pending = Some(view);
    known.ok_or_else(|| Fault::argument(format!("The value of {name} is not valid.")))
}

fn change(view: &mut View, name: &str, value: &Value) -> Option<bool> {
    match name {
        "Title" => text(value)?.clone_into(&mut view.title),
        "ViewQuery" => text(value)?.clone_into(&mut view.query),
        "RowLimit" => view.row_limit = number(value)?,
        "Paged" => view.paged = boolean(value)?,
        "Hidden" => view.hidden = boolean(value)?,
        "DefaultView" => view.default_view = boolean(value)?,
        "CustomFormatter" => view.custom_formatter = text(value).map(str::to_owned),
        _ => return Some(false),
    }
    Some(true)
}
