//! The journal of renewals, and who may go on with one.

use jiff::Timestamp;

use crate::sql::args;
use crate::{StoreError, Tx};

/// One line of a renewal.
#[derive(Clone, Debug, PartialEq)]
pub struct RenewalLine {
    /// From 1, without gaps.
    pub seq: i64,
    pub at: Timestamp,
    pub body: serde_json::Value,
}

/// What became of asking for the lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenewalLease {
    /// The asker holds it.
    Ours,
    /// Somebody else does, until then unless he asks again.
    Held { by: String, until: Timestamp },
}

impl Tx {
    /// Number of the last renewal; `None`: there never was one.
    pub async fn last_renewal(&mut self) -> Result<Option<i64>, StoreError> {
        const SQL: &str = "SELECT number FROM renewal WHERE tenant = $1 ORDER BY number DESC LIMIT 1";
        let row = self.row(SQL, args![&self.tenant]).await?;
        row.map(|row| row.get("number")).transpose()
    }

    /// All lines of a renewal, oldest first.
    pub async fn renewal(&mut self, number: i64) -> Result<Vec<RenewalLine>, StoreError> {
        const SQL: &str = "SELECT * FROM renewal WHERE tenant = $1 AND number = $2 ORDER BY seq";
        let rows = self.rows(SQL, args![&self.tenant, number]).await?;
        let line = |row: &crate::sql::Row| {
            Ok(RenewalLine {
                seq: row.get("seq")?,
                at: row.time("at")?,
                body: row.json("body")?,
            })
        };
        rows.iter().map(line).collect()
    }

    /// Adds a line; [`StoreError::StaleVersion`] when somebody else wrote one of this place.
    pub async fn add_renewal_line(&mut self, number: i64, line: &RenewalLine) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO renewal (tenant, number, seq, at, body) VALUES ($1, $2, $3, $4, $5)";
        let args = args![&self.tenant, number, line.seq, line.at, line.body.to_string()];
        match self.run_unique(SQL, args, &["renewal"]).await {
            Err(StoreError::UniqueTaken { .. }) => Err(StoreError::StaleVersion { what: "renewal" }),
            done => done.map(|_| ()),
        }
    }

    /// Takes the lease, or renews it, for `holder`, unless somebody else has it at `now`.
    pub async fn hold_renewal(
        &mut self,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<RenewalLease, StoreError> {
        const LOOK: &str = "SELECT * FROM renewal_lease WHERE tenant = $1";
        const TAKE: &str = "INSERT INTO renewal_lease (tenant, holder, until_at) VALUES ($1, $2, $3)
            ON CONFLICT (tenant) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at";
        if let Some(row) = self.row(LOOK, args![&self.tenant]).await? {
            let (by, held): (String, _) = (row.get("holder")?, row.time("until_at")?);
            if by != holder && held > now {
                return Ok(RenewalLease::Held { by, until: held });
            }
        }
        self.run(TAKE, args![&self.tenant, holder, until]).await?;
        Ok(RenewalLease::Ours)
    }

    /// Gives the lease back, if it is the holder's.
    pub async fn release_renewal(&mut self, holder: &str) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM renewal_lease WHERE tenant = $1 AND holder = $2";
        self.run(SQL, args![&self.tenant, holder]).await.map(|_| ())
    }
}
