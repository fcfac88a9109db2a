//! One cell as the value of a field. What cannot be read stays a text, for validation to say what is wrong.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::choices::{Master, Options};
use crate::date::Date;
use crate::field::{Input, Label};
use crate::summary::Language;

type Masters = BTreeMap<String, Master>;

/// Between several choices or people.
const BETWEEN: char = ';';

pub(super) fn read(input: &Input, cell: &str, masters: &Masters) -> Value {
    let items = || cell.split(BETWEEN).map(str::trim).filter(|item| !item.is_empty());
    match input {
        Input::Choice { options } => json!(chosen(options, cell.trim(), masters)),
        // What is too many is refused as it is written, without a look for each among all that is offered.
        Input::Choices { options, max_items } => items()
            .zip(1..)
            .map(|(item, number)| match number {
                number if number > *max_items => item,
                _ => chosen(options, item, masters),
            })
            .collect(),
        Input::Person {} => json!({ "upn": cell.trim() }),
        Input::People { .. } => items().map(|upn| json!({ "upn": upn })).collect(),
        Input::Number { .. } => match cell.trim().parse::<i64>() {
            Ok(number) => json!(number),
            Err(_) => json!(cell),
        },
        Input::Date { .. } => match day(cell.trim()) {
            Some(date) => json!(date),
            None => json!(cell),
        },
        Input::Text { .. } | Input::Lines { .. } | Input::Rows { .. } => json!(cell),
    }
}

/// Spreadsheets rewrite days as `2026/4/1`.
fn day(cell: &str) -> Option<Date> {
    let mut parts = cell.splitn(3, ['/', '-']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The value that is written, or the one of the only option with that label.
fn chosen<'a>(options: &'a Options, written: &'a str, masters: &'a Masters) -> &'a str {
    let offered = offered(options, masters);
    if offered.iter().any(|(value, _)| *value == written) {
        return written;
    }
    let mut labelled = offered
        .iter()
        .filter(|(_, label)| label.ja == written || label.en == written);
    match (labelled.next(), labelled.next()) {
        (Some((value, _)), None) => value,
        _ => written,
    }
}

fn offered<'a>(options: &'a Options, masters: &'a Masters) -> Vec<(&'a str, &'a Label)> {
    match options {
        Options::Inline(choices) => choices
            .iter()
            .map(|choice| (choice.value.as_str(), &choice.label))
            .collect(),
        Options::Master(from) => {
            let entries = masters.get(&from.master).map(|master| master.options.as_slice());
            let entries = entries.unwrap_or_default().iter();
            entries
                .map(|entry| (entry.value.as_str(), &entry.label))
                .collect()
        }
    }
}

pub(super) fn write(input: &Input, value: &Value, masters: &Masters, language: Language) -> String {
    match (input, value) {
        (_, Value::Array(items)) => {
            let items: Vec<_> = items
                .iter()
                .map(|item| write(input, item, masters, language))
                .collect();
            items.join(&BETWEEN.to_string())
        }
        (Input::Choice { options } | Input::Choices { options, .. }, Value::String(value)) => {
            written(options, value, masters, language).to_owned()
        }
        (Input::Person {} | Input::People { .. }, person) => {
            let upn = person.get("upn").and_then(Value::as_str);
            upn.unwrap_or_default().to_owned()
        }
        (_, Value::String(text)) => text.clone(),
        (_, Value::Null) => String::new(),
        (_, other) => other.to_string(),
    }
}

/// The label if it reads back as this value, else the value.
fn written<'a>(options: &'a Options, value: &'a str, masters: &'a Masters, language: Language) -> &'a str {
    let offered = offered(options, masters);
    let label = offered.iter().find(|(known, _)| *known == value);
    let label = label.map(|(_, label)| label.in_language(language));
    let safe = |label: &&str| {
        label.trim() == *label && !label.contains(BETWEEN) && chosen(options, label, masters) == value
    };
    label.filter(safe).unwrap_or(value)
}
