//! Values as CSOM parameters.

use std::io;

use jiff::Timestamp;
use quick_xml::{Writer, events::BytesText};

use crate::sharepoint::PrincipalId;

/// SP.FieldUserValue.
const FIELD_USER_VALUE: &str = "{c956ab54-16bd-4c18-89d2-996f57282a6f}";

/// A value to be written into a field.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldValue {
    /// Single or multi-line text, choice.
    Text(String),
    Number(f64),
    Integer(i32),
    Flag(bool),
    Moment(Timestamp),
    /// A person or group of this site.
    Person(PrincipalId),
    /// Several of them, in order; none empties the field.
    People(Vec<PrincipalId>),
    /// Empties the field.
    Empty,
}

/// A parameter of a method: a value, or an object path.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Parameter {
    Value(FieldValue),
    Path(u32),
    /// `SP.ListItemCreationInformation` with nothing set: an item, no folder, in the root of the list. Members of a
    /// value object that are not written keep their defaults (seen in SharePoint Online with other value objects).
    NewItem,
}

/// SP.ListItemCreationInformation.
const LIST_ITEM_CREATION: &str = "{54cdbee5-0897-44ac-829f-411557fa11be}";

impl From<&str> for Parameter {
    fn from(text: &str) -> Self {
        Self::Value(FieldValue::Text(text.to_owned()))
    }
}

impl From<i32> for Parameter {
    fn from(number: i32) -> Self {
        Self::Value(FieldValue::Integer(number))
    }
}

impl From<bool> for Parameter {
    fn from(flag: bool) -> Self {
        Self::Value(FieldValue::Flag(flag))
    }
}

type Xml = Writer<Vec<u8>>;

impl Parameter {
    pub(crate) fn write(&self, xml: &mut Xml) -> io::Result<()> {
        match self {
            Self::Value(value) => value.write(xml, "Parameter"),
            Self::Path(id) => {
                let element = xml.create_element("Parameter");
                element
                    .with_attribute(("ObjectPathId", id.to_string().as_str()))
                    .write_empty()
                    .map(drop)
            }
            Self::NewItem => xml
                .create_element("Parameter")
                .with_attribute(("TypeId", LIST_ITEM_CREATION))
                .write_empty()
                .map(drop),
        }
    }
}

impl FieldValue {
    fn write(&self, xml: &mut Xml, name: &str) -> io::Result<()> {
        match self {
            Self::Text(text) => typed(xml, name, "String", text),
            Self::Number(number) => typed(xml, name, "Number", &number.to_string()),
            Self::Integer(number) => typed(xml, name, "Number", &number.to_string()),
            Self::Flag(flag) => typed(xml, name, "Boolean", &flag.to_string()),
            Self::Moment(moment) => typed(xml, name, "DateTime", &moment.to_string()),
            Self::Empty => xml
                .create_element(name)
                .with_attribute(("Type", "Null"))
                .write_empty()
                .map(drop),
            Self::Person(id) => person(xml, name, *id),
            Self::People(ids) => {
                let element = xml.create_element(name).with_attribute(("Type", "Array"));
                let people = |xml: &mut Xml| ids.iter().try_for_each(|id| person(xml, "Object", *id));
                element.write_inner_content(people).map(drop)
            }
        }
    }
}

fn person(xml: &mut Xml, name: &str, id: PrincipalId) -> io::Result<()> {
    let element = xml
        .create_element(name)
        .with_attribute(("TypeId", FIELD_USER_VALUE));
    element
        .write_inner_content(|xml| property(xml, "LookupId", "Number", &id.0.to_string()))
        .map(drop)
}

fn property(xml: &mut Xml, name: &str, kind: &str, text: &str) -> io::Result<()> {
    let element = xml
        .create_element("Property")
        .with_attributes([("Name", name), ("Type", kind)]);
    element.write_text_content(BytesText::new(&legal(text))).map(drop)
}

fn typed(xml: &mut Xml, name: &str, kind: &str, text: &str) -> io::Result<()> {
    let element = xml.create_element(name).with_attribute(("Type", kind));
    element.write_text_content(BytesText::new(&legal(text))).map(drop)
}

/// XML 1.0 has no way to write control characters other than tab and line ends: they become U+FFFD, as a
/// browser would show them, instead of making the whole request unreadable.
fn legal(text: &str) -> String {
    let is_legal =
        |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars()
        .map(|c| if is_legal(c) { c } else { '\u{fffd}' })
        .collect()
}
