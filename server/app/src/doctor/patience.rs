//! Microsoft 365 may ask to be left alone for a moment: a check that it broke off is made again, like a job, as long as
//! somebody at a screen will wait.

use std::time::Duration;

use super::Finding;

/// Of all pauses of a run together.
const MOST: Duration = Duration::from_mins(5);

pub(super) struct Patience {
    left: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { left: MOST }
    }
}

impl Patience {
    /// What the check finds in the end.
    pub(super) async fn with(&mut self, check: impl AsyncFn() -> Vec<Finding>) -> Vec<Finding> {
        loop {
            let findings = check().await;
            let Some(pause) = findings.iter().filter_map(Finding::pause).max() else {
                return findings;
            };
            // Headers round down.
            let pause = pause + Duration::from_secs(1);
            let Some(left) = self.left.checked_sub(pause) else {
                return findings;
            };
            self.left = left;
            let _ = tokio::time::timeout(pause, std::future::pending::<()>()).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use m365::{Error, Service, Verdict};

    use super::*;

    fn asked_to_wait(seconds: u64) -> Vec<Finding> {
        let error = Error {
            service: Service::SharePoint,
            operation: "read a list",
            status: Some(429),
            code: None,
            message: String::new(),
            request_id: None,
            verdict: Verdict::Throttled {
                retry_after: Duration::from_secs(seconds),
            },
        };
        vec![Finding::good("before"), Finding::unknown("lists", &error)]
    }

    #[tokio::test]
    async fn a_check_that_was_asked_to_wait_is_made_again_after_that_and_not_for_ever() {
        let mut patience = Patience::default();
        let looks = Cell::new(0);
        let look = |seconds| {
            looks.set(looks.get() + 1);
            if looks.get() < 3 {
                asked_to_wait(seconds)
            } else {
                vec![Finding::good("lists")]
            }
        };
        let found = patience.with(async || look(0)).await;
        assert_eq!((found, looks.get()), (vec![Finding::good("lists")], 3));
        assert_eq!(patience.left + Duration::from_secs(2), MOST);
        looks.set(0);
        let found = patience.with(async || look(MOST.as_secs())).await;
        assert_eq!((found, looks.get()), (asked_to_wait(MOST.as_secs()), 1));
    }
}
