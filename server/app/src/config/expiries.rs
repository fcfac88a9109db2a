//! Ends that only people know of: of a domain's registration, of a contract.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

/// One of them, for the calendar of all that ends.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnExpiry {
    pub name: String,
    /// The first day on which it does not hold any more.
    pub on: Date,
}

impl OwnExpiry {
    /// When that day begins.
    pub(crate) fn begins(&self, zone: &TimeZone) -> Timestamp {
        let day = self.on.to_zoned(zone.clone());
        day.map_or(Timestamp::MAX, |day| day.timestamp())
    }
}
