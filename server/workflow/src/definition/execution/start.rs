//! 実行予定: from when on what was approved is carried out.

use forms::{FieldKey, Values};
use jiff::{Span, Timestamp, civil};
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, ClockTime};

/// Counted from a day that the form asks for, such as a first or a last working day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Start {
    /// Field of the form whose answer is a day. Empty: what was approved is carried out at once.
    pub field: FieldKey,
    /// So many days later; negative: earlier.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub days: i16,
    /// On the clocks of the company's calendar; absent: as the day begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<ClockTime>,
}

impl Start {
    /// So far from the day at most.
    pub const MOST_DAYS: i16 = 366;

    /// The moment that these answers mean; none: at once.
    pub(crate) fn moment(&self, values: &Values, calendar: &Calendar) -> Option<Timestamp> {
        // The form has refused what is no day.
        let day: civil::Date = values.text(self.field.as_str())?.parse().ok()?;
        let day = day.saturating_add(Span::new().days(self.days));
        let time = self.time.unwrap_or_default().time();
        let start = day.to_datetime(time).to_zoned(calendar.zone().clone());
        // A day at the end of time lies beyond every clock.
        Some(start.map_or(Timestamp::MAX, |start| start.timestamp()))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(days: &i16) -> bool {
    *days == 0
}
