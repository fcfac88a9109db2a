//! Whether a call is let in, and what its answer tells about the budget.

use crate::call::{Call, Reply};

/// `RateLimit-Limit`, `-Remaining`, `-Reset` (IETF draft 03) of an app's minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    pub(super) limit: u64,
    pub(super) remaining: u64,
    pub(super) reset: u64,
}

/// A call that is let in; the header stands from 80 % of the app's minute on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admission(pub(super) Option<RateLimit>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The app is blocked until somebody unblocks it.
    Blocked,
    /// Over a limit; only that of the minute is told in headers.
    Throttled {
        retry_after: u64,
        rate_limit: Option<RateLimit>,
    },
}

impl Admission {
    /// The answer with what it tells about the budget.
    #[must_use]
    pub fn told(self, reply: Reply) -> Reply {
        match self.0 {
            Some(rate_limit) => rate_limit.told(reply),
            None => reply,
        }
    }
}

impl Refusal {
    pub fn reply(self, call: &Call) -> Reply {
        let reply = match self {
            Self::Blocked => Reply::text(503, "text/html; charset=utf-8", "<h1>Service Unavailable</h1>"),
            Self::Throttled {
                retry_after,
                rate_limit,
            } => {
                let reply = Reply::text(429, "text/plain; charset=utf-8", "429 TOO MANY REQUESTS")
                    .with("Retry-After", retry_after.to_string());
                Admission(rate_limit).told(reply)
            }
        };
        let id = call.request_id.to_string();
        reply.with("SPRequestGuid", id.clone()).with("request-id", id)
    }
}

impl RateLimit {
    fn told(self, reply: Reply) -> Reply {
        reply
            .with("RateLimit-Limit", self.limit.to_string())
            .with("RateLimit-Remaining", self.remaining.to_string())
            .with("RateLimit-Reset", self.reset.to_string())
    }
}
