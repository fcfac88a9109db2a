//! Below a list: items, columns, views, content types, subscriptions.

use serde_json::json;

use super::entities;
use super::navigate::{principal, unknown};
use super::path::Segment;
use super::resource::Resource;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::{attachments, versions};
use crate::sharepoint::state::field::FieldKind;
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::ids::{ItemId, ListId, ViewId};

pub(super) fn step(session: &Session<'_>, here: &Resource, segment: &Segment) -> Result<Resource, Fault> {
    match here {
        Resource::List(list) => of_list(session, *list, segment),
        Resource::Items(list) => item(session, *list, segment),
        Resource::Item(list, id) => of_item(session, *list, *id, segment),
        Resource::ItemFile(list, id) => of_file(session, *list, *id, segment),
        Resource::Folder(list, folder) => of_folder(session, *list, *folder, segment),
        Resource::Versions(list, id) => version(session, *list, *id, segment),
        Resource::Version(list, item, id) => of_version(session, *list, *item, *id, segment),
        Resource::Attachments(list, id) => attachment(session, *list, *id, segment),
        Resource::Attachment(list, id, name) if segment.name == "$value" => {
            let file = attachments::find(session, *list, *id, name)?;
            Ok(Resource::Content(name.clone(), file.content.clone()))
        }
        Resource::Fields(list) => field(session, *list, segment),
        Resource::Views(list) => view(session, *list, segment),
        Resource::View(list, id) if segment.name == "viewfields" => Ok(Resource::ViewFields(*list, *id)),
        Resource::ContentTypes(list) => Ok(Resource::ContentType(
            *list,
            segment.required("id", 0)?.to_owned(),
        )),
        Resource::EventReceivers(list) => Ok(Resource::EventReceiver(*list, segment.guid("id", 0)?)),
        Resource::Subscriptions(list) => Ok(Resource::Subscription(*list, segment.guid("id", 0)?)),
        other => {
            entities::scalar_property(session, other, &segment.name).ok_or_else(|| unknown(&segment.original))
        }
    }
}

fn of_list(session: &Session<'_>, list: ListId, segment: &Segment) -> Result<Resource, Fault> {
    let key = !segment.arguments.is_empty();
    match segment.name.as_str() {
        "items" if key => item(session, list, segment),
        "items" => Ok(Resource::Items(list)),
        "getitembyid" | "getitembystringid" => item(session, list, segment),
        "fields" if key => field(session, list, segment),
        "fields" => Ok(Resource::Fields(list)),
        "views" if key => view(session, list, segment),
        "views" => Ok(Resource::Views(list)),
        "getview" => view(session, list, segment),
        "defaultview" => {
            let views = &session.list(list)?.views;
            let found = views.iter().find(|view| view.default_view);
            found
                .map(|view| Resource::View(list, view.id))
                .ok_or_else(|| unknown("DefaultView"))
        }
        "contenttypes" if key => Ok(Resource::ContentType(list, segment.required("id", 0)?.to_owned())),
        "contenttypes" => Ok(Resource::ContentTypes(list)),
        "subscriptions" if session.site().farm.is_some() => Err(unknown(&segment.original)),
        "subscriptions" if key => Ok(Resource::Subscription(list, segment.guid("id", 0)?)),
        "subscriptions" => Ok(Resource::Subscriptions(list)),
        "eventreceivers" if key => Ok(Resource::EventReceiver(list, segment.guid("id", 0)?)),
        "eventreceivers" => Ok(Resource::EventReceivers(list)),
        "rootfolder" => Ok(Resource::Folder(list, None)),
        "parentweb" => Ok(Resource::Web),
        name => entities::scalar_property(session, &Resource::List(list), name)
            .ok_or_else(|| unknown(&segment.original)),
    }
}

fn item(session: &Session<'_>, list: ListId, segment: &Segment) -> Result<Resource, Fault> {
    let id = ItemId(segment.number("id", 0)?);
    session.item(list, id)?;
    Ok(Resource::Item(list, id))
}

fn of_item(session: &Session<'_>, list: ListId, id: ItemId, segment: &Segment) -> Result<Resource, Fault> {
    match segment.name.as_str() {
        "versions" if !segment.arguments.is_empty() => version(session, list, id, segment),
        "versions" => Ok(Resource::Versions(list, id)),
        "attachmentfiles" if !segment.arguments.is_empty() => attachment(session, list, id, segment),
        "attachmentfiles" => Ok(Resource::Attachments(list, id)),
        "parentlist" => Ok(Resource::List(list)),
        "file" if session.item(list, id)?.is_folder => Ok(Resource::Nothing),
        "file" => Ok(Resource::ItemFile(list, id)),
        "folder" if session.item(list, id)?.is_folder => Ok(Resource::Folder(list, Some(id))),
        "folder" => Ok(Resource::Nothing),
        "contenttype" => Ok(Resource::ContentType(
            list,
            session.item(list, id)?.content_type.clone(),
        )),
        "fieldvaluesastext" => {
            let text = entities::values_as_text(session, list, session.item(list, id)?.current());
            Ok(Resource::Scalar("FieldValuesAsText".to_owned(), text))
        }
        _ => column(session, list, id, segment),
    }
}

