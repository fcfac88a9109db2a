//! When the service says to come back.

use std::time::Duration;

use http::HeaderMap;
use jiff::{Timestamp, fmt::rfc2822};

use super::rate_limit;
use crate::clock::between;

/// `Retry-After` as whole seconds, a decimal number (Graph) or an HTTP date; where SharePoint also sends
/// `RateLimit-Reset`, the greater of the two; where Exchange only says when its budget is full again, that.
pub fn parse_retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let after = headers
        .get(http::header::RETRY_AFTER)
        .and_then(|value| value.to_str().ok());
    let after = after.and_then(|text| seconds(text).or_else(|| date(text, now)));
    let after = after.max(rate_limit::seconds(headers, "ratelimit-reset"));
    after.or_else(|| rate_limit::exchange_reset(headers, now))
}

fn seconds(text: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(text.trim().parse().ok()?).ok()
}

fn date(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim().replace(" GMT", " +0000");
    Some(between(now, rfc2822::parse(&text).ok()?.timestamp()))
}
