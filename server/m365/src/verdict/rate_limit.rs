//! What is left of a budget, where a service tells.

use std::time::Duration;

use http::HeaderMap;
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use crate::{clock::between, tenant::header};

/// Exchange tells on every answer; like SharePoint's, it counts when less than this share is left.
const SCARCE_BELOW: (u64, u64) = (1, 5);

/// What is left until the budget is full again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RateLimit {
    pub(crate) remaining: u32,
    pub(crate) reset: Duration,
}

/// The headers of the IETF draft "RateLimit header fields" (SharePoint sends them from 80 % of use on), or those of
/// Exchange once little is left.
pub(crate) fn rate_limit(headers: &HeaderMap, now: Timestamp) -> Option<RateLimit> {
    sharepoint(headers).or_else(|| exchange(headers, now))
}

fn sharepoint(headers: &HeaderMap) -> Option<RateLimit> {
    Some(RateLimit {
        remaining: number(headers, "ratelimit-remaining")?,
        reset: seconds(headers, "ratelimit-reset")?,
    })
}

fn exchange(headers: &HeaderMap, now: Timestamp) -> Option<RateLimit> {
    let limit: u32 = number(headers, "rate-limit-limit")?;
    let remaining: u32 = number(headers, "rate-limit-remaining")?;
    let reset = exchange_reset(headers, now)?;
    let (share, of) = SCARCE_BELOW;
    let is_scarce = u64::from(remaining) * of < u64::from(limit) * share;
    is_scarce.then_some(RateLimit { remaining, reset })
}

/// Exchange names a moment; one without a zone is UTC.
pub(super) fn exchange_reset(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = header(headers, "rate-limit-reset")?.trim();
    let moment = text.parse().ok().or_else(|| {
        let local: DateTime = text.parse().ok()?;
        Some(local.to_zoned(TimeZone::UTC).ok()?.timestamp())
    });
    Some(between(now, moment?))
}

pub(super) fn seconds(headers: &HeaderMap, name: &str) -> Option<Duration> {
    let text = header(headers, name)?.trim();
    Duration::try_from_secs_f64(text.parse().ok()?).ok()
}

fn number(headers: &HeaderMap, name: &str) -> Option<u32> {
    header(headers, name)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(remaining: &'static str, reset: &'static str) -> Option<RateLimit> {
        let now = "2027-01-01T00:00:00Z".parse().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("rate-limit-limit", "30000".parse().unwrap());
        headers.insert("rate-limit-remaining", remaining.parse().unwrap());
        headers.insert("rate-limit-reset", reset.parse().unwrap());
        rate_limit(&headers, now)
    }

    #[test]
    fn exchange_tells_always_and_is_heard_when_little_is_left() {
        assert_eq!(told("29999", "2027-01-01T00:05:00Z"), None);
        for reset in [
            "2027-01-01T00:05:00Z",
            "2027-01-01T09:05:00.0000000+09:00",
            "2027-01-01T00:05:00",
        ] {
            let expected = RateLimit {
                remaining: 5999,
                reset: Duration::from_mins(5),
            };
            assert_eq!(told("5999", reset), Some(expected), "{reset}");
        }
        assert_eq!(told("5999", "soon"), None);
    }
}
