//! A civil date. No clock: who validates says what today is.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A day of the Gregorian calendar, years 1 to 9999; in JSON `"YYYY-MM-DD"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a date of the form YYYY-MM-DD")]
pub struct DateError;

impl Date {
    pub(crate) const FIRST: Self = Self {
        year: 1,
        month: 1,
        day: 1,
    };

    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, DateError> {
        let exists = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        if exists {
            Ok(Self { year, month, day })
        } else {
            Err(DateError)
        }
    }

    pub fn year(self) -> u16 {
        self.year
    }

    pub fn month(self) -> u8 {
        self.month
    }

    pub fn day(self) -> u8 {
        self.day
    }

    /// Days since an arbitrary fixed day: only differences mean something.
    pub fn day_number(self) -> i64 {
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let (y, m) = if month <= 2 {
            (year - 1, month + 9)
        } else {
            (year, month - 3)
        };
        y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + i64::from(self.day) - 1
    }

    /// So many days later, or earlier if negative; none beyond the years 1 to 9999.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let number = self.day_number().checked_add(days)?;
        // Years begin in March here, so that the leap day comes last; see `day_number`.
        let before = |year: i64| year * 365 + year / 4 - year / 100 + year / 400;
        if !(0..=before(10_000)).contains(&number) {
            return None;
        }
        let guess = (number * 10_000 + 14_780) / 3_652_425;
        let year = if before(guess) > number { guess - 1 } else { guess };
        let day = number - before(year);
        let month = (day * 5 + 2) / 153;
        let (y, m) = if month < 10 {
            (year, month + 3)
        } else {
            (year + 1, month - 9)
        };
        let d = day - (month * 153 + 2) / 5 + 1;
        Self::new(
            u16::try_from(y).ok()?,
            u8::try_from(m).ok()?,
            u8::try_from(d).ok()?,
        )
        .ok()
    }

    /// How many days `self` lies after `other`.
    pub fn days_since(self, other: Self) -> i64 {
        self.day_number() - other.day_number()
    }
}

fn days_in_month(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let bytes = text.as_bytes();
        let shape = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, b)| {
                if at == 4 || at == 7 {
                    *b == b'-'
                } else {
                    b.is_ascii_digit()
                }
            });
        if !shape {
            return Err(DateError);
        }
        let number = |from: usize, to: usize| text[from..to].parse::<u16>().map_err(|_| DateError);
        let small = |value: u16| u8::try_from(value).map_err(|_| DateError);
        Self::new(number(0, 4)?, small(number(5, 7)?)?, small(number(8, 10)?)?)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}
