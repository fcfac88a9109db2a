//! What an application is decided under: the definition that it is pinned to, and the company's calendar.

use jiff::{SignedDuration, Timestamp};

use crate::calendar::{Calendar, DeadlineError, Period};
use crate::definition::Definition;

#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    pub definition: &'a Definition,
    pub calendar: &'a Calendar,
}

/// A period that is longer than this ends beyond every calendar.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 366 * 25);

impl Terms<'_> {
    /// When a period that begins at `from` is over.
    pub(super) fn after(&self, period: Period, from: Timestamp) -> Result<Timestamp, DeadlineError> {
        period.due(self.calendar, from)
    }

    /// The latest moment, in seconds, from which on a period is over at `until` or before; none if there is none.
    pub(super) fn before(&self, period: Period, until: Timestamp) -> Option<Timestamp> {
        let is_early = |second: i64| {
            let start = Timestamp::from_second(second).ok()?;
            Some(self.after(period, start).is_ok_and(|end| end <= until))
        };
        let mut late = until.as_second() + 1;
        let mut early = until.checked_sub(LONGEST).ok()?.as_second();
        if !is_early(early)? {
            return None;
        }
        while late - early > 1 {
            let middle = early + (late - early) / 2;
            if is_early(middle)? {
                early = middle;
            } else {
                late = middle;
            }
        }
        Timestamp::from_second(early).ok()
    }
}
