//! Days as a calendar names them.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// One day, `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Once(pub(super) Date);

/// One day, `YYYY-MM-DD`, or the same day of every year, `MM-DD`; 02-29 is a day of leap years alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) enum Day {
    Once(Once),
    Yearly { month: i8, day: i8 },
}

#[derive(Debug, Error)]
pub(super) enum DayError {
    #[error("\"{0}\" is not a day of the form YYYY-MM-DD")]
    Once(String),
    #[error("\"{0}\" is not a day of the form YYYY-MM-DD, or MM-DD for every year")]
    Any(String),
}

/// A leap year: every day that any year has, it has.
const LEAP_YEAR: i16 = 2000;

impl Day {
    pub(super) fn yearly(date: Date) -> Self {
        Self::Yearly {
            month: date.month(),
            day: date.day(),
        }
    }
}

/// A number of exactly so many digits.
fn digits<N: std::str::FromStr>(text: &str, count: usize) -> Option<N> {
    let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

fn once(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    Date::new(digits(year, 4)?, digits(month, 2)?, digits(day, 2)?).ok()
}

fn yearly(text: &str) -> Option<Day> {
    let (month, day) = text.split_once('-')?;
    let date = Date::new(LEAP_YEAR, digits(month, 2)?, digits(day, 2)?).ok()?;
    Some(Day::yearly(date))
}

impl TryFrom<String> for Once {
    type Error = DayError;

    fn try_from(text: String) -> Result<Self, DayError> {
        once(&text).map(Self).ok_or(DayError::Once(text))
    }
}

impl TryFrom<String> for Day {
    type Error = DayError;

    fn try_from(text: String) -> Result<Self, DayError> {
        let day = once(&text).map(|date| Self::Once(Once(date)));
        day.or_else(|| yearly(&text)).ok_or(DayError::Any(text))
    }
}

impl fmt::Display for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Once(once) => once.fmt(f),
            Self::Yearly { month, day } => write!(f, "{month:02}-{day:02}"),
        }
    }
}

impl From<Once> for String {
    fn from(once: Once) -> Self {
        once.to_string()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}
