//! The days that a report is about.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// From the first to the last day, both included, on the clocks of a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Days {
    first: Date,
    last: Date,
}

/// Into what stretches the days are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    Day,
    Month,
}

/// Longer periods are told by months.
const MOST_SINGLE_DAYS: i32 = 31;

impl Days {
    /// None: the last day comes before the first.
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    pub fn first(self) -> Date {
        self.first
    }

    pub fn last(self) -> Date {
        self.last
    }

    pub fn grain(self) -> Grain {
        if (self.last - self.first).get_days() < MOST_SINGLE_DAYS {
            Grain::Day
        } else {
            Grain::Month
        }
    }

    /// The first moment, and the first that comes after.
    ///
    /// # Errors
    /// The days lie beyond what can be counted.
    pub fn moments(self, zone: &TimeZone) -> Result<(Timestamp, Timestamp), jiff::Error> {
        let after = self.last.checked_add(Span::new().days(1))?;
        let begin = |day: Date| day.to_zoned(zone.clone()).map(|moment| moment.timestamp());
        Ok((begin(self.first)?, begin(after)?))
    }

    /// The first days of all stretches, in order.
    pub(super) fn stretches(self) -> Vec<Date> {
        let mut stretches = vec![self.stretch(self.first)];
        let mut day = self.first;
        while day < self.last {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
            let stretch = self.stretch(day);
            if stretches.last() != Some(&stretch) {
                stretches.push(stretch);
            }
        }
        stretches
    }

    /// The first day of the stretch in which a day lies.
    pub(super) fn stretch(self, day: Date) -> Date {
        match self.grain() {
            Grain::Day => day,
            Grain::Month => day.first_of_month(),
        }
    }
}
