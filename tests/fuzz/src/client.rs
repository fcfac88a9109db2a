//! What Microsoft 365 answers to the product.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use jiff::Timestamp;
use m365::fuzzing;

use crate::{first_line, text};

pub(super) fn csom_answer(bytes: &[u8]) {
    fuzzing::csom_answer(bytes);
}

/// A status, headers line by line, an empty line and the body.
pub(super) fn refusal(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (status, rest) = first_line(text);
    let status = status
        .parse()
        .ok()
        .and_then(|code| StatusCode::from_u16(code).ok());
    let (head, body) = rest.split_once("\n\n").unwrap_or((rest, ""));
    let headers: HeaderMap = head.lines().filter_map(header).collect();
    let status = status.unwrap_or(StatusCode::TOO_MANY_REQUESTS);
    for error in fuzzing::refusal(status, &headers, body.as_bytes(), Timestamp::UNIX_EPOCH) {
        assert!(!error.to_string().is_empty());
    }
}

/// A page of changes. Whatever address it names, only Graph is asked for the next one.
pub(super) fn delta(bytes: &[u8]) {
    if let Some(next) = fuzzing::delta(bytes) {
        assert_eq!(next.origin().ascii_serialization(), "https://graph.microsoft.com");
    }
}

/// Rows of Exchange. Whatever address they name, only Exchange is asked for more.
pub(super) fn exchange_answer(bytes: &[u8]) {
    if let Some(next) = fuzzing::exchange_answer(bytes) {
        assert_eq!(
            next.origin().ascii_serialization(),
            "https://outlook.office365.com"
        );
    }
}

fn header(line: &str) -> Option<(HeaderName, HeaderValue)> {
    let (name, value) = line.split_once(": ")?;
    Some((name.parse().ok()?, value.parse().ok()?))
}
