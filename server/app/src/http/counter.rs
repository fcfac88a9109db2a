//! Where codes are redeemed. Anybody may come with a code, and redeeming one asks Entra by the same door through which
//! the service's own tokens come: few are served at once, and each sign-in that was begun is served once.

use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::Problem;

/// Half of the places of that door.
const AT_ONCE: usize = 2;
/// Whoever waits longer is told to come again.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// Longer than a sign-in that was begun is good for.
const KEEP: Duration = Duration::from_mins(15);
const REMEMBERED: u64 = 100_000;

#[derive(Clone)]
pub(super) struct Counter {
    places: Arc<Semaphore>,
    served: Cache<String, ()>,
    longest_wait: Duration,
}

impl Counter {
    pub(super) fn new(longest_wait: Duration) -> Self {
        Self {
            places: Arc::new(Semaphore::new(AT_ONCE)),
            served: Cache::builder()
                .max_capacity(REMEMBERED)
                .time_to_live(KEEP)
                .build(),
            longest_wait,
        }
    }

    /// A place for whoever began with this `state`, until it is dropped; none if he was served before.
    ///
    /// # Errors
    /// [`Problem::Unavailable`] when too many stand before him.
    pub(super) async fn come(&self, state: &str) -> Result<Option<OwnedSemaphorePermit>, Problem> {
        let place = timeout(self.longest_wait, Arc::clone(&self.places).acquire_owned()).await;
        let Ok(Ok(place)) = place else {
            return Err(Problem::Unavailable);
        };
        let is_first = self.served.entry(state.to_owned()).or_insert(()).await.is_fresh();
        Ok(is_first.then_some(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_sign_in_is_served_once() {
        let counter = Counter::new(LONGEST_WAIT);
        assert!(counter.come("a").await.unwrap().is_some());
        assert!(counter.come("a").await.unwrap().is_none());
        assert!(counter.come("b").await.unwrap().is_some());
    }

    #[tokio::test]
    async fn a_crowd_waits_outside_and_not_at_the_door_of_the_service() {
        let counter = Counter::new(Duration::from_millis(1));
        let first = counter.come("a").await.unwrap();
        let second = counter.come("b").await.unwrap();
        assert!(matches!(counter.come("c").await, Err(Problem::Unavailable)));
        drop((first, second));
        assert!(
            counter.come("c").await.unwrap().is_some(),
            "whoever was not served comes again"
        );
    }
}
