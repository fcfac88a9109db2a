//! The instances that are at work on one database, as each says of itself again and again.

use crate::sql::{Row, args};
use crate::{StoreError, Tx};
use jiff::Timestamp;

/// One that is at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    pub name: String,
    /// Name of the credential by which it proves itself; `None`: it is of a version that does not say so.
    pub proof: Option<String>,
    pub key: KeyHeld,
    /// When it last said that it is at work.
    pub seen: Timestamp,
}

/// The master key by which an instance opens what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyHeld {
    /// It is of a version that does not say so.
    Unsaid,
    Nothing,
    /// The key of this name.
    Named(String),
}

impl KeyHeld {
    fn of(column: Option<String>) -> Self {
        match column {
            None => Self::Unsaid,
            Some(name) if name.is_empty() => Self::Nothing,
            Some(name) => Self::Named(name),
        }
    }

    fn column(&self) -> Option<String> {
        match self {
            Self::Unsaid => None,
            Self::Nothing => Some(String::new()),
            Self::Named(name) => Some(name.clone()),
        }
    }
}

impl Tx {
    /// Says that this instance is at work, and how it proves itself; forgets those that last said so before `live`, and
    /// counts the rest: at least 1, this one.
    pub async fn at_work(&mut self, instance: &Instance, live: Timestamp) -> Result<u32, StoreError> {
        const SAY: &str =
            "INSERT INTO instance (tenant, name, seen, proof, master_key) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (tenant, name) DO UPDATE SET
                seen = excluded.seen, proof = excluded.proof, master_key = excluded.master_key";
        const FORGET: &str = "DELETE FROM instance WHERE tenant = $1 AND seen < $2";
        const COUNT: &str = "SELECT COUNT(*) AS live FROM instance WHERE tenant = $1";
        let Instance {
            name,
            proof,
            key,
            seen,
        } = instance;
        let said = args![&self.tenant, name, *seen, proof.clone(), key.column()];
        self.run(SAY, said).await?;
        self.run(FORGET, args![&self.tenant, live]).await?;
        let row = self.row(COUNT, args![&self.tenant]).await?;
        let live: i64 = row.map(|row| row.get("live")).transpose()?.unwrap_or(1);
        Ok(u32::try_from(live).unwrap_or(u32::MAX).max(1))
    }

    /// Those that said since `live` that they are at work, by name.
    pub async fn instances(&mut self, live: Timestamp) -> Result<Vec<Instance>, StoreError> {
        const SQL: &str = "SELECT name, proof, master_key, seen FROM instance WHERE tenant = $1 AND seen >= $2 ORDER BY name";
        let rows = self.rows(SQL, args![&self.tenant, live]).await?;
        let read = |row: &Row| {
            Ok(Instance {
                name: row.get("name")?,
                proof: row.get("proof")?,
                key: KeyHeld::of(row.get("master_key")?),
                seen: row.time("seen")?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Says that this instance works no longer. Harmless when nobody knew it.
    pub async fn leave_work(&mut self, instance: &str) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM instance WHERE tenant = $1 AND name = $2";
        self.run(SQL, args![&self.tenant, instance]).await.map(|_| ())
    }
}
