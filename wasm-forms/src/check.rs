//! Whether a schema makes sense; every complaint names its place.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::choices::{Choice, Options};
use crate::field::{Availability, Condition, Field, Input};
use crate::rule::Rule;
use crate::schema::Schema;

const MAX_SECTIONS: usize = 30;
const MAX_FIELDS: usize = 200;
const MAX_OPTIONS: usize = 500;
/// The longest answer that still fits, JSON-escaped, into the list column that carries the values.
const MAX_LENGTH: u32 = 10_000;
const MAX_ITEMS: u32 = 200;

#[derive(Debug, Error)]
pub enum SchemaError {
    #[error("the schema is not of the known shape: {0}")]
    Shape(#[from] serde_json::Error),
    #[error("{path}: {reason}")]
    Sense { path: String, reason: &'static str },
}

fn sense(path: &str, reason: &'static str) -> SchemaError {
    SchemaError::Sense {
        path: path.to_owned(),
        reason,
    }
}

fn ensure(good: bool, path: &str, reason: &'static str) -> Result<(), SchemaError> {
    if good { Ok(()) } else { Err(sense(path, reason)) }
}

type Known<'a> = BTreeMap<&'a str, &'a Field>;

pub(crate) fn check(schema: &Schema) -> Result<(), SchemaError> {
    ensure(
        schema.sections.len() <= MAX_SECTIONS,
        "sections",
        "more than 30 sections",
    )?;
    ensure(
        schema.fields().count() <= MAX_FIELDS,
        "sections",
        "more than 200 fields",
    )?;
    ensure(
        schema.fields().next().is_some(),
        "sections",
        "a form needs a field",
    )?;
    let mut known = Known::new();
    for (s, section) in schema.sections.iter().enumerate() {
        for (f, field) in section.fields.iter().enumerate() {
            let path = format!("sections[{s}].fields[{f}]");
            check_field(field, &known, &path)?;
            known.insert(field.key.as_str(), field);
        }
    }
    Ok(())
}

fn check_field(field: &Field, known: &Known<'_>, path: &str) -> Result<(), SchemaError> {
    let key = format!("{path}.key");
    ensure(
        field.key.is_well_formed(),
        &key,
        "use a lower-case letter, then letters and digits, 40 at most",
    )?;
    ensure(
        !known.contains_key(field.key.as_str()),
        &key,
        "used by an earlier field",
    )?;
    let named = !field.label.ja.trim().is_empty() && !field.label.en.trim().is_empty();
    ensure(named, &format!("{path}.label"), "needs words in both languages")?;
    if let Some(Availability::Upn) = field.availability {
        let fits = matches!(
            &field.input,
            Input::Text {
                rule: Some(Rule::UpnLocal {}),
                ..
            }
        );
        ensure(
            fits,
            &format!("{path}.availability"),
            "\"upn\" needs a text with the rule upnLocal",
        )?;
    }
    if let Some(condition) = &field.visible_when {
        check_condition(condition, known, &format!("{path}.visibleWhen"))?;
    }
    check_input(&field.input, &format!("{path}.input"))
}

fn check_condition(condition: &Condition, known: &Known<'_>, path: &str) -> Result<(), SchemaError> {
    let asked = known
        .get(condition.field.as_str())
        .ok_or_else(|| sense(path, "names no earlier field"))?;
    let Input::Choice { options } = &asked.input else {
        return Err(sense(path, "can only look at a choice"));
    };
    ensure(!condition.one_of.is_empty(), path, "needs at least one value")?;
    if let Options::Inline(choices) = options {
        let offered = |value: &String| choices.iter().any(|choice| choice.value == *value);
        ensure(
            condition.one_of.iter().all(offered),
            path,
            "names a value that cannot be chosen",
        )?;
    }
    Ok(())
}

fn check_input(input: &Input, path: &str) -> Result<(), SchemaError> {
    match input {
        Input::Text {
            min_length,
            max_length,
            rule,
        } => {
            let fits = *max_length >= 1 && *max_length <= MAX_LENGTH && min_length <= max_length;
            ensure(
                fits,
                path,
                "maxLength must be 1 to 10000 and not less than minLength",
            )?;
            let digits =
                |rule: &Rule| matches!(rule, Rule::Digits { length } if *length == 0 || *length > 64);
            ensure(
                !rule.as_ref().is_some_and(digits),
                path,
                "digits need a length of 1 to 64",
            )
        }
        Input::Lines { max_length } => ensure(
            (1..=MAX_LENGTH).contains(max_length),
            path,
            "maxLength must be 1 to 10000",
        ),
        Input::Date {
            earliest: Some(earliest),
            latest: Some(latest),
        } => ensure(earliest <= latest, path, "earliest must not be after latest"),
        Input::Number { min, max } => ensure(min <= max, path, "min must not be above max"),
        Input::Choice { options } => check_options(options, path),
        Input::Choices { options, max_items } => {
            check_items(*max_items, path)?;
            check_options(options, path)
        }
        Input::People { max_items } => check_items(*max_items, path),
        Input::Date { .. } | Input::Person {} => Ok(()),
    }
}

fn check_items(max_items: u32, path: &str) -> Result<(), SchemaError> {
    ensure(
        (1..=MAX_ITEMS).contains(&max_items),
        path,
        "maxItems must be 1 to 200",
    )
}

fn check_options(options: &Options, path: &str) -> Result<(), SchemaError> {
    match options {
        Options::Master { master } => ensure(!master.is_empty(), path, "needs the master's name"),
        Options::Inline(choices) => {
            ensure(
                (1..=MAX_OPTIONS).contains(&choices.len()),
                path,
                "needs 1 to 500 options",
            )?;
            let twice =
                |(at, choice): (usize, &Choice)| choices[..at].iter().any(|c| c.value == choice.value);
            ensure(
                !choices.iter().enumerate().any(twice),
                path,
                "offers a value twice",
            )?;
            ensure(
                choices.iter().all(|c| !c.value.is_empty()),
                path,
                "offers an empty value",
            )
        }
    }
}
