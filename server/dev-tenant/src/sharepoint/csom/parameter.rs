//! Values in a request: `Parameter`, `Property` and `Object` elements.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::request::PathId;
use super::schema::SchemaError;
use crate::sharepoint::xml::Element;

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Text(String),
    Number(f64),
    Boolean(bool),
    /// A time without zone is taken as UTC, the time zone of the tenant's sites.
    DateTime(Timestamp),
    Guid(Uuid),
    Binary(Vec<u8>),
    Array(Vec<Value>),
    Dictionary(Vec<(String, Value)>),
    /// An object of the same request.
    Object(PathId),
    /// A value object such as `ListItemCreationInformation`.
    Record(Record),
}

/// A value object: its type and its properties.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub type_id: Uuid,
    pub properties: Vec<(String, Value)>,
}

impl Record {
    pub fn get(&self, name: &str) -> &Value {
        self.properties
            .iter()
            .find(|(key, _)| key == name)
            .map_or(&Value::Null, |(_, value)| value)
    }
}

/// Reads the value that an element carries in its attributes and content.
///
/// # Errors
/// A type that MS-CSOM does not have, or content that is not of its type.
pub fn read(element: &Element) -> Result<Value, SchemaError> {
    if let Some(path) = element.attribute("ObjectPathId") {
        return Ok(Value::Object(PathId(integer(path)?)));
    }
    if let Some(type_id) = element.attribute("TypeId") {
        let type_id = guid(type_id)?;
        let properties = named(element)?;
        return Ok(Value::Record(Record { type_id, properties }));
    }
    let kind = element.attribute("Type").unwrap_or("Unspecified");
    of_kind(kind, element)
}

fn of_kind(kind: &str, element: &Element) -> Result<Value, SchemaError> {
    let text = element.text.as_str();
    Ok(match kind {
        "Null" => Value::Null,
        "String" | "Char" | "Unspecified" => Value::Text(text.to_owned()),
        "Number" | "Enum" | "Byte" | "SByte" | "Int16" | "Int32" | "Int64" | "UInt16" | "UInt32"
        | "UInt64" | "Single" | "Double" | "Decimal" => Value::Number(number(text)?),
        "Boolean" => Value::Boolean(boolean(text)?),
        "DateTime" => Value::DateTime(date_time(text)?),
        "Guid" => Value::Guid(guid(text)?),
        "Base64Binary" | "Binary" => Value::Binary(binary(text)?),
        "Array" => Value::Array(objects(element)?),
        "Dictionary" => Value::Dictionary(named(element)?),
        other => return Err(SchemaError::value("Type", other)),
    })
}

fn objects(element: &Element) -> Result<Vec<Value>, SchemaError> {
    element
        .children
        .iter()
        .map(|child| match child.name.as_str() {
            "Object" => read(child),
            other => Err(SchemaError::child(&element.name, other)),
        })
        .collect()
}

fn named(element: &Element) -> Result<Vec<(String, Value)>, SchemaError> {
    element
        .children
        .iter()
        .map(|child| {
            let name = child
                .attribute("Name")
                .ok_or_else(|| SchemaError::missing("Name", &child.name))?;
            Ok((name.to_owned(), read(child)?))
        })
        .collect()
}

pub fn integer(text: &str) -> Result<i64, SchemaError> {
    text.trim().parse().map_err(|_| SchemaError::value("Id", text))
}

fn number(text: &str) -> Result<f64, SchemaError> {
    let number: f64 = text
        .trim()
        .parse()
        .map_err(|_| SchemaError::value("Number", text))?;
    if number.is_finite() {
        Ok(number)
    } else {
        Err(SchemaError::value("Number", text))
    }
}

fn boolean(text: &str) -> Result<bool, SchemaError> {
    match text.trim() {
        "true" | "True" | "1" => Ok(true),
        "false" | "False" | "0" => Ok(false),
        other => Err(SchemaError::value("Boolean", other)),
    }
}

/// With or without braces.
pub fn guid(text: &str) -> Result<Uuid, SchemaError> {
    Uuid::parse_str(text.trim()).map_err(|_| SchemaError::value("Guid", text))
}

fn binary(text: &str) -> Result<Vec<u8>, SchemaError> {
    STANDARD
        .decode(text.trim())
        .map_err(|_| SchemaError::value("Base64Binary", text))
}

fn date_time(text: &str) -> Result<Timestamp, SchemaError> {
    let text = text.trim();
    let zoned: Result<Timestamp, _> = text.parse();
    zoned
        .or_else(|_| {
            let civil: DateTime = text.parse()?;
            TimeZone::UTC.to_timestamp(civil)
        })
        .map_err(|_| SchemaError::value("DateTime", text))
}
