//! Taking work: a lease with a fence, so that whoever was thought dead cannot finish what another took over.

use super::enqueue::Priority;
use super::finish::finish_arguments;
use crate::sql::{Row, args};
use crate::transaction::Purpose;
use crate::{Store, StoreError, TenantId, Tx, transaction};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use tokio::sync::Notify;

/// The wish of a worker.
#[derive(Clone, Debug)]
pub struct Claim {
    pub now: Timestamp,
    /// Name of this instance, unique among those running.
    pub owner: String,
    pub lease: SignedDuration,
    pub limit: i64,
    /// Only jobs that are at most as pressing.
    pub from: Priority,
}

/// The right to run a job until `until`. `fence` grows with every claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    pub owner: String,
    pub fence: i64,
    pub until: Timestamp,
}

/// A job taken by this worker.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub tenant: TenantId,
    pub kind: String,
    pub key: String,
    pub lane: Option<String>,
    pub payload: serde_json::Value,
    /// Runs begun without an end of Done, this one included.
    pub attempts: i64,
    pub lease: Lease,
}

/// Due and free: nothing of the lane runs, and it is the first of its lane; or its lease has run out.
macro_rules! claim_sql {
    ($lock:literal) => {
        concat!(
            "WITH candidate AS MATERIALIZED (SELECT tenant, kind, job_key FROM job
                WHERE priority >= $5 AND ((state = 'leased' AND lease_until <= $1)
                OR (state = 'ready' AND run_at <= $1 AND (lane IS NULL OR NOT EXISTS (SELECT 1 FROM job AS other
                    WHERE other.tenant = job.tenant AND other.lane = job.lane AND (other.state = 'leased'
                    OR (other.state = 'ready' AND other.run_at <= $1
                        AND (other.priority, other.run_at, other.kind, other.job_key)
                            < (job.priority, job.run_at, job.kind, job.job_key)))))))
                ORDER BY priority, run_at LIMIT $4 ",
            $lock,
            ") UPDATE job SET state = 'leased', lease_owner = $2, lease_until = $3, attempts = attempts + 1,
                fence = CASE WHEN fence < $1 THEN $1 ELSE fence + 1 END
            WHERE (tenant, kind, job_key) IN (SELECT tenant, kind, job_key FROM candidate) RETURNING *"
        )
    };
}

impl Store {
    /// Takes due jobs of all tenants, the most pressing first, and those whose worker let its lease run out.
    pub async fn claim(&self, claim: &Claim) -> Result<Vec<Job>, StoreError> {
        let all = TenantId::new("");
        transaction!(self.attempts(&all, Purpose::Claim), tx => tx.claim(claim).await)
    }

    /// Told whenever this process commits new jobs. Register before looking; other instances are not heard.
    pub fn wake(&self) -> Arc<Notify> {
        Arc::clone(&self.wake)
    }

    /// Keeps a job for longer; [`StoreError::Fenced`] when another worker took it over.
    pub async fn renew(&self, job: &mut Job, until: Timestamp) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE job SET lease_until = $6 WHERE tenant = $1 AND kind = $2 AND job_key = $3
            AND state = 'leased' AND lease_owner = $4 AND fence = $5";
        let renewed: Result<u64, StoreError> = transaction!(self.write(&job.tenant), tx => {
            let mut args = finish_arguments(job);
            args.extend(args![until]);
            tx.run(SQL, args).await
        });
        if renewed? == 0 {
            return Err(job.fenced());
        }
        job.lease.until = until;
        Ok(())
    }
}

impl Tx {
    async fn claim(&mut self, claim: &Claim) -> Result<Vec<Job>, StoreError> {
        const POSTGRES: &str = claim_sql!("FOR UPDATE SKIP LOCKED");
        const SQLITE: &str = claim_sql!("");
        let sql = if self.is_postgres() { POSTGRES } else { SQLITE };
        let until = claim
            .now
            .checked_add(claim.lease)
            .map_err(|e| crate::sql::unreadable("lease_until", &e))?;
        let taken = self
            .rows(
                sql,
                args![claim.now, &claim.owner, until, claim.limit, claim.from.rank()],
            )
            .await;
        if let Err(StoreError::Database(error)) = &taken {
            // Another worker took a job of the same lane at the same moment: look again.
            self.met_another_writer |= crate::error::violated(error, &["lane"]).is_some();
        }
        taken?.iter().map(read).collect()
    }
}

impl Job {
    pub(super) fn fenced(&self) -> StoreError {
        StoreError::Fenced {
            kind: self.kind.clone(),
            key: self.key.clone(),
        }
    }
}

fn read(row: &Row) -> Result<Job, StoreError> {
    Ok(Job {
        tenant: TenantId::new(row.get::<String>("tenant")?),
        kind: row.get("kind")?,
        key: row.get("job_key")?,
        lane: row.get("lane")?,
        payload: row.json("payload")?,
        attempts: row.get("attempts")?,
        lease: Lease {
            owner: row.get("lease_owner")?,
            fence: row.get("fence")?,
            until: row.time("lease_until")?,
        },
    })
}
