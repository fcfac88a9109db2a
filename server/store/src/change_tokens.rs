//! How far each list has been walked. Saved together with the jobs that the walk led to.

use crate::sql::args;
use crate::{StoreError, Tx};

impl Tx {
    /// SharePoint's change token after which the next walk of the list starts.
    pub async fn change_token(&mut self, site: &str, list: &str) -> Result<Option<String>, StoreError> {
        const SQL: &str = "SELECT token FROM change_token WHERE tenant = $1 AND site = $2 AND list = $3";
        self.row(SQL, args![&self.tenant, site, list])
            .await?
            .map(|row| row.get("token"))
            .transpose()
    }

    pub async fn save_change_token(&mut self, site: &str, list: &str, token: &str) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO change_token (tenant, site, list, token) VALUES ($1, $2, $3, $4)
            ON CONFLICT (tenant, site, list) DO UPDATE SET token = excluded.token";
        self.run(SQL, args![&self.tenant, site, list, token])
            .await
            .map(|_| ())
    }

    /// Forgets the token, so that the next walk reads the whole list (a token that SharePoint has outlived).
    pub async fn forget_change_token(&mut self, site: &str, list: &str) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM change_token WHERE tenant = $1 AND site = $2 AND list = $3";
        self.run(SQL, args![&self.tenant, site, list]).await.map(|_| ())
    }
}
