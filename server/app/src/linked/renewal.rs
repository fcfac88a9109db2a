//! 更新申請: what was given stands longer; nothing else of it changes.

use forms::{Code, Issue, Values};
use jiff::civil::Date;
use provision::{Renewal, RenewalPlan};
use workflow::Definition;
use workflow::calendar::Calendar;
use workflow::definition::End;

use crate::cases::Case;

/// From the end that stands to the day of these answers, which must lie behind it.
pub(super) fn plan(
    (calendar, today): (&Calendar, Date),
    original: &Case,
    definition: &Definition,
    values: &Values,
) -> Result<RenewalPlan, Issue> {
    let over = || Issue::new(Code::NotApplicable, "PFOriginal");
    let end = definition.execution.end.as_ref().ok_or_else(over)?;
    let standing = original.application.expiry_ahead().ok_or_else(over)?;
    let field = end.field.as_str();
    let until = end.moment(values, calendar);
    let until = until.ok_or_else(|| Issue::new(Code::Required, field))?;
    let from = End::day(standing.at, calendar);
    if until <= standing.at {
        let days = (from - today).get_days().saturating_add(1);
        return Err(Issue::new(Code::TooEarly, field).with("days", days));
    }
    Ok(RenewalPlan {
        renewal: Renewal {
            application: original.application.id.to_string(),
            number: original.application.number.clone(),
            from,
            until: End::day(until, calendar),
        },
    })
}
