//! The one way to write a value: what is stored, hashed and compared.

use serde_json::{Map, Value};

use crate::field::Input;
use crate::rule::Rule;
use crate::schema::Schema;
use crate::validate::is_visible;
use crate::values::{Values, is_empty};
use crate::width::{Folding, fold};

/// Trims, folds widths, drops what is empty and what is not asked. Unknown fields stay, so that [`crate::validate`]
/// can name them. Doing it twice changes nothing.
pub fn normalise(schema: &Schema, values: &Values) -> Values {
    let mut kept: Map<String, Value> = values.as_map().clone();
    for field in schema.fields() {
        if let Some(value) = kept.get_mut(field.key.as_str()) {
            normalise_value(&field.input, value);
        }
    }
    kept.retain(|_, value| !is_empty(value));
    let mut kept = Values::new(kept);
    for field in schema.fields() {
        if !is_visible(schema, field, &kept) {
            let mut fewer = kept.into_map();
            fewer.remove(field.key.as_str());
            kept = Values::new(fewer);
        }
    }
    kept
}

fn normalise_value(input: &Input, value: &mut Value) {
    match (input, value) {
        (Input::Text { rule, .. }, Value::String(text)) => *text = one_line(text, folding(rule.as_ref())),
        (Input::Lines { .. }, Value::String(text)) => *text = lines(text),
        (Input::Date { .. }, Value::String(text)) => *text = one_line(text, Folding::Ascii),
        (Input::Person {}, Value::Object(person)) => normalise_person(person),
        (Input::People { .. }, Value::Array(people)) => {
            people
                .iter_mut()
                .filter_map(Value::as_object_mut)
                .for_each(normalise_person);
        }
        _ => {}
    }
}

fn folding(rule: Option<&Rule>) -> Folding {
    match rule {
        Some(Rule::Katakana {}) => Folding::Katakana,
        Some(rule) if rule.is_ascii() => Folding::Ascii,
        _ => Folding::Words,
    }
}

fn one_line(text: &str, folding: Folding) -> String {
    fold(text, folding).trim().to_owned()
}

/// Prose keeps its widths; only line ends and what trails are made the same everywhere.
fn lines(text: &str) -> String {
    let plain = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: Vec<&str> = plain.split('\n').map(str::trim_end).collect();
    kept.join("\n").trim().to_owned()
}

fn normalise_person(person: &mut Map<String, Value>) {
    if let Some(Value::String(upn)) = person.get_mut("upn") {
        *upn = one_line(upn, Folding::Ascii);
    }
    if let Some(Value::String(name)) = person.get_mut("name") {
        *name = name.trim().to_owned();
    }
}
