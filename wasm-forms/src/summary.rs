//! What was entered, as lines for people: approvers, mails, the list's summary column.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::choices::{Master, Options};
use crate::field::{Field, Input, Label};
use crate::schema::Schema;
use crate::values::Values;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Ja,
    En,
}

impl Label {
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Ja => &self.ja,
            Language::En => &self.en,
        }
    }
}

/// More rows are a table to be looked at; a summary then tells of the first of them alone.
pub const ROWS_IN_SUMMARY: usize = 20;
const FIRST_ROWS: usize = 3;

/// One answer: the field's key and label, and the value as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub key: String,
    pub label: String,
    pub value: String,
}

/// The answers in the order of the form, choices by their label. Fields without an answer are left out.
pub fn summary(
    schema: &Schema,
    values: &Values,
    masters: &BTreeMap<String, Master>,
    language: Language,
) -> Vec<Line> {
    let line = |field: &Field| {
        let value = values.get(field.key.as_str())?;
        Some(Line {
            key: field.key.as_str().to_owned(),
            label: field.label.in_language(language).to_owned(),
            value: words(&field.input, value, masters, language),
        })
    };
    schema.fields().filter_map(line).collect()
}

fn words(input: &Input, value: &Value, masters: &BTreeMap<String, Master>, language: Language) -> String {
    if let (Input::Rows { fields, .. }, Value::Array(rows)) = (input, value) {
        return rows_words(fields, rows, masters, language);
    }
    if let Value::Array(items) = value {
        let items: Vec<String> = items
            .iter()
            .map(|item| words(input, item, masters, language))
            .collect();
        return items.join(match language {
            Language::Ja => "、",
            Language::En => ", ",
        });
    }
    match (input, value) {
        (Input::Choice { options } | Input::Choices { options, .. }, Value::String(chosen)) => {
            chosen_label(options, masters, chosen, language)
        }
        (Input::Person {} | Input::People { .. }, Value::Object(person)) => {
            let text = |key: &str| person.get(key).and_then(Value::as_str);
            match (text("name"), text("upn")) {
                (Some(name), Some(upn)) => format!("{name} ({upn})"),
                (name, upn) => upn.or(name).unwrap_or_default().to_owned(),
            }
        }
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    }
}

fn more(rows: usize, language: Language) -> Option<String> {
    let words = match language {
        Language::Ja => format!("… 他 {rows} 行"),
        Language::En => format!("… and {rows} more rows"),
    };
    (rows > 0).then_some(words)
}

fn chosen_label(
    options: &Options,
    masters: &BTreeMap<String, Master>,
    chosen: &str,
    language: Language,
) -> String {
    let label = match options {
        Options::Inline(choices) => choices
            .iter()
            .find(|choice| choice.value == chosen)
            .map(|choice| &choice.label),
        Options::Master(from) => masters
            .get(&from.master)
            .and_then(|master| master.entry(chosen))
            .map(|entry| &entry.label),
    };
    label
        .map_or(chosen, |label| label.in_language(language))
        .to_owned()
}

/// One line for each row, by its number; of many the first.
fn rows_words(
    fields: &[Field],
    rows: &[Value],
    masters: &BTreeMap<String, Master>,
    language: Language,
) -> String {
    let told = if rows.len() > ROWS_IN_SUMMARY {
        FIRST_ROWS
    } else {
        rows.len()
    };
    let numbered = (1..).zip(rows.iter().filter_map(Value::as_object)).take(told);
    let lines = numbered.map(|(number, row)| {
        let row = row_words(fields, row, masters, language);
        format!("{number}. {row}")
    });
    let lines: Vec<String> = lines.chain(more(rows.len() - told, language)).collect();
    lines.join("\n")
}

/// The answers of a row with their labels, in the order of the form.
fn row_words(
    fields: &[Field],
    row: &Map<String, Value>,
    masters: &BTreeMap<String, Master>,
    language: Language,
) -> String {
    let answered = fields.iter().filter_map(|field| {
        let value = row.get(field.key.as_str())?;
        let label = field.label.in_language(language);
        Some(format!(
            "{label} {}",
            words(&field.input, value, masters, language)
        ))
    });
    let answered: Vec<String> = answered.collect();
    answered.join(" / ")
}
