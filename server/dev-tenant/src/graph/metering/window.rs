//! What was spent in a time that slides along.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

#[derive(Debug)]
pub(super) struct Window {
    span: SignedDuration,
    spent: VecDeque<(Timestamp, u64)>,
    sum: u64,
}

impl Window {
    pub(super) fn over(span: SignedDuration) -> Self {
        Self {
            span,
            spent: VecDeque::new(),
            sum: 0,
        }
    }

    pub(super) fn sum(&mut self, now: Timestamp) -> u64 {
        while let Some((at, units)) = self.spent.front().copied() {
            if now.duration_since(at) < self.span {
                break;
            }
            self.sum -= units;
            self.spent.pop_front();
        }
        self.sum
    }

    pub(super) fn spend(&mut self, units: u64, now: Timestamp) {
        self.spent.push_back((now, units));
        self.sum += units;
    }

    /// How long until less than `limit` counts, if nothing is spent meanwhile; whole seconds, 1 at least.
    pub(super) fn frees(&self, limit: u64, now: Timestamp) -> i64 {
        let mut left = self.sum;
        let frees = self.spent.iter().find(|(_, units)| {
            left -= units;
            left < limit
        });
        let wait = frees.map_or(self.span, |(at, _)| self.span - now.duration_since(*at));
        i64::from(wait.subsec_nanos() > 0) + wait.as_secs().max(1)
    }
}
