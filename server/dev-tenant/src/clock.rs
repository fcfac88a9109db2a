//! The tenant's clock: real time plus an offset that tests move.

use std::sync::{PoisonError, RwLock};

use jiff::{SignedDuration, Timestamp};

#[derive(Debug, Default)]
pub struct Clock {
    offset_ms: RwLock<i64>,
}

impl Clock {
    /// The tenant's present.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place of this crate where real time enters"
    )]
    pub fn now(&self) -> Timestamp {
        let offset = SignedDuration::from_millis(self.offset_ms());
        Timestamp::now().saturating_add(offset).unwrap_or(Timestamp::MAX)
    }

    /// Milliseconds by which the tenant is ahead of real time.
    pub fn offset_ms(&self) -> i64 {
        *self.offset_ms.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves the clock; a negative duration goes back.
    pub fn advance(&self, by: SignedDuration) {
        let moved: Result<(), std::convert::Infallible> = self.advance_with(by, |_| Ok(()));
        match moved {
            Ok(()) => {}
            Err(never) => match never {},
        }
    }

    /// The same once others were told the new offset: nobody of the tenant reads the clock between the two. Where they
    /// cannot be told, it stays.
    pub fn advance_with<E>(
        &self,
        by: SignedDuration,
        tell: impl FnOnce(i64) -> Result<(), E>,
    ) -> Result<(), E> {
        let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        let mut offset = self.offset_ms.write().unwrap_or_else(PoisonError::into_inner);
        let moved = offset.saturating_add(ms);
        tell(moved)?;
        *offset = moved;
        Ok(())
    }
}
