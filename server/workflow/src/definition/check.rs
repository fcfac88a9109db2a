//! Whether a definition makes sense; every complaint names its place and what to do.

mod approval;
mod by_hand;
mod end;
mod execution;
mod plan;
mod sources;
mod start;
mod steps;
mod ways;

pub(crate) use ways::{exits, may_end};

use forms::Input;

use crate::definition::{Definition, DefinitionError};

type Checked = Result<(), DefinitionError>;

fn ensure(good: bool, path: &str, problem: &str, remedy: &str) -> Checked {
    if good {
        return Ok(());
    }
    Err(DefinitionError {
        path: path.to_owned(),
        problem: problem.to_owned(),
        remedy: remedy.to_owned(),
    })
}

pub(super) fn check(definition: &Definition) -> Checked {
    let key = definition.key.as_str();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    ensure(
        !key.is_empty() && key.chars().all(plain),
        "key",
        "not a key",
        "Use lower-case letters, digits and hyphens",
    )?;
    ensure(definition.version > 0, "version", "0", "Count versions from 1")?;
    check_label(&definition.title, "title")?;
    definition.form.check().map_err(|error| DefinitionError {
        path: "form".to_owned(),
        problem: error.to_string(),
        remedy: "Correct the form as the message says".to_owned(),
    })?;
    check_numbering(definition)?;
    check_application(definition)?;
    steps::check(definition)?;
    ways::check(definition)?;
    execution::check(definition)?;
    by_hand::check(definition)?;
    check_label(&definition.execution.title, "execution.title")?;
    start::check(definition)?;
    end::check(definition)?;
    plan::check(definition)
}

/// A field whose answer is a day.
fn check_day(definition: &Definition, field: &str, path: &str) -> Checked {
    check_field(definition, field, path)?;
    let found = definition.form.field(field);
    let is_day = found.is_some_and(|field| matches!(field.input, Input::Date { .. }));
    ensure(is_day, path, "not a day", "Name a field whose input is a date")
}

fn check_label(label: &forms::Label, path: &str) -> Checked {
    let said = !label.ja.trim().is_empty() && !label.en.trim().is_empty();
    ensure(
        said,
        path,
        "words are missing",
        "Write it in Japanese and English",
    )
}

fn check_numbering(definition: &Definition) -> Checked {
    let numbering = &definition.numbering;
    let prefix = &numbering.prefix;
    let good = (1..=10).contains(&prefix.len()) && prefix.chars().all(|c| c.is_ascii_alphanumeric());
    ensure(
        good,
        "numbering.prefix",
        "not a prefix",
        "Use 1 to 10 letters and digits",
    )?;
    let digits = (1..=12).contains(&numbering.digits);
    ensure(digits, "numbering.digits", "out of range", "Use 1 to 12 digits")
}

/// What the form tells of the applicant's post and of the day, and who may read.
fn check_application(definition: &Definition) -> Checked {
    if let Some(field) = &definition.apply_as {
        check_field(definition, field.as_str(), "applyAs")?;
    }
    sources::check_each(definition, 0, &definition.viewers, "viewers")?;
    let Some(field) = &definition.base_date else {
        return Ok(());
    };
    check_field(definition, field.as_str(), "baseDate")?;
    let found = definition.form.field(field.as_str());
    let is_day = found.is_some_and(|field| matches!(field.input, Input::Date { .. }));
    ensure(
        is_day,
        "baseDate",
        "not a day",
        "Name a field whose input is a date",
    )
}

/// A field that the form must have.
fn check_field(definition: &Definition, field: &str, path: &str) -> Checked {
    ensure(
        definition.form.field(field).is_some(),
        path,
        &format!("the form has no field \"{field}\""),
        "Name a field of the form",
    )
}
