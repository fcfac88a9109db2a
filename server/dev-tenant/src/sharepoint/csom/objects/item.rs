//! `SP.ListItem`: members that are no fields, and methods.

use super::{item_reading, item_writing, roles};
use crate::sharepoint::caml::column::ItemRow;
use crate::sharepoint::csom::argument::{Arguments, boolean, text};
use crate::sharepoint::csom::object::{ItemHandle, Object, Outcome, Property};
use crate::sharepoint::csom::parameter::Value;
use crate::sharepoint::csom::refusal::unsaved;
use crate::sharepoint::csom::wire::Wire;
use crate::sharepoint::operations::conflict::Guard;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::form_values::{self, FormValue};
use crate::sharepoint::operations::securable::Securable;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::update::UpdateMode;
use crate::sharepoint::operations::{delete, inheritance};
use crate::sharepoint::state::ids::{ItemId, ListId};

type Found<T> = Result<Option<T>, Fault>;

pub(in crate::sharepoint::csom) fn property(
    session: &Session<'_>,
    handle: &ItemHandle,
    name: &str,
) -> Found<Property> {
    let id = handle.id.ok_or_else(unsaved)?;
    let (list, item) = (session.list(handle.list)?, session.item(handle.list, id)?);
    let securable = Securable::Item(handle.list, id);
    Ok(Some(match name {
        "Id" => Property::Value(Wire::Integer(i64::from(id.0))),
        "DisplayName" | "Client_Title" => Property::Value(item_reading::title(session, list, item)),
        "FileSystemObjectType" => Property::Value(Wire::Integer(i64::from(item.is_folder))),
        "HasUniqueRoleAssignments" => Property::Value(Wire::Boolean(item.scope.is_some())),
        "EffectiveBasePermissions" => {
            Property::Value(roles::base_permissions(session.item_permissions(list, item)))
        }
        "RoleAssignments" => Property::Object(Object::RoleAssignments(securable)),
        "ParentList" => Property::Object(Object::List(handle.list, None)),
        "ContentType" => Property::Object(Object::ContentType(handle.list, item.content_type.clone())),
        "File" if !item.is_folder => Property::Object(Object::File(handle.list, id)),
        "Folder" if item.is_folder => Property::Object(Object::Folder(handle.list, Some(id))),
        "File" | "Folder" => Property::Nothing,
        "Versions" => Property::Object(Object::Versions(handle.list, id)),
        "AttachmentFiles" => Property::Object(Object::Attachments(handle.list, id)),
        field => {
            let row = ItemRow::new(session, list, item);
            return Ok(item_reading::field(&row, field).map(Property::Value));
        }
    }))
}

pub(in crate::sharepoint::csom) fn method(
    session: &mut Session<'_>,
    handle: &mut ItemHandle,
    name: &str,
    arguments: &Arguments,
    version: Option<&str>,
) -> Found<Outcome> {
    let mode = match name {
        "SetFieldValue" | "ParseAndSetFieldValue" => {
            let field = arguments.text(0)?.to_owned();
            handle.pending.insert(field, arguments.value(1).clone());
            return Ok(Some(Outcome::Void));
        }
        "Update" => UpdateMode::Plain,
        "SystemUpdate" => UpdateMode::System,
        "UpdateOverwriteVersion" => UpdateMode::Overwrite,
        _ => return saved_method(session, handle, name, arguments),
    };
    item_writing::save(session, handle, mode, version)?;
    Ok(Some(Outcome::Void))
}

fn saved_method(
    session: &mut Session<'_>,
    handle: &mut ItemHandle,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    let (list, id) = (handle.list, handle.id.ok_or_else(unsaved)?);
    let securable = Securable::Item(list, id);
    Ok(Some(match name {
        "BreakRoleInheritance" => {
            nothing_pending(handle)?;
            inheritance::break_inheritance(session, securable, arguments.boolean(0)?, arguments.boolean(1)?)?;
            Outcome::Void
        }
        "ResetRoleInheritance" => {
            inheritance::reset_inheritance(session, securable)?;
            Outcome::Void
        }
        "GetUserEffectivePermissions" => {
            let held = roles::permissions_of(session, securable, arguments.text(0)?)?;
            Outcome::Value(roles::base_permissions(held))
        }
        "Recycle" => Outcome::Value(Wire::Guid(delete::recycle(session, list, id)?)),
        "DeleteObject" => {
            delete::delete(session, list, id, &Guard::Any)?;
            Outcome::Void
        }
        "ValidateUpdateListItem" => Outcome::Value(validate_update(session, list, id, arguments)?),
        _ => return Ok(None),
    }))
}

/// Breaking inheritance while changes wait for `Update` is refused (SecurableObject.BreakRoleInheritance).
fn nothing_pending(handle: &ItemHandle) -> Result<(), Fault> {
    if handle.pending.is_empty() {
        Ok(())
    } else {
        Err(Fault::invalid_operation(
            "This operation cannot be performed while the object has unsaved changes. Call Update() first.",
        ))
    }
}

fn validate_update(
    session: &mut Session<'_>,
    list: ListId,
    item: ItemId,
    arguments: &Arguments,
) -> Result<Wire, Fault> {
    let Value::Array(given) = arguments.value(0) else {
        return Err(Fault::argument("formValues must be an array."));
    };
    let given = given.iter().map(form_value).collect::<Result<_, _>>()?;
    let in_place = boolean(arguments.value(1)).unwrap_or(false);
    let answer = form_values::validate_update(session, list, item, given, in_place)?;
    Ok(Wire::Array(
        answer.into_iter().map(|value| answered(value, item)).collect(),
    ))
}

fn form_value(value: &Value) -> Result<FormValue, Fault> {
    let Value::Record(record) = value else {
        return Err(Fault::argument("A form value must be a ListItemFormUpdateValue."));
    };
    Ok(FormValue {
        field: text(record.get("FieldName")).unwrap_or_default().to_owned(),
        value: text(record.get("FieldValue")).unwrap_or_default().to_owned(),
        error: None,
    })
}

fn answered(value: FormValue, item: ItemId) -> Wire {
    Wire::typed(
        "SP.ListItemFormUpdateValue",
        [
            ("ErrorCode", Wire::Integer(0)),
            ("ErrorMessage", Wire::optional(value.error.as_deref())),
            ("FieldName", Wire::text(value.field)),
            ("FieldValue", Wire::text(value.value)),
            ("HasException", Wire::Boolean(value.error.is_some())),
            ("ItemId", Wire::Integer(i64::from(item.0))),
        ],
    )
}
