//! The one way to write a value: what is stored, hashed and compared.

use serde_json::{Map, Value};

use crate::answers::Answers;
use crate::field::{Field, Input};
use crate::rule::Rule;
use crate::schema::Schema;
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
    let kept = Values::new(kept);
    let answers = Answers::on_any_day(schema, &kept);
    let mut asked = kept.as_map().clone();
    asked.retain(|key, _| answers.asks(key) || schema.field(key).is_none());
    for field in schema.fields() {
        if let Some(value) = asked.get_mut(field.key.as_str()) {
            drop_unasked(&field.input, value, &answers);
        }
    }
    asked.retain(|_, value| !is_empty(value));
    Values::new(asked)
}

/// In rows: what is empty and what is not asked. Rows in which nothing was entered stay, so that an issue names the row
/// that the applicant sees.
fn drop_unasked(input: &Input, value: &mut Value, answers: &Answers<'_>) {
    let (Input::Rows { fields, .. }, Value::Array(rows)) = (input, value) else {
        return;
    };
    for row in rows.iter_mut().filter_map(Value::as_object_mut) {
        row.retain(|_, value| !is_empty(value));
        let entered = row.clone();
        let answers = answers.row(fields, &entered);
        row.retain(|key, _| answers.asks(key) || !fields.iter().any(|field| field.key.as_str() == key));
    }
}

fn normalise_value(input: &Input, value: &mut Value) {
    match (input, value) {
        (Input::Text { rule, .. }, Value::String(text)) => *text = one_line(text, folding(rule.as_ref())),
        (Input::Lines { .. }, Value::String(text)) => *text = lines(text),
        (Input::Date { .. }, Value::String(text)) => *text = one_line(text, Folding::Ascii),
        (Input::Rows { fields, .. }, Value::Array(rows)) => {
            for row in rows.iter_mut().filter_map(Value::as_object_mut) {
                normalise_row(fields, row);
            }
        }
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

fn normalise_row(fields: &[Field], row: &mut Map<String, Value>) {
    for field in fields {
        if let Some(value) = row.get_mut(field.key.as_str()) {
            normalise_value(&field.input, value);
        }
    }
}

fn folding(rule: Option<&Rule>) -> Folding {
    match rule {
        Some(Rule::Katakana {}) => Folding::Katakana,
        Some(rule) if rule.is_ascii() => Folding::Ascii,
        _ => Folding::Words,
    }
}

/// A line of text under a rule, as it is stored.
pub(crate) fn text(text: &str, rule: &Rule) -> String {
    one_line(text, folding(Some(rule)))
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
