//! Whether the day until which a plan stands can be told from the form, and who is told of it in time.

use std::collections::BTreeSet;

use super::{Checked, check_day, check_field, ensure};
use crate::definition::{Definition, End};

pub(super) fn check(definition: &Definition) -> Checked {
    let Some(end) = &definition.execution.end else {
        return Ok(());
    };
    check_day(definition, end.field.as_str(), "execution.end.field")?;
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
