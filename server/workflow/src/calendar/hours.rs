//! Business hours: when a company opens, closes and pauses on a business day.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The same on every business day. Hours over midnight are not known: a business day ends on its own date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Hours {
    pub(super) opens: ClockTime,
    pub(super) closes: ClockTime,
    /// In order, apart from each other, within the hours.
    #[serde(default)]
    pub(super) breaks: Vec<Break>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Break {
    pub(super) from: ClockTime,
    pub(super) to: ClockTime,
}

/// What a clock shows, `HH:MM` from 00:00 to 23:59.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClockTime(Time);

#[derive(Debug, Error)]
#[error("\"{0}\" is not a time of the form HH:MM from 00:00 to 23:59")]
pub struct ClockTimeError(String);

impl Hours {
    /// The stretches between opening, breaks and closing.
    pub(super) fn stretches(&self) -> impl Iterator<Item = (ClockTime, ClockTime)> {
        let starts = std::iter::once(self.opens).chain(self.breaks.iter().map(|pause| pause.to));
        let ends = self.breaks.iter().map(|pause| pause.from);
        starts.zip(ends.chain([self.closes]))
    }
}

impl ClockTime {
    pub fn time(self) -> Time {
        self.0
    }
}

impl TryFrom<String> for ClockTime {
    type Error = ClockTimeError;

    fn try_from(text: String) -> Result<Self, ClockTimeError> {
        let plain = |c: (usize, u8)| {
            if c.0 == 2 {
                c.1 == b':'
            } else {
                c.1.is_ascii_digit()
            }
        };
        let shaped = text.len() == 5 && text.bytes().enumerate().all(plain);
        let time = shaped.then(|| text.parse().ok()).flatten();
        time.map(Self).ok_or(ClockTimeError(text))
    }
}

impl From<ClockTime> for String {
    fn from(ClockTime(time): ClockTime) -> Self {
        format!("{:02}:{:02}", time.hour(), time.minute())
    }
}
