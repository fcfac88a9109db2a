//! 有効期限: until when what was approved stands.

use forms::{FieldKey, Values};
use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;

/// Until the end of a day that the form asks for. Then what was done is undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct End {
    /// Field of the form whose answer is a day. Empty: it stands for good.
    pub field: FieldKey,
    /// The applicant is told so many days before.
    #[serde(default = "reminders")]
    pub remind: Vec<u16>,
    /// What a renewal 更新申請 asks besides the day, such as the reason; the other answers stay.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renewal: Vec<FieldKey>,
}

fn reminders() -> Vec<u16> {
    vec![30, 7, 1]
}

impl End {
    /// So far ahead at most, in days.
    pub const MOST_DAYS: u16 = 366;
    /// So many reminders at most.
    pub const MOST_REMINDERS: usize = 10;

    /// The last second of the day that these answers mean; none: there is no end.
    pub fn moment(&self, values: &Values, calendar: &Calendar) -> Option<Timestamp> {
        // The form has refused what is no day.
        let day: civil::Date = values.text(self.field.as_str())?.parse().ok()?;
        let end = day
            .to_datetime(civil::time(23, 59, 59, 0))
            .to_zoned(calendar.zone().clone());
        // A day at the end of time lies beyond every clock.
        Some(end.map_or(Timestamp::MAX, |end| end.timestamp()))
    }

    /// The last day.
    pub fn day(at: Timestamp, calendar: &Calendar) -> civil::Date {
        at.to_zoned(calendar.zone().clone()).date()
    }

    /// The fields that a renewal asks.
    pub fn renewed(&self) -> impl Iterator<Item = &FieldKey> {
        std::iter::once(&self.field).chain(&self.renewal)
    }
}
