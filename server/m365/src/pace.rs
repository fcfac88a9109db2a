//! The pace-keeper of one service in one tenant: it spends the documented budget, leaves the last part of it to
//! people, and after a refusal lets nobody send until the service wants it, and then one call first.

mod budget;
mod gate;
mod window;

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{Error, Priority, Service, Verdict, verdict::rate_limit};
pub(crate) use budget::units;
use gate::{Gate, Pass};

/// Pause after a refusal that names no time (Graph's reporting APIs do that): our own choice.
pub(crate) const DEFAULT_PAUSE: Duration = Duration::from_secs(30);

/// How many calls may be under way.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Calls in flight to one service; at least 2, one of which is kept free for people.
    pub in_flight: usize,
}

impl Default for Pace {
    /// Outlook allows 4 concurrent requests for an app and mailbox, and Microsoft asks SharePoint's callers
    /// to reduce concurrency.
    fn default() -> Self {
        Self { in_flight: 4 }
    }
}

/// What background work may spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// So many resource units…
    pub units: u64,
    /// … in this time.
    pub span: SignedDuration,
}

/// The right to have one call in flight.
pub(crate) struct Permit<'a> {
    _all: SemaphorePermit<'a>,
    _background: Option<SemaphorePermit<'a>>,
}

pub(crate) struct PaceKeeper {
    gate: Mutex<Gate>,
    all: Semaphore,
    background: Semaphore,
}

/// A call that was let out; dropped without an answer it counts as lost.
pub(crate) struct Outing<'a> {
    keeper: &'a PaceKeeper,
    /// Until its end is known.
    pass: Option<Pass>,
    since: Timestamp,
}

impl PaceKeeper {
    pub(crate) fn new(service: Service, pace: Pace) -> Self {
        let in_flight = pace.in_flight.max(2);
        Self {
            gate: Mutex::new(Gate::new(service)),
            all: Semaphore::new(in_flight),
            background: Semaphore::new(in_flight - 1),
        }
    }

    fn gate(&self) -> MutexGuard<'_, Gate> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_licences(&self, licences: u64) {
        self.gate().budget().set_licences(licences);
    }

    pub(crate) fn background_rate(&self) -> Option<Rate> {
        let (units, span) = self.gate().budget().background_rate()?;
        Some(Rate { units, span })
    }

    /// Lets a call of so many units out, or says how long to stay away.
    pub(crate) fn ask(&self, priority: Priority, units: u32, now: Timestamp) -> Result<Outing<'_>, Duration> {
        let pass = self.gate().ask(priority, units, now)?;
        Ok(Outing {
            keeper: self,
            pass: Some(pass),
            since: now,
        })
    }

    /// Waits for a place; background work never takes the last one.
    pub(crate) async fn enter(&self, priority: Priority) -> Permit<'_> {
        let background = match priority {
            Priority::People => None,
            Priority::Background => self.background.acquire().await.ok(),
        };
        let all = self.all.acquire().await.expect("the semaphore is never closed");
        Permit {
            _all: all,
            _background: background,
        }
    }

    /// What the headers of an answer say about the budget.
    pub(crate) fn observe(&self, headers: &HeaderMap, now: Timestamp) {
        if let Some(limit) = rate_limit(headers) {
            self.gate().told(limit, now);
        }
    }
}

impl Outing<'_> {
    /// What became of the call.
    pub(crate) fn ended(mut self, error: Option<&Error>, now: Timestamp) {
        let Some(pass) = self.pass.take() else { return };
        let mut gate = self.keeper.gate();
        match error {
            Some(Error {
                verdict: Verdict::Throttled { retry_after },
                ..
            }) => gate.refused(*retry_after, now),
            Some(Error { status: None, .. }) => gate.lost(pass, now),
            _ => gate.taken(pass),
        }
    }
}

impl Drop for Outing<'_> {
    fn drop(&mut self) {
        if let Some(pass) = self.pass {
            self.keeper.gate().lost(pass, self.since);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_last_place_is_kept_for_people() {
        let pace = PaceKeeper::new(Service::SharePoint, Pace { in_flight: 2 });
        let _background = pace.enter(Priority::Background).await;
        assert_eq!(pace.background.available_permits(), 0);
        let _person = pace.enter(Priority::People).await;
    }

    #[test]
    fn a_trial_that_is_broken_off_holds_nobody_back() {
        let pace = PaceKeeper::new(Service::SharePoint, Pace::default());
        let now = Timestamp::UNIX_EPOCH;
        pace.gate().refused(Duration::ZERO, now);
        drop(pace.ask(Priority::People, 1, now));
        assert!(pace.ask(Priority::People, 1, now).is_ok());
    }
}
