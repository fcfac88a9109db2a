//! The instances that are at work on one database, as each says of itself again and again.

use crate::sql::args;
use crate::{StoreError, Tx};
use jiff::Timestamp;

impl Tx {
    /// Says that this instance is at work now, forgets those that last said so before `live`, and counts the rest:
    /// at least 1, this one.
    pub async fn at_work(
        &mut self,
        instance: &str,
        now: Timestamp,
        live: Timestamp,
    ) -> Result<u32, StoreError> {
        const SAY: &str = "INSERT INTO instance (tenant, name, seen) VALUES ($1, $2, $3)
            ON CONFLICT (tenant, name) DO UPDATE SET seen = excluded.seen";
        const FORGET: &str = "DELETE FROM instance WHERE tenant = $1 AND seen < $2";
        const COUNT: &str = "SELECT COUNT(*) AS live FROM instance WHERE tenant = $1";
        self.run(SAY, args![&self.tenant, instance, now]).await?;
        self.run(FORGET, args![&self.tenant, live]).await?;
        let row = self.row(COUNT, args![&self.tenant]).await?;
        let live: i64 = row.map(|row| row.get("live")).transpose()?.unwrap_or(1);
        Ok(u32::try_from(live).unwrap_or(u32::MAX).max(1))
    }

    /// Says that this instance works no longer. Harmless when nobody knew it.
    pub async fn leave_work(&mut self, instance: &str) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM instance WHERE tenant = $1 AND name = $2";
        self.run(SQL, args![&self.tenant, instance]).await.map(|_| ())
    }
}
