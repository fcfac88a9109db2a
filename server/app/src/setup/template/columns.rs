//! Columns as SharePoint's own XML. The engine of PnP knows columns by id, so each has one that never changes.

use std::io;

use quick_xml::events::BytesText;
use uuid::Builder;
use workflow::Hash;

use super::Xml;
use crate::config::Language;
use crate::setup::{Field, formatter};

pub(super) fn write(writer: &mut Xml, list: &str, field: &Field, language: Language) -> io::Result<()> {
    let id = id(list, &field.name);
    let formatter = formatter(field).map(|formatter| formatter.to_string());
    let mut attributes = vec![
        ("ID", id.as_str()),
        ("Type", field.type_name()),
        ("Name", &field.name),
        ("StaticName", &field.name),
        ("DisplayName", field.title.in_language(language)),
    ];
    attributes.extend(field.attributes());
    if field.indexed {
        attributes.push(("Indexed", "TRUE"));
    }
    if field.unique {
        attributes.push(("EnforceUniqueValues", "TRUE"));
    }
    attributes.extend(formatter.as_deref().map(|text| ("CustomFormatter", text)));
    if field.choices.is_empty() {
        return super::empty(writer, "Field", &attributes);
    }
    super::element(writer, "Field", &attributes, |inner| {
        super::element(inner, "CHOICES", &[], |inner| {
            let mut choices = field.choices.iter();
            choices.try_for_each(|choice| {
                let element = inner.create_element("CHOICE");
                element
                    .write_text_content(BytesText::new(&choice.value))
                    .map(|_| ())
            })
        })
    })
}

/// `{…}` of list and name.
fn id(list: &str, name: &str) -> String {
    let hash = Hash::of(format!("provisioning-flow {list} {name}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.0[..16]);
    format!("{{{}}}", Builder::from_custom_bytes(bytes).into_uuid())
}
