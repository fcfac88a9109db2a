//! When the service says to come back.

use std::time::Duration;

use http::HeaderMap;
use jiff::{Timestamp, fmt::rfc2822};

use crate::clock::between;

/// What is left of the minute's budget (IETF draft "RateLimit header fields", sent by SharePoint from 80 %).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RateLimit {
    pub(crate) remaining: u32,
    pub(crate) reset: Duration,
}

/// `Retry-After` as whole seconds, a decimal number (Graph) or an HTTP date; where SharePoint also sends
/// `RateLimit-Reset`, the greater of the two.
pub fn parse_retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let after = headers
        .get(http::header::RETRY_AFTER)
        .and_then(|value| value.to_str().ok());
    let after = after.and_then(|text| seconds(text).or_else(|| date(text, now)));
    after.max(number(headers, "ratelimit-reset"))
}

/// The RateLimit headers, if both are there.
pub(crate) fn rate_limit(headers: &HeaderMap) -> Option<RateLimit> {
    let remaining = text(headers, "ratelimit-remaining")?.parse().ok()?;
    Some(RateLimit {
        remaining,
        reset: number(headers, "ratelimit-reset")?,
    })
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

fn number(headers: &HeaderMap, name: &str) -> Option<Duration> {
    text(headers, name).and_then(seconds)
}

fn seconds(text: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(text.trim().parse().ok()?).ok()
}

fn date(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim().replace(" GMT", " +0000");
    Some(between(now, rfc2822::parse(&text).ok()?.timestamp()))
}
