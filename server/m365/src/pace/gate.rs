//! Whether a call may go out now: pure, with time as an argument.

use std::time::Duration;

use jiff::Timestamp;

use super::budget::Budget;
use super::door::Door;
use crate::{
    Priority,
    clock::{after, between},
    verdict::RateLimit,
};

/// Pause after a refusal that names no time. Microsoft's advice for it is exponential back-off ("Microsoft Graph
/// throttling guidance", 2025-01); the figures are our own choice.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
/// Such pauses grow no longer than this.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// What a call that goes out is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    Ordinary,
    /// The only one after a refusal: its answer says whether the others may follow.
    Trial,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    /// Refused: nobody sends until then, and then one.
    Closed {
        until: Timestamp,
    },
    /// One call is out.
    Trying,
}

/// Why a call may not go out now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stay {
    Away(Duration),
    /// Until the one call that is out has its answer.
    UntilTried,
}

#[derive(Debug, Clone)]
pub(super) struct Gate {
    state: State,
    /// Refusals since the service took a call last, those of calls that were under way together counted as one.
    refusals: u32,
    /// The service has said that little is left: background work stays away until then.
    scarce: Timestamp,
    budget: Budget,
}

impl Gate {
    pub(super) fn new(door: Door) -> Self {
        Self {
            state: State::Open,
            refusals: 0,
            scarce: Timestamp::MIN,
            budget: Budget::of(door),
        }
    }

    pub(super) fn budget(&mut self) -> &mut Budget {
        &mut self.budget
    }

    /// Lets a call of so many units out, or says how long to stay away.
    pub(super) fn ask(&mut self, priority: Priority, units: u32, now: Timestamp) -> Result<Pass, Stay> {
        let away = |until| Stay::Away(between(now, until));
        match self.state {
            State::Closed { until } if until > now => return Err(away(until)),
            State::Trying => return Err(Stay::UntilTried),
            _ => {}
        }
        if priority == Priority::Background && self.scarce > now {
            return Err(away(self.scarce));
        }
        self.budget.spend(priority, units, now).map_err(away)?;
        if self.state == State::Open {
            return Ok(Pass::Ordinary);
        }
        self.state = State::Trying;
        Ok(Pass::Trial)
    }

    /// How long to stay away if the service refuses a call now and names no time: doubled with each refusal.
    pub(super) fn pause(&self) -> Duration {
        let doubled = FIRST_PAUSE.saturating_mul(1 << self.refusals.min(8));
        doubled.min(LONGEST_PAUSE)
    }

    /// The service refused a call, and wants `wait`.
    pub(super) fn refused(&mut self, pass: Pass, wait: Duration, now: Timestamp) {
        if pass == Pass::Trial || self.state == State::Open {
            self.refusals = self.refusals.saturating_add(1);
        }
        self.close(wait, now);
    }

    /// A longer wait that was asked for before stands.
    fn close(&mut self, wait: Duration, now: Timestamp) {
        let until = after(now, wait);
        self.state = match self.state {
            State::Closed { until: longer } => State::Closed {
                until: longer.max(until),
            },
            State::Open | State::Trying => State::Closed { until },
        };
    }

    /// The service took a call. Those that were under way before a refusal prove nothing.
    pub(super) fn taken(&mut self, pass: Pass) {
        if pass == Pass::Trial && self.state == State::Trying {
            self.state = State::Open;
            self.refusals = 0;
        }
    }

    /// A trial ended without an answer: the next call is one.
    pub(super) fn lost(&mut self, pass: Pass, now: Timestamp) {
        if pass == Pass::Trial && self.state == State::Trying {
            self.state = State::Closed { until: now };
        }
    }

    /// SharePoint sends these headers from 80 % of use on: what is left is people's. Nobody sends into nothing.
    pub(super) fn told(&mut self, limit: RateLimit, now: Timestamp) {
        self.scarce = self.scarce.max(after(now, limit.reset));
        if limit.remaining == 0 {
            self.close(limit.reset, now);
        }
    }
}

#[cfg(test)]
mod tests;
