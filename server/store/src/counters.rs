//! Numbers without gaps: a rolled-back transaction gives its number back.

use crate::sql::args;
use crate::{StoreError, Tx, WorkflowKey};

impl Tx {
    /// Next number of a workflow in a year, from 1.
    pub async fn next_number(&mut self, workflow: &WorkflowKey, year: i16) -> Result<i64, StoreError> {
        self.count_up(format!("number/{workflow}/{year}")).await
    }

    /// Writing the counter also makes two transactions that do it follow one another.
    pub(crate) async fn count_up(&mut self, name: String) -> Result<i64, StoreError> {
        const SQL: &str = "INSERT INTO counter (tenant, name, value) VALUES ($1, $2, $3)
            ON CONFLICT (tenant, name) DO UPDATE SET value = counter.value + 1 RETURNING value";
        let row = self.row(SQL, args![&self.tenant, name, 1]).await?;
        row.ok_or(StoreError::Database(sqlx::Error::RowNotFound))?
            .get("value")
    }
}
