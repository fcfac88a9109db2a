//! Counting in business days and business time.

use std::time::Duration;

use jiff::civil::{Date, Time};
use jiff::tz::AmbiguousOffset;
use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use super::Calendar;
use super::hours::ClockTime;
use super::national::{FIRST_DAY, LAST_DAY};

/// A deadline cannot be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DeadlineError {
    #[error("the start lies outside of the calendar. Start between {FIRST_DAY} and {LAST_DAY}")]
    StartOutside,
    #[error("the end lies outside of the calendar, which ends on {LAST_DAY}. Use a shorter period")]
    EndOutside,
}

type Due = Result<Timestamp, DeadlineError>;

impl Calendar {
    /// The closing of the business day `days` after the one as which `start` counts; with 0, of that day itself.
    ///
    /// # Errors
    /// Start or end outside of the calendar.
    pub fn after_business_days(&self, start: Timestamp, days: u32) -> Due {
        let days = usize::try_from(days).map_err(|_| DeadlineError::EndOutside)?;
        let mut ahead = self.days_ahead(start)?.iter();
        let day = ahead.nth(days).ok_or(DeadlineError::EndOutside)?;
        self.closing(*day)
    }

    /// When so much business time has passed since `start`: the earliest such moment, so a closing rather than
    /// the next opening.
    ///
    /// # Errors
    /// Start or end outside of the calendar.
    pub fn after_business_time(&self, start: Timestamp, time: Duration) -> Due {
        let mut left = time;
        for day in self.days_ahead(start)? {
            for stretch in self.written.hours.stretches() {
                let (open, close) = self.open(*day, stretch)?;
                let open = open.max(start);
                let room = passed(open, close);
                if close >= start && left <= room {
                    return open.checked_add(left).map_err(|_| DeadlineError::EndOutside);
                }
                left -= room;
            }
        }
        Err(DeadlineError::EndOutside)
    }

    /// How much business time passes from `start` to `end`; none if `end` is not after `start`.
    ///
    /// # Errors
    /// Start or end outside of the calendar.
    pub fn business_time_between(&self, start: Timestamp, end: Timestamp) -> Result<Duration, DeadlineError> {
        let mut spent = Duration::ZERO;
        for day in self.days_ahead(start)? {
            for stretch in self.written.hours.stretches() {
                let (open, close) = self.open(*day, stretch)?;
                if end <= open {
                    return Ok(spent);
                }
                spent += passed(open.max(start), close.min(end));
            }
        }
        Err(DeadlineError::EndOutside)
    }

    /// The same time on the clocks of the zone so many days later, be it a day off or not.
    ///
    /// # Errors
    /// Start or end outside of the calendar.
    pub fn after_calendar_days(&self, start: Timestamp, days: u32) -> Due {
        let start = start.to_zoned(self.zone.clone()).datetime();
        if !(FIRST_DAY..=LAST_DAY).contains(&start.date()) {
            return Err(DeadlineError::StartOutside);
        }
        let time = SignedDuration::from_hours(24 * i64::from(days));
        let end = start.checked_add(time).map_err(|_| DeadlineError::EndOutside)?;
        if end.date() > LAST_DAY {
            return Err(DeadlineError::EndOutside);
        }
        self.moment(end.date(), end.time())
    }

    /// The next moment after `now` at which clocks show this time on a business day.
    ///
    /// # Errors
    /// The moment lies outside of the calendar.
    pub fn next_at(&self, time: Time, now: Timestamp) -> Due {
        let today = now.to_zoned(self.zone.clone()).date();
        let yesterday = today.yesterday().map_err(|_| DeadlineError::StartOutside)?;
        for day in &self.working[self.working.partition_point(|day| *day < yesterday)..] {
            let moment = self.moment(*day, time)?;
            if moment > now {
                return Ok(moment);
            }
        }
        Err(DeadlineError::EndOutside)
    }

    /// The business days from the one as which `start` counts: the first whose closing is not before it.
    fn days_ahead(&self, start: Timestamp) -> Result<&[Date], DeadlineError> {
        let today = start.to_zoned(self.zone.clone()).date();
        if !(FIRST_DAY..=LAST_DAY).contains(&today) {
            return Err(DeadlineError::StartOutside);
        }
        // Clocks that jump over midnight can close a day on the next one's date, so yesterday is looked at too.
        let yesterday = today.yesterday().map_err(|_| DeadlineError::StartOutside)?;
        let mut ahead = &self.working[self.working.partition_point(|day| *day < yesterday)..];
        while let [first, rest @ ..] = ahead {
            if self.closing(*first)? >= start {
                break;
            }
            ahead = rest;
        }
        Ok(ahead)
    }

    fn closing(&self, day: Date) -> Due {
        self.moment(day, self.written.hours.closes.time())
    }

    fn open(
        &self,
        day: Date,
        (from, to): (ClockTime, ClockTime),
    ) -> Result<(Timestamp, Timestamp), DeadlineError> {
        Ok((self.moment(day, from.time())?, self.moment(day, to.time())?))
    }

    /// The first moment at which the clocks of the zone show the time, or have jumped over it.
    fn moment(&self, day: Date, time: Time) -> Due {
        let civil = day.to_datetime(time);
        let outside = |_| DeadlineError::EndOutside;
        match self.zone.to_ambiguous_timestamp(civil).offset() {
            AmbiguousOffset::Unambiguous { offset } | AmbiguousOffset::Fold { before: offset, .. } => {
                offset.to_timestamp(civil).map_err(outside)
            }
            AmbiguousOffset::Gap { before, .. } => {
                // As if the clocks had not jumped: at or after the jump, and before any other.
                let unmoved = before.to_timestamp(civil).map_err(outside)?;
                let after = unmoved.checked_add(Duration::from_secs(1)).map_err(outside)?;
                let jump = self.zone.preceding(after).next();
                jump.map(|jump| jump.timestamp()).ok_or(DeadlineError::EndOutside)
            }
        }
    }
}

/// Time from one moment to another; none if that is not after it.
fn passed(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or(Duration::ZERO)
}
