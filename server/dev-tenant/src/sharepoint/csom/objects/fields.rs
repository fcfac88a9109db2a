//! Columns of a list.

use crate::sharepoint::csom::argument::{Arguments, boolean, text};
use crate::sharepoint::csom::object::{Object, Outcome, Property};
use crate::sharepoint::csom::parameter::Value;
use crate::sharepoint::csom::wire::Wire;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::{field_schema, field_schema_xml, fields};
use crate::sharepoint::state::field::{Field, FieldKind};
use crate::sharepoint::state::ids::{FieldId, ListId};

type Found<T> = Result<Option<T>, Fault>;

pub(in crate::sharepoint::csom) const PROPERTIES: [&str; 17] = [
    "CanBeDeleted",
    "DefaultValue",
    "Description",
    "EnforceUniqueValues",
    "FieldTypeKind",
    "Group",
    "Hidden",
    "Id",
    "Indexed",
    "InternalName",
    "ReadOnlyField",
    "Required",
    "SchemaXml",
    "StaticName",
    "Title",
    "TypeAsString",
    "CustomFormatter",
];

/// The class of JSOM and .NET that a column is made as.
pub(in crate::sharepoint::csom) fn type_name(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Text { .. } => "SP.FieldText",
        FieldKind::Note { .. } => "SP.FieldMultiLineText",
        FieldKind::Number { .. } | FieldKind::Integer => "SP.FieldNumber",
        FieldKind::Currency => "SP.FieldCurrency",
        FieldKind::DateTime { .. } => "SP.FieldDateTime",
        FieldKind::Choice { .. } => "SP.FieldChoice",
        FieldKind::MultiChoice { .. } => "SP.FieldMultiChoice",
        FieldKind::User { .. } => "SP.FieldUser",
        FieldKind::Lookup { .. } => "SP.FieldLookup",
        FieldKind::Url => "SP.FieldUrl",
        FieldKind::Guid => "SP.FieldGuid",
        _ => "SP.Field",
    }
}

pub(in crate::sharepoint::csom) fn find<'a>(
    session: &'a Session<'_>,
    list: ListId,
    id: FieldId,
) -> Result<&'a Field, Fault> {
    let mut known = session.list(list)?.fields.iter();
    known
        .find(|field| field.id == id)
        .ok_or_else(|| Fault::field_not_found(&id.to_string()))
}

pub(in crate::sharepoint::csom) fn property(
    session: &Session<'_>,
    list: ListId,
    id: FieldId,
    pending: Option<&Field>,
    name: &str,
) -> Found<Property> {
    let field = match pending {
        Some(field) => field,
        None => find(session, list, id)?,
    };
    Ok(Some(Property::Value(match name {
        "CanBeDeleted" => Wire::Boolean(field.can_be_deleted),
        "DefaultValue" => Wire::optional(field.default_value.as_deref()),
        "Description" => Wire::text(&field.description),
        "EnforceUniqueValues" => Wire::Boolean(field.enforce_unique),
        "FieldTypeKind" => Wire::Integer(i64::from(field.kind.number())),
        "Group" => Wire::text(&field.group),
        "Hidden" => Wire::Boolean(field.hidden),
        "Id" => Wire::Guid(field.id.0),
        "Indexed" => Wire::Boolean(field.indexed),
        "InternalName" | "StaticName" => Wire::text(&field.internal_name),
        "ReadOnlyField" => Wire::Boolean(field.read_only),
        "Required" => Wire::Boolean(field.required),
        "SchemaXml" => Wire::text(field_schema_xml::write(field, list)),
        "Title" => Wire::text(&field.title),
        "TypeAsString" => Wire::text(field.kind.name()),
        "CustomFormatter" => Wire::optional(field.custom_formatter.as_deref()),
        "Choices" => match &field.kind {
            FieldKind::Choice { choices, .. } | FieldKind::MultiChoice { choices, .. } => {
                Wire::Array(choices.iter().map(Wire::text).collect())
            }
            _ => return Ok(None),
        },
        _ => return Ok(None),
    })))
}

pub(in crate::sharepoint::csom) fn method(
    session: &mut Session<'_>,
    list: ListId,
    name: &str,
    arguments: &Arguments,
) -> Found<Outcome> {
    let id = match name {
        "GetByInternalNameOrTitle" => {
            let wanted = arguments.text(0)?;
            let found = session.list(list)?.field_by_name_or_title(wanted);
            found.ok_or_else(|| Fault::field_not_found(wanted))?.id
        }
        "GetByTitle" => {
            let wanted = arguments.text(0)?;
            let mut known = session.list(list)?.fields.iter();
            let found = known.find(|field| field.title == wanted);
            found.ok_or_else(|| Fault::field_not_found(wanted))?.id
        }
        "GetById" => find(session, list, FieldId(arguments.guid(0)?))?.id,
        "AddFieldAsXml" => {
            let options = arguments.number(2)?;
            let fresh = session.tenant.ids.uuid();
            let field = field_schema::parse(arguments.text(0)?, options, fresh)?;
            let in_view = arguments.boolean(1)? || options & field_schema::TO_DEFAULT_VIEW != 0;
            fields::create(session, list, field, in_view)?
        }
        _ => return Ok(None),
    };
    Ok(Some(Outcome::Object(Object::Field(list, id, None))))
}

pub(in crate::sharepoint::csom) fn field_method(
    session: &mut Session<'_>,
    list: ListId,
    id: FieldId,
    pending: &mut Option<Box<Field>>,
    name: &str,
) -> Found<Outcome> {
    match name {
        "Update" | "UpdateAndPushChanges" => {
            if let Some(field) = pending.take() {
                fields::update(session, list, *field)?;
            }
        }
        "DeleteObject" => fields::delete(session, list, id)?,
        _ => return Ok(None),
    }
    Ok(Some(Outcome::Void))
}

/// Answers whether the property is one that can be set.
pub(in crate::sharepoint::csom) fn set(
    session: &Session<'_>,
    list: ListId,
    id: FieldId,
    pending: &mut Option<Box<Field>>,
    name: &str,
    value: &Value,
) -> Result<bool, Fault> {
    let mut field = match pending.take() {
        Some(field) => field,
        None => Box::new(find(session, list, id)?.clone()),
    };
    let known = change(&mut field, name, value);
    *pending = Some(field);
    known.ok_or_else(|| Fault::argument(format!("The value of {name} is not valid.")))
}

fn change(field: &mut Field, name: &str, value: &Value) -> Option<bool> {
    match name {
        "Title" => text(value)?.clone_into(&mut field.title),
        "Description" => text(value)?.clone_into(&mut field.description),
        "Group" => text(value)?.clone_into(&mut field.group),
        "DefaultValue" => field.default_value = text(value).map(str::to_owned),
        "CustomFormatter" => field.custom_formatter = text(value).map(str::to_owned),
        "EnforceUniqueValues" => field.enforce_unique = boolean(value)?,
        "Hidden" => field.hidden = boolean(value)?,
        "Indexed" => field.indexed = boolean(value)?,
        "ReadOnlyField" => field.read_only = boolean(value)?,
        "Required" => field.required = boolean(value)?,
        _ => return Some(false),
    }
    Some(true)
}
