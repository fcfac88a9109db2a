//! What proves the app, sealed. The store keeps it and can read none of it.

use jiff::Timestamp;

use crate::sql::{Row, args};
use crate::{StoreError, Tx};

/// One credential as it lies here: ciphertext alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedCredential {
    pub id: String,
    /// The credential under a key of its own.
    pub sealed: Vec<u8>,
    /// That key under the master key.
    pub wrapped: Vec<u8>,
    /// Name of the master key.
    pub master: String,
    pub at: Timestamp,
}

impl Tx {
    /// Keeps a new one; what lies there is never overwritten ([`StoreError::UniqueTaken`]).
    pub async fn keep_credential(&mut self, credential: &SealedCredential) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO credential (tenant, id, sealed, wrapped, master, at)
            VALUES ($1, $2, $3, $4, $5, $6)";
        let SealedCredential {
            id,
            sealed,
            wrapped,
            master,
            at,
        } = credential;
        let args = args![&self.tenant, id, sealed.clone(), wrapped.clone(), master, *at];
        self.run_unique(SQL, args, &["credential"]).await.map(|_| ())
    }

    pub async fn credential(&mut self, id: &str) -> Result<Option<SealedCredential>, StoreError> {
        const SQL: &str = "SELECT * FROM credential WHERE tenant = $1 AND id = $2";
        self.row(SQL, args![&self.tenant, id])
            .await?
            .as_ref()
            .map(read)
            .transpose()
    }

    /// All of the tenant, oldest first.
    pub async fn credentials(&mut self) -> Result<Vec<SealedCredential>, StoreError> {
        const SQL: &str = "SELECT * FROM credential WHERE tenant = $1 ORDER BY at, id";
        self.rows(SQL, args![&self.tenant])
            .await?
            .iter()
            .map(read)
            .collect()
    }

    /// Puts the key of a credential under another master key; [`StoreError::StaleVersion`] when it is not under
    /// `from` any more.
    pub async fn rewrap_credential(
        &mut self,
        id: &str,
        from: &str,
        (wrapped, master): (Vec<u8>, &str),
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE credential SET wrapped = $4, master = $5
            WHERE tenant = $1 AND id = $2 AND master = $3";
        match self
            .run(SQL, args![&self.tenant, id, from, wrapped, master])
            .await?
        {
            0 => Err(StoreError::StaleVersion { what: "credential" }),
            _ => Ok(()),
        }
    }

    /// Forgets one that proves nothing any more.
    pub async fn forget_credential(&mut self, id: &str) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM credential WHERE tenant = $1 AND id = $2";
        self.run(SQL, args![&self.tenant, id]).await.map(|_| ())
    }
}

fn read(row: &Row) -> Result<SealedCredential, StoreError> {
    Ok(SealedCredential {
        id: row.get("id")?,
        sealed: row.get("sealed")?,
        wrapped: row.get("wrapped")?,
        master: row.get("master")?,
        at: row.time("at")?,
    })
}
