//! JSON bodies of writes: reading members, field values by column.

use serde_json::{Map, Value};

use super::entities::property_name;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::update::Edits;
use crate::sharepoint::state::field::{Field, FieldKind};
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::ids::{ItemId, PrincipalId};
use crate::sharepoint::state::list::List;

/// The body as an object; no body is an empty one.
///
/// # Errors
/// 400 for what is no JSON object.
pub(super) fn object(bytes: &[u8]) -> Result<Map<String, Value>, Fault> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Map::new());
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(Fault::invalid_query(
            "Invalid JSON. The body of the request is no JSON object.",
        )),
    }
}

pub(super) fn text(body: &Map<String, Value>, name: &str) -> Result<String, Fault> {
    optional_text(body, name).ok_or_else(|| Fault::argument(format!("The parameter {name} is missing.")))
}

pub(super) fn optional_text(body: &Map<String, Value>, name: &str) -> Option<String> {
    body.get(name).and_then(Value::as_str).map(str::to_owned)
}

pub(super) fn whole(body: &Map<String, Value>, name: &str) -> Option<u32> {
    match body.get(name)? {
        Value::Number(number) => number.as_u64().and_then(|number| u32::try_from(number).ok()),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

pub(super) fn truth(body: &Map<String, Value>, name: &str) -> Option<bool> {
    body.get(name).and_then(Value::as_bool)
}

/// The object under `name`, or the body itself when clients leave the wrapper out.
pub(super) fn inner(body: &Map<String, Value>, name: &str) -> Map<String, Value> {
    body.get(name).and_then(Value::as_object).unwrap_or(body).clone()
}

/// Whether a member tells of the body, and is no property.
pub(super) fn is_annotation(name: &str) -> bool {
    name == "__metadata" || name.contains('@') || name.starts_with("odata.")
}

/// Column values of a create or MERGE; metadata and read-only built-ins pass by.
///
/// # Errors
/// 400 for a property that the list does not have or a value of the wrong type.
pub(super) fn edits(list: &List, body: &Map<String, Value>) -> Result<Edits, Fault> {
    const BUILT_IN: [&str; 6] = ["Id", "ID", "AuthorId", "EditorId", "GUID", "FileSystemObjectType"];
    let mut edits = Edits::new();
    for (name, value) in body {
        if is_annotation(name) || name == "ContentTypeId" || BUILT_IN.contains(&name.as_str()) {
            continue;
        }
        let field = field(list, name).ok_or_else(|| {
            let kind = format!("SP.Data.{}Item", super::entities::entity_type_name(list));
            Fault::unknown_property(name, &kind)
        })?;
        edits.insert(field.internal_name.clone(), value_of(field, value)?);
    }
    Ok(edits)
}

/// People and lookups are written as `{name}Id`.
fn field<'a>(list: &'a List, name: &str) -> Option<&'a Field> {
    let refers = |field: &&Field| matches!(field.kind, FieldKind::User { .. } | FieldKind::Lookup { .. });
    let by_id = name.strip_suffix("Id");
    let reference = list
        .fields
        .iter()
        .filter(refers)
        .find(|field| Some(property_name(field).as_str()) == by_id);
    reference.or_else(|| {
        list.fields
            .iter()
            .filter(|field| !refers(field))
            .find(|field| property_name(field) == name)
    })
}

fn value_of(field: &Field, value: &Value) -> Result<Option<FieldValue>, Fault> {
    let wrong = || Fault::wrong_type(&field.internal_name);
    if value.is_null() {
        return Ok(None);
    }
    let value = match &field.kind {
        FieldKind::Number { .. } | FieldKind::Integer | FieldKind::Currency => {
            FieldValue::Number(value.as_f64().ok_or_else(wrong)?)
        }
        FieldKind::Boolean => FieldValue::Boolean(value.as_bool().ok_or_else(wrong)?),
        FieldKind::DateTime { .. } => {
            let text = value.as_str().ok_or_else(wrong)?;
            FieldValue::DateTime(
                text.parse()
                    .or_else(|_| format!("{text}Z").parse())
                    .map_err(|_| wrong())?,
            )
        }
        FieldKind::MultiChoice { .. } => {
            let texts = list(value)
                .and_then(|values| values.iter().map(|one| one.as_str().map(str::to_owned)).collect());
            FieldValue::Choices(texts.ok_or_else(wrong)?)
        }
        FieldKind::User { multi } => {
            let ids = numbers(value, *multi).ok_or_else(wrong)?;
            return Ok(
                (!ids.is_empty()).then(|| FieldValue::Users(ids.into_iter().map(PrincipalId).collect()))
            );
        }
        FieldKind::Lookup { multi, .. } => {
            let ids = numbers(value, *multi).ok_or_else(wrong)?;
            return Ok((!ids.is_empty()).then(|| FieldValue::Lookups(ids.into_iter().map(ItemId).collect())));
        }
        FieldKind::Url => FieldValue::Url {
            url: value["Url"].as_str().ok_or_else(wrong)?.to_owned(),
            description: value["Description"].as_str().unwrap_or_default().to_owned(),
        },
        _ => {
            let text = value.as_str().ok_or_else(wrong)?;
            return Ok((!text.is_empty()).then(|| FieldValue::Text(text.to_owned())));
        }
    };
    Ok(Some(value))
}

/// `[…]`, or `{"results":[…]}` in verbose bodies.
fn list(value: &Value) -> Option<&Vec<Value>> {
    value
        .as_array()
        .or_else(|| value.get("results").and_then(Value::as_array))
}

fn numbers(value: &Value, multi: bool) -> Option<Vec<u32>> {
    let number = |value: &Value| value.as_u64().and_then(|number| u32::try_from(number).ok());
    if multi {
        return list(value)?.iter().map(number).collect();
    }
    let one = value
        .as_str()
        .and_then(|text| text.parse().ok())
        .or_else(|| number(value))?;
    Some(if one == 0 { Vec::new() } else { vec![one] })
}
