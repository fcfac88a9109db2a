//! The pace-keeper of one door in one tenant: it spends the documented budget, leaves the last part of it to
//! people, and after a refusal lets nobody send until the service wants it, and then one call first.

mod budget;
mod door;
mod gate;
mod window;

use std::{
    num::NonZeroU32,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, Semaphore, SemaphorePermit};

use crate::{Error, Priority, verdict::rate_limit};
pub(crate) use budget::units;
pub(crate) use door::Door;
use gate::{Gate, Pass, Stay};

/// How many calls may be under way, and for how long others wait.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Calls in flight through one door; at least 2, one of which is kept free for people.
    pub in_flight: usize,
    /// The same for Graph, but for mailboxes.
    pub in_flight_to_directory: usize,
    /// So long a call waits for its turn, all pauses together; then it fails, and its job comes again.
    pub patience: Duration,
}

impl Default for Pace {
    /// Outlook allows 4 concurrent requests for an app and mailbox, and Microsoft asks SharePoint's callers
    /// to reduce concurrency. Of the directory no such limit is known: its budgets hold us back, not its places.
    fn default() -> Self {
        Self {
            in_flight: 4,
            in_flight_to_directory: 10,
            patience: Duration::from_secs(5),
        }
    }
}

impl Pace {
    /// For a command that nobody would begin again: it waits out whatever Microsoft asks for.
    pub fn patient() -> Self {
        Self {
            patience: Duration::from_hours(1),
            ..Self::default()
        }
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
    /// A call that went out alone has come back.
    tried: Notify,
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
    pub(crate) fn new(door: Door, pace: Pace) -> Self {
        let in_flight = match door {
            Door::Directory => pace.in_flight_to_directory,
            Door::Login | Door::Mailbox | Door::Exchange | Door::SharePoint => pace.in_flight,
        };
        let in_flight = in_flight.max(2);
        Self {
            gate: Mutex::new(Gate::new(door)),
            tried: Notify::new(),
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

    pub(crate) fn set_sharers(&self, sharers: NonZeroU32) {
        self.gate().budget().set_sharers(sharers);
    }

    pub(crate) fn background_rate(&self) -> Option<Rate> {
        let (units, span) = self.gate().budget().background_rate()?;
        Some(Rate { units, span })
    }

    /// Lets a call of so many units out, or says how long to stay away. While one call tries whether the service
    /// takes calls again, the others wait for what it finds.
    pub(crate) async fn ask(
        &self,
        priority: Priority,
        units: u32,
        now: impl Fn() -> Timestamp,
    ) -> Result<Outing<'_>, Duration> {
        loop {
            let tried = self.tried.notified();
            let since = now();
            let asked = self.gate().ask(priority, units, since);
            match asked {
                Ok(pass) => return Ok(self.outing(pass, since)),
                Err(Stay::Away(wait)) => return Err(wait),
                Err(Stay::UntilTried) => tried.await,
            }
        }
    }

    fn outing(&self, pass: Pass, since: Timestamp) -> Outing<'_> {
        Outing {
            keeper: self,
            pass: Some(pass),
            since,
        }
    }

    /// How long to stay away if a call is refused now and no time is named.
    pub(crate) fn pause(&self) -> Duration {
        self.gate().pause()
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
        if let Some(limit) = rate_limit(headers, now) {
            self.gate().told(limit, now);
        }
    }
}

impl Outing<'_> {
    /// What became of the call.
    pub(crate) fn ended(mut self, error: Option<&Error>, now: Timestamp) {
        let refused = error.and_then(Error::refused_for);
        self.settle(|gate, pass| match (refused, error) {
            (Some(pause), _) => gate.refused(pass, pause, now),
            (None, Some(Error { status: None, .. })) => gate.lost(pass, now),
            _ => gate.taken(pass),
        });
    }

    fn settle(&mut self, end: impl FnOnce(&mut Gate, Pass)) {
        let Some(pass) = self.pass.take() else { return };
        end(&mut self.keeper.gate(), pass);
        if pass == Pass::Trial {
            self.keeper.tried.notify_waiters();
        }
    }
}

impl Drop for Outing<'_> {
    fn drop(&mut self) {
        let since = self.since;
        self.settle(|gate, pass| gate.lost(pass, since));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Service, Verdict};

    #[tokio::test]
    async fn the_last_place_is_kept_for_people() {
        let pace = PaceKeeper::new(
            Door::SharePoint,
            Pace {
                in_flight: 2,
                ..Pace::default()
            },
        );
        let _background = pace.enter(Priority::Background).await;
        assert_eq!(pace.background.available_permits(), 0);
        let _person = pace.enter(Priority::People).await;
    }

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    /// One service that has refused and takes a trial now.
    fn refused() -> PaceKeeper {
        let pace = PaceKeeper::new(Door::SharePoint, Pace::default());
        pace.gate().refused(Pass::Ordinary, Duration::ZERO, NOW);
        pace
    }

    #[tokio::test]
    async fn a_trial_that_is_broken_off_holds_nobody_back() {
        let pace = refused();
        drop(pace.ask(Priority::People, 1, || NOW).await);
        assert!(pace.ask(Priority::People, 1, || NOW).await.is_ok());
    }

    #[tokio::test]
    async fn whoever_comes_during_a_trial_does_what_it_finds() {
        let pace = refused();
        let ask = || pace.ask(Priority::People, 1, || NOW);
        let trial = ask().await.unwrap();
        let ((), follower) = tokio::join!(async { trial.ended(None, NOW) }, ask());
        assert!(follower.is_ok(), "taken");
        let pace = refused();
        let ask = || pace.ask(Priority::People, 1, || NOW);
        let trial = ask().await.unwrap();
        let refusal = Error {
            verdict: Verdict::Throttled {
                retry_after: Duration::from_secs(7),
            },
            ..Error::broken(Service::SharePoint, "try", "")
        };
        let (follower, ()) = tokio::join!(ask(), async { trial.ended(Some(&refusal), NOW) });
        assert_eq!(follower.err(), Some(Duration::from_secs(7)), "refused");
    }
}
