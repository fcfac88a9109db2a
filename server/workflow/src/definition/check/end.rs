//! Whether the day until which a plan stands can be told from the form, and who is told of it in time.

use std::collections::BTreeSet;

use forms::Input;

use super::{Checked, check_field, ensure};
use crate::definition::{Definition, End};

pub(super) fn check(definition: &Definition) -> Checked {
    let Some(end) = &definition.execution.end else {
        return Ok(());
    };
    let path = "execution.end.field";
    check_field(definition, end.field.as_str(), path)?;
    let found = definition.form.field(end.field.as_str());
    let is_day = found.is_some_and(|field| matches!(field.input, Input::Date { .. }));
    ensure(is_day, path, "not a day", "Name a field whose input is a date")?;
    for (at, field) in end.renewal.iter().enumerate() {
        check_field(
            definition,
            field.as_str(),
            &format!("execution.end.renewal[{at}]"),
        )?;
    }
    let days: BTreeSet<u16> = end.remind.iter().copied().collect();
    let is_good = days.len() == end.remind.len()
        && days.len() <= End::MOST_REMINDERS
        && days.iter().all(|days| (1..=End::MOST_DAYS).contains(days));
    ensure(
        is_good,
        "execution.end.remind",
        "no numbers of days",
        "Name at most 10 different numbers of days, each from 1 to 366",
    )
}
