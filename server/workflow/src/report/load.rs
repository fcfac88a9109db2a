//! What a step, or a person, had to do, and how long that took.

use std::time::Duration;

use jiff::Timestamp;

use crate::calendar::{Calendar, DeadlineError};
use crate::report::Spread;

/// How long things took on the clock, and in the company's business time; seconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Times {
    elapsed: Vec<u32>,
    business: Vec<u32>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Load {
    /// Of what is over.
    pub times: Times,
    /// Still waits.
    pub open: u32,
    /// Was, or is, late.
    pub late: u32,
    /// Business seconds for which things waited here, those that still wait included.
    pub waited: u64,
}

/// From one moment to another.
pub(super) struct Stretch {
    pub(super) elapsed: u32,
    pub(super) business: u32,
}

impl Stretch {
    pub(super) fn of(calendar: &Calendar, from: Timestamp, to: Timestamp) -> Result<Self, DeadlineError> {
        let elapsed = Duration::try_from(to.duration_since(from)).unwrap_or_default();
        Ok(Self {
            elapsed: seconds(elapsed),
            business: seconds(calendar.business_time_between(from, to)?),
        })
    }
}

/// Longer than 136 years is as good as 136 years.
fn seconds(time: Duration) -> u32 {
    u32::try_from(time.as_secs()).unwrap_or(u32::MAX)
}

impl Times {
    pub(super) fn add(&mut self, stretch: &Stretch) {
        self.elapsed.push(stretch.elapsed);
        self.business.push(stretch.business);
    }

    pub fn count(&self) -> usize {
        self.elapsed.len()
    }

    pub fn elapsed(&self) -> Option<Spread> {
        Spread::of(self.elapsed.clone())
    }

    pub fn business(&self) -> Option<Spread> {
        Spread::of(self.business.clone())
    }
}

impl Load {
    /// Something that waited here; `is_over`: not any more.
    pub(super) fn add(&mut self, stretch: &Stretch, is_over: bool, is_late: bool) {
        if is_over {
            self.times.add(stretch);
        } else {
            self.open += 1;
        }
        self.late += u32::from(is_late);
        self.waited += u64::from(stretch.business);
    }
}
