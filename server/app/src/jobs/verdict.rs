//! The only place where a failure becomes a schedule.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use m365::Verdict;
use store::StoreError;
use store::jobs::JobEnd;
use thiserror::Error;

/// Seconds until a look again when nothing says how long to wait, doubled with each attempt.
const SOON: i64 = 2;
/// The longest wait between attempts, in seconds.
const LONGEST: i64 = 600;
/// People have to mend a missing permission or a lapsed credential; until then this many seconds pass.
const UNTIL_MENDED: i64 = 300;
/// What Microsoft 365 does not show yet is looked for again after so many seconds at most.
const LONGEST_SETTLING: i64 = 60;

/// So many times, within a minute, a request that is refused for what it says is tried: a list that `setup` is still
/// making, or that an owner is changing, does not know all of its columns for a while.
const TRIES: i64 = 6;

/// Why a job did not do its work now.
#[derive(Debug, Error)]
pub enum JobError {
    #[error(transparent)]
    Remote(#[from] m365::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something else must happen first.
    #[error("waits: {0}")]
    Wait(&'static str),
    /// A change is not shown yet that was first looked for so long ago.
    #[error("waits: Microsoft 365 does not show the change yet")]
    Settling { waited: SignedDuration },
    /// Another system is not ready.
    #[error("the other system: {why}")]
    Elsewhere {
        why: String,
        /// What it asked for.
        retry_after: Option<Duration>,
    },
    /// A person must look.
    #[error("{0}")]
    Stuck(String),
}

impl JobError {
    /// Data of ours that cannot be read again.
    pub fn unreadable(what: &str, error: &dyn std::fmt::Display) -> Self {
        Self::Stuck(format!("{what} cannot be read: {error}"))
    }

    /// When and whether the job runs again. `attempts` counts the runs so far.
    pub fn end(&self, now: Timestamp, attempts: i64) -> JobEnd {
        let why = self.to_string();
        match self {
            Self::Remote(error) => match &error.verdict {
                Verdict::Throttled { retry_after }
                | Verdict::Transient {
                    retry_after: Some(retry_after),
                } => later(now, seconds(*retry_after), why),
                Verdict::Transient { retry_after: None }
                | Verdict::Ambiguous
                | Verdict::Settling
                | Verdict::SaveConflict => later(now, backoff(attempts), why),
                Verdict::Denied { .. } | Verdict::Credentials(_) => later(now, UNTIL_MENDED, why),
                Verdict::Invalid if attempts < TRIES => later(now, backoff(attempts), why),
                Verdict::NotFound | Verdict::Conflict | Verdict::Invalid | Verdict::Broken => {
                    JobEnd::Park(why)
                }
            },
            Self::Elsewhere {
                retry_after: Some(pause),
                ..
            } => later(now, seconds(*pause), why),
            // Microsoft 365 answers: failures of before no longer count. As long again as it has waited.
            Self::Settling { waited } => {
                let pause = waited.as_secs().clamp(SOON, LONGEST_SETTLING);
                JobEnd::Onward(after(now, pause), why)
            }
            Self::Store(StoreError::Unreadable { .. }) | Self::Stuck(_) => JobEnd::Park(why),
            Self::Store(_) | Self::Wait(_) | Self::Elsewhere { .. } => later(now, backoff(attempts), why),
        }
    }
}

/// A moment later than was asked for.
fn seconds(retry_after: Duration) -> i64 {
    i64::try_from(retry_after.as_secs()).unwrap_or(LONGEST) + 1
}

/// Doubles with every attempt, up to [`LONGEST`].
fn backoff(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 12) - 1).unwrap_or(0);
    (SOON << doublings).min(LONGEST)
}

fn later(now: Timestamp, seconds: i64, why: String) -> JobEnd {
    JobEnd::Later(after(now, seconds), why)
}

fn after(now: Timestamp, seconds: i64) -> Timestamp {
    let wait = SignedDuration::from_secs(seconds);
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_stay_bounded() {
        assert_eq!([1, 2, 3, 20].map(backoff), [2, 4, 8, LONGEST]);
    }

    #[test]
    fn r24_another_system_is_asked_again_when_it_says_or_after_growing_pauses() {
        let now = Timestamp::UNIX_EPOCH;
        let pause = |retry_after: Option<u64>, attempts| {
            let why = "it answered 503".to_owned();
            let retry_after = retry_after.map(Duration::from_secs);
            match (JobError::Elsewhere { why, retry_after }).end(now, attempts) {
                JobEnd::Later(at, why) => (at.as_second(), why),
                end => panic!("{end:?}"),
            }
        };
        assert_eq!([1, 2, 3].map(|attempts| pause(None, attempts).0), [2, 4, 8]);
        let (after, why) = pause(Some(120), 1);
        assert_eq!((after, why.as_str()), (121, "the other system: it answered 503"));
    }

    #[test]
    fn what_is_not_shown_yet_is_looked_for_after_pauses_that_grow_by_how_long_it_was_waited_for() {
        let pause = |waited| {
            let waited = SignedDuration::from_secs(waited);
            match (JobError::Settling { waited }).end(Timestamp::UNIX_EPOCH, 12) {
                JobEnd::Onward(at, _) => at.as_second(),
                end => panic!("{end:?}"),
            }
        };
        assert_eq!([0, 2, 4, 30, 900].map(pause), [2, 2, 4, 30, LONGEST_SETTLING]);
    }

    #[test]
    fn whatever_waiting_cannot_mend_is_parked() {
        let now = Timestamp::UNIX_EPOCH;
        let parked = |error: JobError| matches!(error.end(now, 1), JobEnd::Park(_));
        assert!(parked(JobError::Stuck("x".into())));
        assert!(!parked(JobError::Wait("x")));
        assert!(!parked(JobError::Store(StoreError::Contended)));
    }

    #[test]
    fn what_is_refused_for_its_words_is_tried_again_before_it_is_parked() {
        let refused = || {
            JobError::Remote(m365::Error {
                service: m365::Service::SharePoint,
                operation: "read items",
                status: Some(400),
                code: None,
                message: "The property 'PFKind' does not exist".to_owned(),
                request_id: None,
                verdict: Verdict::Invalid,
            })
        };
        let ends = [1, 2, TRIES].map(|attempts| refused().end(Timestamp::UNIX_EPOCH, attempts));
        assert!(matches!(
            ends,
            [JobEnd::Later(..), JobEnd::Later(..), JobEnd::Park(_)]
        ));
    }
}
