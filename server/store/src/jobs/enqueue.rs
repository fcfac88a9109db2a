//! Asking for work, in the transaction of the row that needs it.

use crate::sql::args;
use crate::{StoreError, Tx};
use jiff::Timestamp;

/// Which of several due jobs goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// A person waits for it.
    Person,
    Normal,
    /// Timers and nightly passes.
    Sweep,
}

/// A wish for work. `kind` and `key` name it: asking again before it is done asks for one run, not for two.
#[derive(Clone, Debug, PartialEq)]
pub struct NewJob {
    pub kind: String,
    pub key: String,
    /// Jobs of one lane (an application, say) never run at the same time.
    pub lane: Option<String>,
    pub payload: serde_json::Value,
    pub run_at: Timestamp,
    pub priority: Priority,
}

impl Priority {
    pub(crate) fn rank(self) -> i64 {
        match self {
            Self::Person => 0,
            Self::Normal => 1,
            Self::Sweep => 2,
        }
    }
}

impl Tx {
    /// Asks for a run with this payload. A job that waits is brought forward if need be; one that runs is run
    /// once more afterwards, since it may have read too early; one that is parked stays parked.
    pub async fn enqueue(&mut self, job: &NewJob) -> Result<(), StoreError> {
        const SQL: &str =
            "INSERT INTO job (tenant, kind, job_key, lane, payload, priority, run_at, state, attempts,
                asked_again, fence) VALUES ($1, $2, $3, $4, $5, $6, $7, 'ready', 0, FALSE, 0)
            ON CONFLICT (tenant, kind, job_key) DO UPDATE SET payload = excluded.payload,
                asked_again = (job.state <> 'ready'),
                run_at = CASE WHEN (job.state = 'ready' OR job.asked_again) AND job.run_at < excluded.run_at
                    THEN job.run_at ELSE excluded.run_at END,
                priority = CASE WHEN job.priority < excluded.priority
                    THEN job.priority ELSE excluded.priority END";
        let mut args = args![
            &self.tenant,
            &job.kind,
            &job.key,
            job.lane.clone(),
            job.payload.to_string()
        ];
        args.extend(args![job.priority.rank(), job.run_at]);
        self.run(SQL, args).await?;
        self.enqueued = true;
        Ok(())
    }

    /// Takes back a wish for work that waits; whatever runs or is parked stays.
    pub async fn take_back(&mut self, kind: &str, key: &str) -> Result<(), StoreError> {
        const SQL: &str =
            "DELETE FROM job WHERE tenant = $1 AND kind = $2 AND job_key = $3 AND state = 'ready'";
        self.run(SQL, args![&self.tenant, kind, key]).await.map(|_| ())
    }
}
