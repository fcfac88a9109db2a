//! Jobs that wait for an admin.

use crate::sql::{Row, args};
use crate::{StoreError, Tx};
use jiff::Timestamp;

#[derive(Clone, Debug, PartialEq)]
pub struct ParkedJob {
    pub kind: String,
    pub key: String,
    pub lane: Option<String>,
    pub payload: serde_json::Value,
    pub attempts: i64,
    pub why: String,
}

impl Tx {
    /// Parked jobs of the tenant, in order of kind and key.
    pub async fn parked_jobs(&mut self) -> Result<Vec<ParkedJob>, StoreError> {
        const SQL: &str = "SELECT * FROM job WHERE tenant = $1 AND state = 'parked' ORDER BY kind, job_key";
        self.rows(SQL, args![&self.tenant])
            .await?
            .iter()
            .map(read)
            .collect()
    }

    /// How many jobs, whatever their state, have this text in key or lane.
    pub async fn pending_jobs(&mut self, about: &str) -> Result<usize, StoreError> {
        const SQL: &str = "SELECT job_key, lane FROM job WHERE tenant = $1";
        let rows = self.rows(SQL, args![&self.tenant]).await?;
        let mut count = 0;
        for row in &rows {
            let (key, lane): (String, Option<String>) = (row.get("job_key")?, row.get("lane")?);
            count += usize::from(key.contains(about) || lane.is_some_and(|lane| lane.contains(about)));
        }
        Ok(count)
    }

    /// Makes a parked job due, with its attempts forgotten; false when there is no such parked job.
    pub async fn retry_parked(&mut self, kind: &str, key: &str, now: Timestamp) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE job SET state = 'ready', asked_again = FALSE, attempts = 0, run_at = $4
            WHERE tenant = $1 AND kind = $2 AND job_key = $3 AND state = 'parked'";
        let found = self.run(SQL, args![&self.tenant, kind, key, now]).await? > 0;
        self.enqueued |= found;
        Ok(found)
    }

    /// Whether something of this lane runs or is due by then.
    pub async fn is_lane_busy(&mut self, lane: &str, now: Timestamp) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT 1 AS busy FROM job WHERE tenant = $1 AND lane = $2
            AND (state = 'leased' OR (state = 'ready' AND run_at <= $3)) LIMIT 1";
        let row = self.row(SQL, args![&self.tenant, lane, now]).await?;
        Ok(row.is_some())
    }

    /// Whether nobody does this job: it is parked, or has been due since before that moment and was not taken.
    pub async fn is_overdue(&mut self, kind: &str, key: &str, since: Timestamp) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT 1 AS overdue FROM job WHERE tenant = $1 AND kind = $2 AND job_key = $3
            AND (state = 'parked' OR (state = 'ready' AND run_at < $4) OR (state = 'leased' AND lease_until < $4))";
        let row = self.row(SQL, args![&self.tenant, kind, key, since]).await?;
        Ok(row.is_some())
    }

    /// When the tenant's next waiting job is due.
    pub async fn next_due(&mut self) -> Result<Option<Timestamp>, StoreError> {
        const SQL: &str =
            "SELECT run_at FROM job WHERE tenant = $1 AND state = 'ready' ORDER BY run_at LIMIT 1";
        self.row(SQL, args![&self.tenant])
            .await?
            .map(|row| row.time("run_at"))
            .transpose()
    }
}

fn read(row: &Row) -> Result<ParkedJob, StoreError> {
    Ok(ParkedJob {
        kind: row.get("kind")?,
        key: row.get("job_key")?,
        lane: row.get("lane")?,
        payload: row.json("payload")?,
        attempts: row.get("attempts")?,
        why: row.get::<Option<String>>("last_error")?.unwrap_or_default(),
    })
}
