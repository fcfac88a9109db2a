//! The tenant's clock: real time plus an offset that tests move.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

#[derive(Debug, Default)]
pub struct Clock {
    offset_ms: AtomicI64,
}

impl Clock {
    /// The tenant's present.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place of this crate where real time enters"
    )]
    pub fn now(&self) -> Timestamp {
        Timestamp::now()
            .saturating_add(SignedDuration::from_millis(
                self.offset_ms.load(Ordering::Relaxed),
            ))
            .unwrap_or(Timestamp::MAX)
    }

    /// Milliseconds by which the tenant is ahead of real time.
    pub fn offset_ms(&self) -> i64 {
        self.offset_ms.load(Ordering::Relaxed)
    }

    /// Moves the clock; a negative duration goes back.
    pub fn advance(&self, by: SignedDuration) {
        let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.offset_ms.fetch_add(ms, Ordering::Relaxed);
    }
}