fn of_file(session: &Session<'_>, list: ListId, id: ItemId, segment: &Segment) -> Result<Resource, Fault> {
    match segment.name.as_str() {
        "listitemallfields" => Ok(Resource::Item(list, id)),
        "versions" => Ok(Resource::Versions(list, id)),
        name => entities::scalar_property(session, &Resource::ItemFile(list, id), name)
            .ok_or_else(|| unknown(&segment.original)),
    }
}

fn of_folder(
    session: &Session<'_>,
    list: ListId,
    folder: Option<ItemId>,
    segment: &Segment,
) -> Result<Resource, Fault> {
    match (segment.name.as_str(), folder) {
        ("listitemallfields", Some(id)) => Ok(Resource::Item(list, id)),
        ("listitemallfields", None) => Ok(Resource::Nothing),
        ("parentfolder", Some(id)) => Ok(Resource::Folder(list, session.item(list, id)?.folder)),
        (name, _) => entities::scalar_property(session, &Resource::Folder(list, folder), name)
            .ok_or_else(|| unknown(&segment.original)),
    }
}

/// A person or lookup column, or a plain one by its name.
fn column(session: &Session<'_>, list: ListId, id: ItemId, segment: &Segment) -> Result<Resource, Fault> {
    let (target, present) = (session.list(list)?, session.item(list, id)?);
    match segment.name.as_str() {
        "author" => return Ok(principal(session, present.author)),
        "editor" => return Ok(principal(session, present.current().editor)),
        _ => {}
    }
    let field = target
        .fields
        .iter()
        .find(|field| entities::property_name(field).eq_ignore_ascii_case(&segment.original));
    match field.map(|field| (&field.kind, present.value(&field.internal_name))) {
        Some((FieldKind::User { multi: true }, value)) => Ok(Resource::People(match value {
            Some(FieldValue::Users(people)) => people.clone(),
            _ => Vec::new(),
        })),
        Some((FieldKind::User { multi: false }, value)) => Ok(match value {
            Some(FieldValue::Users(people)) => people
                .first()
                .map_or(Resource::Nothing, |id| principal(session, *id)),
            _ => Resource::Nothing,
        }),
        Some((
            FieldKind::Lookup {
                list: Some(target), ..
            },
            Some(FieldValue::Lookups(items)),
        )) => {
            let first = items.first().copied();
            Ok(
                first.map_or(Resource::Nothing, |item| match session.item(*target, item) {
                    Ok(_) => Resource::Item(*target, item),
                    Err(_) => Resource::Nothing,
                }),
            )
        }
        Some((FieldKind::Lookup { .. }, _)) => Ok(Resource::Nothing),
        _ => entities::scalar_property(session, &Resource::Item(list, id), &segment.name)
            .ok_or_else(|| unknown(&segment.original)),
    }
}

fn version(session: &Session<'_>, list: ListId, item: ItemId, segment: &Segment) -> Result<Resource, Fault> {
    let id = segment.number("versionid", 0)?;
    let found = versions::versions(session, list, item)?
        .into_iter()
        .any(|version| version.id() == id);
    found
        .then_some(Resource::Version(list, item, id))
        .ok_or_else(Fault::item_not_found)
}

fn of_version(
    session: &Session<'_>,
    list: ListId,
    item: ItemId,
    id: u32,
    segment: &Segment,
) -> Result<Resource, Fault> {
    let found = versions::versions(session, list, item)?
        .into_iter()
        .find(|version| version.id() == id);
    let version = found.ok_or_else(Fault::item_not_found)?;
    match segment.name.as_str() {
        "editor" | "createdby" => Ok(principal(session, version.editor)),
        _ => Err(unknown(&segment.original)),
    }
}

fn attachment(
    session: &Session<'_>,
    list: ListId,
    item: ItemId,
    segment: &Segment,
) -> Result<Resource, Fault> {
    let name = segment.required("filename", 0)?;
    let file = attachments::find(session, list, item, name)?;
    Ok(Resource::Attachment(list, item, file.file_name.clone()))
}

fn field(session: &Session<'_>, list: ListId, segment: &Segment) -> Result<Resource, Fault> {
    let fields = &session.list(list)?.fields;
    let key = segment.required("id", 0)?;
    let found = match segment.name.as_str() {
        "getbyinternalnameortitle" => session.list(list)?.field_by_name_or_title(key),
        "getbytitle" => fields.iter().find(|field| field.title == key),
        _ => {
            let id = super::navigate::parse_guid(key)?;
            fields.iter().find(|field| field.id.0 == id)
        }
    };
    found
        .map(|field| Resource::Field(list, field.id))
        .ok_or_else(|| Fault::field_not_found(key))
}

fn view(session: &Session<'_>, list: ListId, segment: &Segment) -> Result<Resource, Fault> {
    let views = &session.list(list)?.views;
    let key = segment.required("id", 0)?;
    let found = if segment.name == "getbytitle" {
        views.iter().find(|view| view.title == key)
    } else {
        let id = ViewId(super::navigate::parse_guid(key)?);
        views.iter().find(|view| view.id == id)
    };
    let missing = || {
        Fault::new(
            404,
            -2_147_024_809,
            crate::sharepoint::operations::fault::ARGUMENT,
            json!(key).to_string() + " view does not exist.",
        )
    };
    found
        .map(|view| Resource::View(list, view.id))
        .ok_or_else(missing)
}
