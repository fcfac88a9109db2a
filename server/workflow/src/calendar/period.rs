//! How long a step may take.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Calendar, DeadlineError};

/// In JSON one of `{"businessDays": 3}`, `{"businessHours": 8}` and `{"calendarDays": 14}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Period {
    /// To the closing of the business day so many days after the one as which the start counts.
    BusinessDays(Count),
    /// Until so much business time has passed.
    BusinessHours(Count),
    /// To the same time of the day, be it a day off or not.
    CalendarDays(Count),
}

/// How many: 1 to 3660, ten years of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Count(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{0} is not a length of a period. Use 1 to 3660, or leave the deadline out")]
pub struct CountError(u32);

const MOST: u32 = 3660;
const HOUR: Duration = Duration::from_hours(1);

impl Period {
    /// When a period that starts at `start` is over.
    ///
    /// # Errors
    /// Start or end outside of the calendar.
    pub fn due(self, calendar: &Calendar, start: Timestamp) -> Result<Timestamp, DeadlineError> {
        match self {
            Self::BusinessDays(Count(days)) => calendar.after_business_days(start, days),
            Self::BusinessHours(Count(hours)) => calendar.after_business_time(start, HOUR * hours),
            Self::CalendarDays(Count(days)) => calendar.after_calendar_days(start, days),
        }
    }
}

impl TryFrom<u32> for Count {
    type Error = CountError;

    fn try_from(count: u32) -> Result<Self, CountError> {
        if (1..=MOST).contains(&count) {
            Ok(Self(count))
        } else {
            Err(CountError(count))
        }
    }
}

impl From<Count> for u32 {
    fn from(count: Count) -> Self {
        count.0
    }
}
