//! Reading columns written as CAML `<Field …/>`.

use uuid::Uuid;

use super::fault::Fault;
use crate::sharepoint::state::field::{Field, FieldKind, ShownIn};
use crate::sharepoint::state::ids::{FieldId, ListId};
use crate::sharepoint::xml::{self, Element};

/// `AddFieldInternalNameHint`: take `Name` as the internal name.
pub const INTERNAL_NAME_HINT: u32 = 8;
/// `AddFieldToDefaultView`.
pub const TO_DEFAULT_VIEW: u32 = 16;

/// Reads a column definition. Without the hint the display name gives the internal name, as in SharePoint.
///
/// # Errors
/// 400 for XML that is no `<Field>`, or a type outside the model.
pub fn parse(schema: &str, options: u32, fresh: Uuid) -> Result<Field, Fault> {
    let element = xml::read(schema).map_err(|error| Fault::argument(error.to_string()))?;
    let attribute = |name: &str| element.attribute_ignoring_case(name);
    if element.name != "Field" {
        return Err(Fault::argument("The field schema is no Field element."));
    }
    let name = attribute("Name");
    let title = attribute("DisplayName")
        .or(name)
        .ok_or_else(|| Fault::argument("The field has no DisplayName."))?;
    let internal = match name {
        Some(name) if options & INTERNAL_NAME_HINT != 0 => name.to_owned(),
        _ => internal_name(title),
    };
    let id = attribute("ID").and_then(|id| Uuid::parse_str(id.trim_matches(['{', '}'])).ok());
    let is = |name: &str| is_true(&element, name);
    Ok(Field {
        description: attribute("Description").unwrap_or_default().to_owned(),
        required: is("Required"),
        read_only: is("ReadOnly"),
        hidden: is("Hidden"),
        indexed: is("Indexed") || is("EnforceUniqueValues"),
        enforce_unique: is("EnforceUniqueValues"),
        default_value: element.child("Default").map(|default| default.text.clone()),
        group: attribute("Group").unwrap_or("Custom Columns").to_owned(),
        custom_formatter: attribute("CustomFormatter").map(str::to_owned),
        shown_in: shown_in(&element),
        ..Field::custom(FieldId(id.unwrap_or(fresh)), &internal, title, kind(&element)?)
    })
}

/// The internal name that SharePoint makes of a display name: `_xHHHH_` for what is no identifier, at most 32 long.
pub fn internal_name(title: &str) -> String {
    let encoded = |character: char| match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => character.to_string(),
        other => format!("_x{:04x}_", u32::from(other)),
    };
    let name: String = title.chars().map(encoded).collect();
    name.chars().take(32).collect()
}

fn kind(element: &Element) -> Result<FieldKind, Fault> {
    let is = |name: &str| is_true(element, name);
    let number = |name: &str| {
        element
            .attribute_ignoring_case(name)
            .and_then(|text| text.parse::<f64>().ok())
    };
    let type_name = element.attribute_ignoring_case("Type").unwrap_or_default();
    Ok(match type_name {
        "Text" => FieldKind::Text {
            max_length: whole(element, "MaxLength", 255),
        },
        "Note" => FieldKind::Note {
            rich_text: is("RichText"),
            append_only: is("AppendOnly"),
            lines: whole(element, "NumLines", 6),
        },
        "Number" => FieldKind::Number {
            min: number("Min"),
            max: number("Max"),
        },
        "Integer" => FieldKind::Integer,
        "Currency" => FieldKind::Currency,
        "Boolean" => FieldKind::Boolean,
        "DateTime" => FieldKind::DateTime {
            date_only: element.attribute_ignoring_case("Format") == Some("DateOnly"),
        },
        "Choice" => FieldKind::Choice {
            choices: choices(element),
            fill_in: is("FillInChoice"),
        },
        "MultiChoice" => FieldKind::MultiChoice {
            choices: choices(element),
            fill_in: is("FillInChoice"),
        },
        "User" | "UserMulti" => FieldKind::User {
            multi: type_name == "UserMulti" || is("Mult"),
        },
        "Lookup" | "LookupMulti" => lookup(element, type_name == "LookupMulti" || is("Mult")),
        "URL" => FieldKind::Url,
        "Guid" => FieldKind::Guid,
        other => {
            return Err(Fault::argument(format!(
                "Field type {other} is not installed properly."
            )));
        }
    })
}

fn is_true(element: &Element, name: &str) -> bool {
    element
        .attribute_ignoring_case(name)
        .is_some_and(|value| value.eq_ignore_ascii_case("TRUE"))
}

/// Forms show a column unless its schema says `FALSE`.
fn shown_in(element: &Element) -> ShownIn {
    let shows = |name: &str| {
        element
            .attribute_ignoring_case(name)
            .is_none_or(|value| !value.eq_ignore_ascii_case("FALSE"))
    };
    ShownIn {
        new_form: shows("ShowInNewForm"),
        edit_form: shows("ShowInEditForm"),
        display_form: shows("ShowInDisplayForm"),
    }
}

fn whole(element: &Element, name: &str, default: u32) -> u32 {
    element
        .attribute_ignoring_case(name)
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

fn choices(element: &Element) -> Vec<String> {
    let choices = element
        .child("CHOICES")
        .map(|choices| choices.children.as_slice());
    choices
        .unwrap_or_default()
        .iter()
        .map(|choice| choice.text.clone())
        .collect()
}

fn lookup(element: &Element, multi: bool) -> FieldKind {
    let list = element.attribute_ignoring_case("List");
    FieldKind::Lookup {
        list: list
            .and_then(|id| Uuid::parse_str(id.trim_matches(['{', '}'])).ok())
            .map(ListId),
        show_field: element
            .attribute_ignoring_case("ShowField")
            .unwrap_or("Title")
            .to_owned(),
        multi,
    }
}
