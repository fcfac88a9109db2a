//! Applications by the place of their sealed items, for passes over whole lists.

use crate::applications::{ApplicationRow, read};
use crate::sql::args;
use crate::{StoreError, Tx};

impl Tx {
    /// Applications whose item lies in `list` behind item `after`, in order of item, but for folded
    /// ones, which hold no permissions of their own, and those in one of the states of `without`.
    pub async fn applications_in_list(
        &mut self,
        list: &str,
        after: i64,
        without: [&str; 7],
        most: i64,
    ) -> Result<Vec<ApplicationRow>, StoreError> {
        const SQL: &str = "SELECT * FROM application WHERE tenant = $1 AND list = $2 AND list_item > $3
            AND fold IS NULL AND code NOT IN ($4, $5, $6, $7, $8, $9, $10) ORDER BY list_item LIMIT $11";
        let mut args = args![&self.tenant, list, after];
        args.extend(without.map(Into::into));
        args.extend(args![most]);
        self.rows(SQL, args).await?.iter().map(read).collect()
    }

    /// How many these are in `list` altogether.
    pub async fn count_in_list(&mut self, list: &str, without: [&str; 7]) -> Result<i64, StoreError> {
        const SQL: &str = "SELECT COUNT(*) AS number FROM application WHERE tenant = $1 AND list = $2
            AND list_item IS NOT NULL AND fold IS NULL AND code NOT IN ($3, $4, $5, $6, $7, $8, $9)";
        let mut args = args![&self.tenant, list];
        args.extend(without.map(Into::into));
        let row = self.row(SQL, args).await?;
        row.map_or(Ok(0), |row| row.get("number"))
    }
}
