//! `SP.List` and its root folder.

use super::{changes, files, list_constants, roles};
use crate::sharepoint::caml::page::{self, Ask};
use crate::sharepoint::caml::parse;
use crate::sharepoint::csom::argument::{Arguments, boolean, number, text};
use crate::sharepoint::csom::object::{ItemHandle, Items, Object, Outcome, Property};
use crate::sharepoint::csom::parameter::{Record, Value};
use crate::sharepoint::csom::wire::Wire;
use crate::sharepoint::operations::changes::ChangeToken;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::list_settings::{self, ListFace};
use crate::sharepoint::operations::securable::Securable;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::{inheritance, lists};
use crate::sharepoint::state::ids::{ItemId, ListId};
use crate::sharepoint::state::list::{List, ReadSecurity, WriteSecurity};

type Found<T> = Result<Option<T>, Fault>;

/// `FileSystemObjectType.Folder` in `ListItemCreationInformation.UnderlyingObjectType`.
const FOLDER: u32 = 1;

pub(in crate::sharepoint::csom) const PROPERTIES: [&str; 23] = [
    "BaseTemplate",
    "ContentTypesEnabled",
    "Created",
    "CurrentChangeToken",
    "DefaultViewUrl",
    "Description",
    "DraftVersionVisibility",
    "EnableAttachments",
    "EnableFolderCreation",
    "EnableVersioning",
    "Hidden",
    "Id",
    "ItemCount",
    "LastItemDeletedDate",
    "LastItemModifiedDate",
    "LastItemUserModifiedDate",
    "MajorVersionLimit",
    "NoCrawl",
    "ParentWebUrl",
    "Title",
    "BaseType",
    "EntityTypeName",
    "ListItemEntityTypeFullName",
];

pub(in crate::sharepoint::csom) fn property(
    session: &Session<'_>,
    id: ListId,
    name: &str,
) -> Found<Property> {
    let list = session.list(id)?;
    if let Some(value) = scalar(session, list, name).or_else(|| list_constants::value(name)) {
        return Ok(Some(Property::Value(value)));
    }
    Ok(Some(match name {
        "Fields" => Property::Object(Object::Fields(id)),
        "Views" => Property::Object(Object::Views(id)),
        "DefaultView" => list
            .views
            .iter()
            .find(|view| view.default_view)
            .map_or(Property::Nothing, |view| {
                Property::Object(Object::View(id, view.id, None))
            }),
        "ContentTypes" => Property::Object(Object::ContentTypes(id)),
        "RoleAssignments" => Property::Object(Object::RoleAssignments(Securable::List(id))),
        "RootFolder" => Property::Object(Object::Folder(id, None)),
        "ParentWeb" => Property::Object(Object::Web(None)),
        _ => return Ok(None),
    }))
}

fn scalar(session: &Session<'_>, list: &List, name: &str) -> Option<Wire> {
    let settings = &list.settings;
    let number = |number: u32| Wire::Integer(i64::from(number));
    Some(match name {
        "BaseTemplate" => number(list.base_template),
        "BaseType" => number(u32::from(list.base_template == 101)),
        "ContentTypesEnabled" => Wire::Boolean(settings.content_types_enabled),
        "Created" => Wire::Date(list.created),
        "CurrentChangeToken" => {
            let token = ChangeToken::at(session.at, session.tenant.sharepoint.last_event);
            let text = token.write(3, list.id.0);
            Wire::typed("SP.ChangeToken", [("StringValue", Wire::text(text))])
        }
        "DefaultViewUrl" => Wire::text(format!("{}/AllItems.aspx", list.root_folder)),
        "Description" => Wire::text(&list.description),
        "DraftVersionVisibility" => Wire::Integer(i64::from(settings.draft_version_visibility)),
        "EffectiveBasePermissions" => roles::base_permissions(session.list_permissions(list)),
        "EnableAttachments" => Wire::Boolean(settings.enable_attachments),
        "EnableFolderCreation" => Wire::Boolean(settings.enable_folder_creation),
        "EnableVersioning" => Wire::Boolean(settings.enable_versioning),
        "EntityTypeName" => Wire::text(format!("{}List", list.root_folder.rsplit('/').next()?)),
        "HasUniqueRoleAssignments" => Wire::Boolean(list.scope.is_some()),
        "Hidden" => Wire::Boolean(settings.hidden),
        "Id" => Wire::Guid(list.id.0),
        "ItemCount" => Wire::Integer(i64::try_from(list.items.len()).ok()?),
        "LastItemDeletedDate" => Wire::Date(list.last_deleted),
        "LastItemModifiedDate" => Wire::Date(list.last_modified),
        "LastItemUserModifiedDate" => Wire::Date(list.last_user_modified),
        "ListItemEntityTypeFullName" => Wire::text(format!(
            "SP.Data.{}ListItem",
            list.root_folder.rsplit('/').next()?
        )),
        "MajorVersionLimit" => number(settings.major_version_limit),
        "NoCrawl" => Wire::Boolean(settings.no_crawl),
        "OnQuickLaunch" => Wire::Boolean(settings.on_quick_launch),
        "ParentWebUrl" => Wire::text(&session.site().path),
        "ReadSecurity" => Wire::Integer(settings.read_security as i64),
        "WriteSecurity" => Wire::Integer(settings.write_security as i64),
        "Title" => Wire::text(&list.title),
        "ValidationFormula" => Wire::optional(settings.validation_formula.as_deref()),
        "ValidationMessage" => Wire::optional(settings.validation_message.as_deref()),
        _ => return None,
    })
}

