//! The pace-keeper of one service in one tenant: after a refusal nobody sends until the service wants it.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use http::HeaderMap;
use jiff::Timestamp;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{
    Priority,
    clock::{after, between},
    verdict::rate_limit,
};

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

/// The right to have one call in flight.
pub(crate) struct Permit<'a> {
    _all: SemaphorePermit<'a>,
    _background: Option<SemaphorePermit<'a>>,
}

/// Until when whom to hold back.
#[derive(Debug, Clone, Copy)]
struct Held {
    everyone: Timestamp,
    background: Timestamp,
}

pub(crate) struct PaceKeeper {
    held: Mutex<Held>,
    all: Semaphore,
    background: Semaphore,
}

impl PaceKeeper {
    pub(crate) fn new(pace: Pace) -> Self {
        let in_flight = pace.in_flight.max(2);
        Self {
            held: Mutex::new(Held {
                everyone: Timestamp::MIN,
                background: Timestamp::MIN,
            }),
            all: Semaphore::new(in_flight),
            background: Semaphore::new(in_flight - 1),
        }
    }

    /// How long this kind of work has to stay away, if at all.
    pub(crate) fn pause(&self, priority: Priority, now: Timestamp) -> Option<Duration> {
        let held = *self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let until = match priority {
            Priority::People => held.everyone,
            Priority::Background => held.everyone.max(held.background),
        };
        (until > now).then(|| between(now, until))
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

    /// The service refused: everyone stays away.
    pub(crate) fn refused(&self, wait: Duration, now: Timestamp) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.everyone = held.everyone.max(after(now, wait));
    }

    /// Spreads what is left of the budget over the time until it is renewed, for background work only.
    /// SharePoint sends the headers only above 80 % of use.
    pub(crate) fn observe(&self, headers: &HeaderMap, now: Timestamp) {
        let Some(limit) = rate_limit(headers) else { return };
        let gap = limit.reset / limit.remaining.saturating_add(1);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.background = after(now, gap);
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_refusal_holds_everyone_until_its_time_and_never_shortens() {
        let pace = PaceKeeper::new(Pace::default());
        pace.refused(Duration::from_secs(30), at(0));
        pace.refused(Duration::from_secs(5), at(1));
        assert_eq!(
            pace.pause(Priority::People, at(10)),
            Some(Duration::from_secs(20))
        );
        assert_eq!(pace.pause(Priority::Background, at(30)), None);
    }

    #[test]
    fn a_shrinking_budget_slows_background_work_and_spares_people() {
        let pace = PaceKeeper::new(Pace::default());
        let mut headers = HeaderMap::new();
        headers.insert("ratelimit-remaining", HeaderValue::from_static("2"));
        headers.insert("ratelimit-reset", HeaderValue::from_static("30"));
        pace.observe(&headers, at(0));
        assert_eq!(
            pace.pause(Priority::Background, at(0)),
            Some(Duration::from_secs(10))
        );
        assert_eq!(pace.pause(Priority::People, at(0)), None);
    }

    #[tokio::test]
    async fn the_last_place_is_kept_for_people() {
        let pace = PaceKeeper::new(Pace { in_flight: 2 });
        let _background = pace.enter(Priority::Background).await;
        assert_eq!(pace.background.available_permits(), 0);
        let _person = pace.enter(Priority::People).await;
    }
}
