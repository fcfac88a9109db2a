//! Signed heads: a signature over the newest hash, made with a key that the database never sees.

use crate::sql::{Row, args};
use crate::{ApplicationId, Hash, StoreError, Tx};
use workflow::hex;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHead {
    pub seq: i64,
    pub hash: Hash,
    pub signature: Vec<u8>,
    pub key_id: String,
}

impl Tx {
    /// Keeps a head; the same line is signed once, a second signature is [`StoreError::UniqueTaken`].
    pub async fn keep_head(&mut self, of: &ApplicationId, head: &SignedHead) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO head (tenant, application, seq, hash, signature, key_id)
            VALUES ($1, $2, $3, $4, $5, $6)";
        let mut args = args![&self.tenant, of, head.seq, head.hash];
        args.extend(args![head.signature.clone(), &head.key_id]);
        self.run_unique(SQL, args, &["head"]).await.map(|_| ())
    }

    /// All heads, oldest first.
    pub async fn heads(&mut self, of: &ApplicationId) -> Result<Vec<SignedHead>, StoreError> {
        const SQL: &str = "SELECT * FROM head WHERE tenant = $1 AND application = $2 ORDER BY seq";
        self.rows(SQL, args![&self.tenant, of])
            .await?
            .iter()
            .map(read)
            .collect()
    }
}

pub(crate) fn head_json(head: &SignedHead) -> serde_json::Value {
    serde_json::json!({
        "seq": head.seq, "hash": hex(&head.hash.0), "signature": hex(&head.signature), "keyId": head.key_id,
    })
}

fn read(row: &Row) -> Result<SignedHead, StoreError> {
    Ok(SignedHead {
        seq: row.get("seq")?,
        hash: row.hash("hash")?,
        signature: row.get("signature")?,
        key_id: row.get("key_id")?,
    })
}