pub(in crate::sharepoint::csom) fn method(
    session: &mut Session<'_>,
    id: ListId,
    pending: &mut Option<ListFace>,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    let securable = Securable::List(id);
    Ok(Some(match name {
        "GetItemById" => {
            let item = session.item(id, ItemId(arguments.number(0)?))?.id;
            Outcome::Object(Object::Item(ItemHandle::existing(id, item)))
        }
        "GetItems" => Outcome::Object(Object::Items(items(session, id, arguments)?)),
        "AddItem" | "AddItemUsingPath" => Outcome::Object(Object::Item(draft(session, id, arguments)?)),
        "GetChanges" => Outcome::Object(changes::query(session, Some(id), arguments.record(0)?)?),
        "GetUserEffectivePermissions" => {
            let held = roles::permissions_of(session, securable, arguments.text(0)?)?;
            Outcome::Value(roles::base_permissions(held))
        }
        "BreakRoleInheritance" => {
            inheritance::break_inheritance(session, securable, arguments.boolean(0)?, arguments.boolean(1)?)?;
            Outcome::Void
        }
        "ResetRoleInheritance" => {
            inheritance::reset_inheritance(session, securable)?;
            Outcome::Void
        }
        "Update" => {
            if let Some(face) = pending.take() {
                list_settings::update(session, id, face)?;
            }
            Outcome::Void
        }
        "DeleteObject" => {
            lists::delete(session, id)?;
            Outcome::Void
        }
        "Recycle" => Outcome::Value(Wire::Guid(lists::recycle(session, id)?)),
        _ => return Ok(None),
    }))
}

/// `GetItems(CamlQuery)`; without a query every item.
fn items(session: &Session<'_>, list: ListId, arguments: &Arguments) -> Result<Items, Fault> {
    let ask = match arguments.value(0) {
        Value::Record(query) => ask(query)?,
        _ => Ask::default(),
    };
    let page = page::page(session, list, &ask)?;
    Ok(Items {
        list,
        items: page.items,
        next: page.next,
    })
}

fn ask(query: &Record) -> Result<Ask, Fault> {
    let position = match query.get("ListItemCollectionPosition") {
        Value::Record(position) => text(position.get("PagingInfo")).map(str::to_owned),
        _ => None,
    };
    Ok(Ask {
        view: parse::parse(text(query.get("ViewXml")).unwrap_or_default())?,
        position,
        folder: text(query.get("FolderServerRelativeUrl")).map(str::to_owned),
    })
}

/// An item that the first `Update` creates.
fn draft(session: &Session<'_>, list: ListId, arguments: &Arguments) -> Result<ItemHandle, Fault> {
    session.list(list)?;
    let creation = match arguments.value(0) {
        Value::Record(creation) => Some(creation),
        _ => None,
    };
    let path = |name: &str| creation.and_then(|creation| files::path(creation.get(name)).map(str::to_owned));
    let folder = creation.and_then(|creation| number(creation.get("UnderlyingObjectType"))) == Some(FOLDER);
    Ok(ItemHandle {
        list,
        id: None,
        folder_url: path("FolderUrl").or_else(|| path("FolderPath")),
        folder_name: path("LeafName").filter(|_| folder),
        pending: std::collections::BTreeMap::new(),
    })
}

/// Answers whether the property is one that can be set.
pub(in crate::sharepoint::csom) fn set(
    session: &Session<'_>,
    id: ListId,
    pending: &mut Option<ListFace>,
    name: &str,
    value: &Value,
) -> Result<bool, Fault> {
    let mut face = match pending.take() {
        Some(face) => face,
        None => list_settings::current(session.list(id)?),
    };
    let known = change(&mut face, name, value);
    *pending = Some(face);
    known.ok_or_else(|| Fault::argument(format!("The value of {name} is not valid.")))
}

/// `None` = the value does not fit; `Some(false)` = no such property.
fn change(face: &mut ListFace, name: &str, value: &Value) -> Option<bool> {
    let settings = &mut face.settings;
    match name {
        "Title" => text(value)?.clone_into(&mut face.title),
        "Description" => text(value)?.clone_into(&mut face.description),
        "Hidden" => settings.hidden = boolean(value)?,
        "NoCrawl" => settings.no_crawl = boolean(value)?,
        "OnQuickLaunch" => settings.on_quick_launch = boolean(value)?,
        "EnableVersioning" => settings.enable_versioning = boolean(value)?,
        "EnableAttachments" => settings.enable_attachments = boolean(value)?,
        "EnableFolderCreation" => settings.enable_folder_creation = boolean(value)?,
        "ContentTypesEnabled" => settings.content_types_enabled = boolean(value)?,
        "DisableGridEditing" => settings.disable_grid_editing = boolean(value)?,
        "MajorVersionLimit" => settings.major_version_limit = number(value)?,
        "ListExperienceOptions" => settings.list_experience = u8::try_from(number(value)?).ok()?,
        "ValidationFormula" => settings.validation_formula = text(value).map(str::to_owned),
        "ValidationMessage" => settings.validation_message = text(value).map(str::to_owned),
        "ReadSecurity" => {
            settings.read_security = match number(value)? {
                1 => ReadSecurity::All,
                2 => ReadSecurity::Own,
                _ => return None,
            }
        }
        "WriteSecurity" => {
            settings.write_security = match number(value)? {
                1 => WriteSecurity::All,
                2 => WriteSecurity::Own,
                4 => WriteSecurity::None,
                _ => return None,
            }
        }
        _ => return Some(false),
    }
    Some(true)
}
