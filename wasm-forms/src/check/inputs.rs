//! Whether what a field takes makes sense.

use super::{SchemaError, condition, ensure};
use crate::choices::{Choice, FieldName, Options};
use crate::condition::{Type, Vocabulary};
use crate::field::{Field, Input};
use crate::rule::Rule;

const MAX_OPTIONS: usize = 500;
/// The longest answer that still fits, JSON-escaped, into the list column that carries the values.
const MAX_LENGTH: u32 = 10_000;
const MAX_ITEMS: u32 = 200;
/// A bulk application; how many fit is a matter of [`crate::MAX_ROWS_BYTES`] too.
const MAX_ROWS: u32 = 1_000;

pub(super) fn check_fill(
    field: &Field,
    is_known: impl Fn(&str) -> bool,
    path: &str,
) -> Result<(), SchemaError> {
    let fill = match &field.input {
        Input::Choice {
            options: Options::Master(from),
        } => &from.fill,
        Input::Choices {
            options: Options::Master(from),
            ..
        } => {
            return ensure(from.fill.is_empty(), path, "only a single choice can fill fields");
        }
        _ => return Ok(()),
    };
    let good = fill.keys().all(|key| is_known(key.as_str()) && *key != field.key);
    ensure(
        good,
        &format!("{path}.input.options.fill"),
        "names no other field",
    )
}

pub(super) fn check_input(input: &Input, known: &Vocabulary, path: &str) -> Result<(), SchemaError> {
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
        Input::Choice { options } => check_options(options, known, path),
        Input::Choices { options, max_items } => {
            check_items(*max_items, path)?;
            check_options(options, known, path)
        }
        Input::People { max_items } => check_items(*max_items, path),
        Input::Rows {
            fields,
            min_rows,
            max_rows,
        } => {
            ensure(!fields.is_empty(), path, "rows need a field")?;
            let fits = (1..=MAX_ROWS).contains(max_rows) && min_rows <= max_rows;
            ensure(fits, path, "maxRows must be 1 to 1000 and not less than minRows")
        }
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

fn check_options(options: &Options, known: &Vocabulary, path: &str) -> Result<(), SchemaError> {
    match options {
        Options::Master(from) => {
            ensure(!from.master.is_empty(), path, "needs the master's name")?;
            let comparable = |name: &FieldName| {
                let term = known.term(&name.name());
                term.is_some_and(|term| matches!(term.of, Type::Text | Type::Number))
            };
            let good = from.filter.values().all(comparable);
            ensure(
                good,
                &format!("{path}.options.where"),
                "needs fields with one text or number",
            )
        }
        Options::Inline(choices) => check_choices(choices, known, path),
    }
}

fn check_choices(choices: &[Choice], known: &Vocabulary, path: &str) -> Result<(), SchemaError> {
    ensure(
        (1..=MAX_OPTIONS).contains(&choices.len()),
        path,
        "needs 1 to 500 options",
    )?;
    let twice = |(at, choice): (usize, &Choice)| choices[..at].iter().any(|c| c.value == choice.value);
    ensure(
        !choices.iter().enumerate().any(twice),
        path,
        "offers a value twice",
    )?;
    ensure(
        choices.iter().all(|c| !c.value.is_empty()),
        path,
        "offers an empty value",
    )?;
    for (at, choice) in choices.iter().enumerate() {
        if let Some(when) = &choice.when {
            condition(when, known, &format!("{path}.options[{at}].when"))?;
        }
    }
    Ok(())
}
