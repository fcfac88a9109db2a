//! Giving work back, in one transaction with what it led to.

use super::Job;
use crate::sql::{Arg, args};
use crate::{StoreError, Tx};
use jiff::Timestamp;

/// How a run ended. The reasons are kept for admins: identifiers and verdicts, never bodies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobEnd {
    Done,
    /// Run again then.
    Later(Timestamp, String),
    /// The same, after it came further: attempts of before no longer count.
    Onward(Timestamp, String),
    /// Wait for an admin.
    Park(String),
    /// Give up for good; the reason is logged.
    Drop(String),
}

impl Tx {
    /// Ends the run. [`StoreError::Fenced`] when the lease went to another worker: then roll back.
    pub async fn finish(&mut self, job: &Job, end: &JobEnd) -> Result<(), StoreError> {
        let written = match end {
            JobEnd::Done => self.finish_done(job).await?,
            JobEnd::Later(when, why) => self.finish_later(job, *when, why).await?,
            JobEnd::Onward(when, why) => {
                self.forget_attempts(job).await?;
                self.finish_later(job, *when, why).await?
            }
            JobEnd::Park(why) => self.finish_parked(job, why).await?,
            JobEnd::Drop(why) => {
                tracing::warn!(kind = job.kind, key = job.key, why, "job {} dropped", job.key);
                self.finish_done(job).await?
            }
        };
        if written == 0 { Err(job.fenced()) } else { Ok(()) }
    }

    /// Takes the row away, unless the job was asked for again while it ran.
    async fn finish_done(&mut self, job: &Job) -> Result<u64, StoreError> {
        const GONE: &str = "DELETE FROM job WHERE tenant = $1 AND kind = $2 AND job_key = $3
            AND state = 'leased' AND lease_owner = $4 AND fence = $5 AND NOT asked_again";
        const AGAIN: &str =
            "UPDATE job SET state = 'ready', asked_again = FALSE, attempts = 0, last_error = NULL,
            lease_owner = NULL, lease_until = NULL WHERE tenant = $1 AND kind = $2 AND job_key = $3
            AND state = 'leased' AND lease_owner = $4 AND fence = $5";
        match self.run(GONE, finish_arguments(job)).await? {
            0 => {
                self.enqueued = true;
                self.run(AGAIN, finish_arguments(job)).await
            }
            gone => Ok(gone),
        }
    }

    /// What it waits for may have come while it ran: then it was asked for again, and does not wait.
    async fn finish_later(&mut self, job: &Job, when: Timestamp, why: &str) -> Result<u64, StoreError> {
        const SQL: &str = "UPDATE job SET state = 'ready', asked_again = FALSE, last_error = $7,
            run_at = CASE WHEN asked_again AND run_at < $6 THEN run_at ELSE $6 END,
            lease_owner = NULL, lease_until = NULL WHERE tenant = $1 AND kind = $2 AND job_key = $3
            AND state = 'leased' AND lease_owner = $4 AND fence = $5";
        let mut args = finish_arguments(job);
        args.extend(args![when, why]);
        self.enqueued = true;
        self.run(SQL, args).await
    }

    async fn forget_attempts(&mut self, job: &Job) -> Result<u64, StoreError> {
        const SQL: &str = "UPDATE job SET attempts = 0 WHERE tenant = $1 AND kind = $2 AND job_key = $3
            AND state = 'leased' AND lease_owner = $4 AND fence = $5";
        self.run(SQL, finish_arguments(job)).await
    }

    async fn finish_parked(&mut self, job: &Job, why: &str) -> Result<u64, StoreError> {
        const SQL: &str =
            "UPDATE job SET state = 'parked', last_error = $6, lease_owner = NULL, lease_until = NULL
            WHERE tenant = $1 AND kind = $2 AND job_key = $3
            AND state = 'leased' AND lease_owner = $4 AND fence = $5";
        let mut args = finish_arguments(job);
        args.extend(args![why]);
        self.run(SQL, args).await
    }
}

/// `$1` to `$5` of every statement that only the holder of the lease may do.
pub(super) fn finish_arguments(job: &Job) -> Vec<Arg> {
    args![
        &job.tenant,
        &job.kind,
        &job.key,
        &job.lease.owner,
        job.lease.fence
    ]
}
