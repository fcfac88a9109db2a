//! What one client has used.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// Everything since the tenant was born or the counters were set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Usage {
    pub requests: u64,
    /// Of these, the ones that are not GET, HEAD or OPTIONS.
    pub writes: u64,
    /// Of these, the ones that were refused with 429 or 503 for what was used before.
    pub refused: u64,
    pub resource_units: u64,
    /// The most that the window of a minute held.
    pub busiest_minute: u64,
    /// Bytes of request bodies.
    pub bytes_received: u64,
    /// Bytes of answer bodies.
    pub bytes_sent: u64,
}

/// Units used since a moment; starts anew when its time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    length: SignedDuration,
    since: Option<Timestamp>,
    used: u64,
}

impl Window {
    pub(super) fn minutes(length: i64) -> Self {
        Self {
            length: SignedDuration::from_mins(length),
            since: None,
            used: 0,
        }
    }

    /// What was used before `now` in the window that `now` lies in.
    pub(super) fn used(&mut self, now: Timestamp) -> u64 {
        let is_over = |since| now < since || now.duration_since(since) >= self.length;
        if self.since.is_none_or(is_over) {
            (self.since, self.used) = (Some(now), 0);
        }
        self.used
    }

    /// What the window holds by now.
    pub(super) fn so_far(self) -> u64 {
        self.used
    }

    pub(super) fn add(&mut self, units: u64) {
        self.used = self.used.saturating_add(units);
    }

    /// Whole seconds until the window ends, 1 at least.
    pub(super) fn reset(&self, now: Timestamp) -> u64 {
        let passed = self.since.map_or(0, |since| now.duration_since(since).as_secs());
        u64::try_from(self.length.as_secs() - passed).unwrap_or(0).max(1)
    }
}

#[derive(Debug, Clone)]
pub(super) struct Account {
    pub(super) usage: Usage,
    pub(super) minute: Window,
    pub(super) day: Window,
    pub(super) blocked: bool,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            usage: Usage::default(),
            minute: Window::minutes(1),
            day: Window::minutes(24 * 60),
            blocked: false,
        }
    }
}

impl Account {
    pub(super) fn charge(&mut self, units: u64) {
        self.usage.resource_units = self.usage.resource_units.saturating_add(units);
        self.minute.add(units);
        self.day.add(units);
        self.usage.busiest_minute = self.usage.busiest_minute.max(self.minute.so_far());
    }
}
