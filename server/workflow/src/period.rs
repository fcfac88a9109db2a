//! How long something may take.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A length of time, as definitions write it: `{"calendarDays": 3}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Period {
    /// Times 24 hours.
    CalendarDays(u16),
}

impl Period {
    fn span(self) -> SignedDuration {
        match self {
            Self::CalendarDays(days) => SignedDuration::from_hours(24 * i64::from(days)),
        }
    }

    /// The moment at which the period that begins at `from` is over; none beyond the end of time.
    pub fn after(self, from: Timestamp) -> Option<Timestamp> {
        from.saturating_add(self.span()).ok()
    }

    /// The moment from which on the period lasts until `until`.
    pub fn before(self, until: Timestamp) -> Option<Timestamp> {
        until.saturating_sub(self.span()).ok()
    }

    pub fn is_nothing(self) -> bool {
        self.span().is_zero()
    }
}
