//! How the database finds the rows of a listing: for tests, which demand an index.

use crate::listings::{MINE, WITH_ROLE};
use crate::sql::args;
use crate::{StoreError, Tx};

impl Tx {
    /// The database's own plans for the listings, as text, after it looked at the tables.
    pub async fn listing_plans(&mut self) -> Result<Vec<String>, StoreError> {
        self.run("ANALYZE", args![]).await?;
        let (explain, column) = if self.is_postgres() {
            ("EXPLAIN ", "QUERY PLAN")
        } else {
            ("EXPLAIN QUERY PLAN ", "detail")
        };
        let mine = args![&self.tenant, "a", i64::MAX, "", 10];
        let with_role = args![&self.tenant, "a", "holder", i64::MAX, "", 10];
        let mut plans = Vec::new();
        for (sql, args) in [(MINE, mine), (WITH_ROLE, with_role)] {
            let rows = self.rows(format!("{explain}{sql}").leak(), args).await?;
            let lines: Result<Vec<String>, _> = rows.iter().map(|row| row.get(column)).collect();
            plans.push(lines?.join("\n"));
        }
        Ok(plans)
    }
}
