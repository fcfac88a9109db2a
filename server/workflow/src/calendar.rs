//! When a company works, and when something is due.
//!
//! A calendar is data. Its JSON:
//!
//! ```json
//! {
//!   "zone": "Asia/Tokyo",
//!   "nationalHolidaysOff": true,
//!   "weeklyDaysOff": ["saturday", "sunday"],
//!   "daysOff": [
//!     {"date": "12-29", "name": {"ja": "年末休業", "en": "Year-end closing"}},
//!     {"date": "2026-08-14", "name": {"ja": "夏季休業", "en": "Summer closing"}}
//!   ],
//!   "workingDays": [
//!     {"date": "2026-03-28", "name": {"ja": "棚卸し", "en": "Stocktaking"}}
//!   ],
//!   "hours": {"opens": "09:00", "closes": "17:30", "breaks": [{"from": "12:00", "to": "13:00"}]}
//! }
//! ```
//!
//! | member | meaning |
//! | --- | --- |
//! | `zone` | IANA time zone: days and hours are read on its clocks |
//! | `nationalHolidaysOff` | whether the company rests on the national holidays of Japan |
//! | `weeklyDaysOff` | names of the days of the week without work, not all seven |
//! | `daysOff` | the company's own: `YYYY-MM-DD`, or `MM-DD` for every year |
//! | `workingDays` | `YYYY-MM-DD`: worked whatever else is said about the day; also the way to overrule a holiday |
//! | `hours` | the same on every business day, within one civil day; breaks in order |
//!
//! All members but the three lists `daysOff`, `workingDays` and `breaks` must be there; unknown ones are refused.
//!
//! # What counts
//! - A **business day** is a day on which the company works; it ends when the company closes.
//! - A start counts as the first business day whose closing is not before it: before opening and in a break that is
//!   the same day, after closing and on a day off the next business day.
//! - **Business time** is time that passes while the company is open, breaks left out. Where clocks are put forward
//!   or back within business hours, it is the time that really passes.
//! - A time that clocks leave out is the moment at which they jump; of a time that they show twice, the first counts.

mod check;
mod day;
mod deadline;
mod hours;
pub mod national;
mod period;
mod rest;
mod week;

pub use deadline::DeadlineError;
pub use hours::{ClockTime, ClockTimeError, Hours};
pub use period::{Count, CountError, Period};
pub use rest::Off;
pub use week::DayOfWeek;

use std::collections::BTreeSet;

use forms::Label;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use day::{Day, Once};

/// A company's calendar. It is only made from text that makes sense, so it always has business days to count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Calendar {
    written: Written,
    zone: TimeZone,
    /// Every business day from [`national::FIRST_DAY`] to [`national::LAST_DAY`], in order.
    working: Vec<Date>,
}

/// A calendar as people write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Written {
    zone: String,
    national_holidays_off: bool,
    weekly_days_off: BTreeSet<DayOfWeek>,
    #[serde(default)]
    days_off: Vec<Named<Day>>,
    #[serde(default)]
    working_days: Vec<Named<Once>>,
    hours: Hours,
}

/// A day with the reason why it differs from the others of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Named<D> {
    date: D,
    name: Label,
}

/// Where a calendar is wrong, what is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{path}: {problem}. {remedy}")]
pub struct CalendarError {
    pub path: String,
    pub problem: String,
    pub remedy: String,
}

impl Calendar {
    pub fn parse(json: &str) -> Result<Self, CalendarError> {
        let written: Written = serde_json::from_str(json).map_err(|error| CalendarError {
            path: format!("line {}, column {}", error.line(), error.column()),
            problem: error.to_string(),
            remedy: "Correct the JSON as the message says".to_owned(),
        })?;
        written.try_into()
    }

    /// The zone on whose clocks days and hours are read.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }
}

impl TryFrom<Written> for Calendar {
    type Error = CalendarError;

    fn try_from(written: Written) -> Result<Self, CalendarError> {
        let zone = check::check(&written)?;
        let working = rest::working_days(&written);
        check::check_gaps(&working)?;
        Ok(Self {
            written,
            zone,
            working,
        })
    }
}

impl From<Calendar> for Written {
    fn from(calendar: Calendar) -> Self {
        calendar.written
    }
}
