//! Whether the day from which on a plan is carried out can be told from the form.

use forms::Input;

use super::{Checked, check_field, ensure};
use crate::definition::{Definition, Start};

pub(super) fn check(definition: &Definition) -> Checked {
    let Some(start) = &definition.execution.start else {
        return Ok(());
    };
    let path = "execution.start.field";
    check_field(definition, start.field.as_str(), path)?;
    let found = definition.form.field(start.field.as_str());
    let is_day = found.is_some_and(|field| matches!(field.input, Input::Date { .. }));
    ensure(is_day, path, "not a day", "Name a field whose input is a date")?;
    let most = Start::MOST_DAYS;
    ensure(
        (-most..=most).contains(&start.days),
        "execution.start.days",
        "out of range",
        "Count at most 366 days, later or earlier",
    )
}
