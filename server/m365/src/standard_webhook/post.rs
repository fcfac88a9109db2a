//! Sending one message once. Nothing is followed, nothing repeated: the caller's job decides when to come back.

use std::time::Duration;

use http::{HeaderMap, StatusCode, header};
use jiff::Timestamp;
use serde_json::Value;

use super::{Destination, ID, SIGNATURE, TIMESTAMP, plain, sign};
use crate::send::content;
use crate::transport::Transport;
use crate::verdict::parse_retry_after;

/// Spec, "Request timeouts": between 15 and 30 s.
const TIMEOUT: Duration = Duration::from_secs(30);
/// What is read of an answer.
const LARGEST_ANSWER: usize = 16 * 1024;
/// Another system does not send our job away for longer.
const LONGEST_PAUSE: Duration = Duration::from_hours(24);
/// Characters that are shown of what the other system says.
const LONGEST_WORDS: usize = 300;

/// A message on its way.
#[derive(Debug)]
pub struct Outgoing {
    pub transport: Transport,
    pub to: Destination,
    /// The same however often it is sent, by which the other side knows a repetition. Without a dot.
    pub id: String,
    /// JSON.
    pub body: String,
    /// Of this sending.
    pub at: Timestamp,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// 2xx.
    Taken,
    /// Sending it again is useless.
    Refused {
        status: u16,
        /// The other side's words, safe to show; empty: it said nothing that people can read.
        words: String,
    },
    /// Perhaps taken, perhaps not: to be sent again.
    Later {
        /// Fit for logs.
        why: String,
        retry_after: Option<Duration>,
    },
}

impl Outgoing {
    pub async fn send(&self) -> Reply {
        let reply = self.post().await;
        let (host, message) = (self.to.host(), &self.id);
        match &reply {
            Reply::Taken => tracing::debug!(host, message, "sent"),
            Reply::Refused { status, .. } => tracing::warn!(host, message, status, "refused"),
            Reply::Later { why, .. } => tracing::warn!(host, message, why, "not taken yet"),
        }
        reply
    }

    async fn post(&self) -> Reply {
        let Ok(signature) = sign(self.to.secrets(), &self.id, self.at, self.body.as_bytes()) else {
            return later("it cannot be signed", None);
        };
        let request = self.transport.client().post(self.to.url().clone());
        let request = request
            .timeout(TIMEOUT)
            .header(header::CONTENT_TYPE, "application/json")
            .header(ID, &self.id)
            .header(TIMESTAMP, self.at.as_second())
            .header(SIGNATURE, signature)
            .body(self.body.clone());
        let response = match request.send().await {
            Ok(response) => response,
            Err(error) if error.is_timeout() => return later("no answer in time", None),
            Err(error) if error.is_connect() => return later("it cannot be reached", None),
            Err(_) => return later("the connection was lost", None),
        };
        let (status, headers) = (response.status(), response.headers().clone());
        if status.is_success() {
            return Reply::Taken;
        }
        let body = content(response, Some(LARGEST_ANSWER)).await;
        let body = body.map(|(body, _)| body).unwrap_or_default();
        judge(status, &headers, &body, self.at)
    }
}

fn later(why: &str, retry_after: Option<Duration>) -> Reply {
    Reply::Later {
        why: why.to_owned(),
        retry_after: retry_after.map(|pause| pause.min(LONGEST_PAUSE)),
    }
}

/// Spec, "Delivery success and failure": whatever is not 2xx failed. What the server's state caused may pass; what the
/// request itself caused does not, and redirects are not followed.
fn judge(status: StatusCode, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Reply {
    match status.as_u16() {
        408 | 425 | 429 | 500..=599 => {
            let why = format!("it answered {}", status.as_u16());
            later(&why, parse_retry_after(headers, now))
        }
        status => Reply::Refused {
            status,
            words: words(headers, body),
        },
    }
}

/// A problem's detail (RFC 9457), a member that names an error, or plain text. Pages are not words.
fn words(headers: &HeaderMap, body: &[u8]) -> String {
    let said = if let Ok(json) = serde_json::from_slice::<Value>(body) {
        let mut named = ["detail", "message", "error", "title"].iter();
        named.find_map(|name| json[*name].as_str().map(str::to_owned))
    } else {
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok());
        let is_text = kind.is_some_and(|kind| kind.starts_with("text/plain"));
        is_text.then(|| String::from_utf8_lossy(body).into_owned())
    };
    plain(&said.unwrap_or_default(), LONGEST_WORDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(status: u16, named: &[(header::HeaderName, &str)], body: &str) -> Reply {
        let mut headers = HeaderMap::new();
        for (name, value) in named {
            headers.insert(name, value.parse().unwrap());
        }
        let status = StatusCode::from_u16(status).unwrap();
        judge(status, &headers, body.as_bytes(), Timestamp::UNIX_EPOCH)
    }

    fn refused(status: u16, words: &str) -> Reply {
        let words = words.to_owned();
        Reply::Refused { status, words }
    }

    #[test]
    fn r24_what_may_pass_is_tried_again_when_the_other_side_says_but_not_in_a_year() {
        for (status, after, pause) in [
            (500, None, None),
            (429, Some("7"), Some(7)),
            (503, Some("31536000"), Some(86_400)),
        ] {
            let named = after.map(|after| (header::RETRY_AFTER, after));
            let Reply::Later { retry_after, .. } = judged(status, named.as_slice(), "") else {
                panic!("{status} is for good")
            };
            assert_eq!(retry_after, pause.map(Duration::from_secs), "{status}");
        }
    }

    #[test]
    fn r24_a_refusal_is_shown_in_the_other_sides_words_and_never_as_a_page() {
        let text = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
        let page = [(header::CONTENT_TYPE, "text/html")];
        assert_eq!(
            judged(400, &[], r#"{"detail":"在庫\nなし"}"#),
            refused(400, "在庫 なし")
        );
        assert_eq!(judged(422, &text, "no such floor"), refused(422, "no such floor"));
        assert_eq!(judged(404, &page, "<script>x</script>"), refused(404, ""));
        assert_eq!(judged(302, &[], ""), refused(302, ""));
        assert_eq!(judged(410, &[], r#"{"error":{"a":1}}"#), refused(410, ""));
    }
}
