//! What was spent in a span of time that slides along.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

/// A span is kept in so many slots. What was spent counts until its whole slot lies outside the span: up to one
/// slot too long, never too short.
const SLOTS: i64 = 60;

#[derive(Debug, Clone)]
pub(super) struct Window {
    span: i64,
    slots: VecDeque<Slot>,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    /// The first millisecond after it.
    end: i64,
    units: u64,
}

impl Window {
    pub(super) fn new(span: SignedDuration) -> Self {
        Self {
            span: span.as_millis().try_into().unwrap_or(i64::MAX),
            slots: VecDeque::new(),
        }
    }

    pub(super) fn spend(&mut self, units: u64, now: Timestamp) {
        let width = (self.span / SLOTS).max(1);
        let end = (now.as_millisecond().div_euclid(width) + 1) * width;
        match self.slots.back_mut() {
            // A clock that was turned back adds to the newest slot.
            Some(newest) if newest.end >= end => newest.units += units,
            _ => self.slots.push_back(Slot { end, units }),
        }
    }

    /// What counts now.
    pub(super) fn spent(&mut self, now: Timestamp) -> u64 {
        let start = now.as_millisecond().saturating_sub(self.span);
        while self.slots.front().is_some_and(|slot| slot.end <= start) {
            self.slots.pop_front();
        }
        self.slots.iter().map(|slot| slot.units).sum()
    }

    /// The first moment at which no more than `at_most` counts, if nothing is spent until then.
    pub(super) fn falls_to(&mut self, at_most: u64, now: Timestamp) -> Timestamp {
        let mut left = self.spent(now);
        for slot in &self.slots {
            if left <= at_most {
                return now;
            }
            left -= slot.units;
            if left <= at_most {
                return Timestamp::from_millisecond(slot.end.saturating_add(self.span)).unwrap_or(now);
            }
        }
        now
    }
}
