//! Whether the day from which on a plan is carried out can be told from the form.

use super::{Checked, check_day, ensure};
use crate::definition::{Definition, Start};

pub(super) fn check(definition: &Definition) -> Checked {
    let Some(start) = &definition.execution.start else {
        return Ok(());
    };
    check_day(definition, start.field.as_str(), "execution.start.field")?;
    let most = Start::MOST_DAYS;
    ensure(
        (-most..=most).contains(&start.days),
        "execution.start.days",
        "out of range",
        "Count at most 366 days, later or earlier",
    )
}
