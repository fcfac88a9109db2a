//! The lists that hold sealed applications, oldest first. New applications go into the newest.

use crate::sql::{Row, args};
use crate::{ApplicationId, StoreError, Tx};
use jiff::Timestamp;

/// Number of a shard, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Ordinal(pub i64);

impl Ordinal {
    pub const FIRST: Self = Self(1);

    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl std::fmt::Display for Ordinal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// One list of applications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shard {
    pub ordinal: Ordinal,
    /// Relative to the site, e.g. `Lists/PFApplications2`.
    pub url: String,
    /// SharePoint's id of the list.
    pub list: String,
    pub opened_at: Timestamp,
    /// Since when new applications go elsewhere.
    pub closed_at: Option<Timestamp>,
}

impl Tx {
    /// All shards, in order.
    pub async fn shards(&mut self) -> Result<Vec<Shard>, StoreError> {
        const SQL: &str = "SELECT * FROM shard WHERE tenant = $1 ORDER BY ordinal";
        self.rows(SQL, args![&self.tenant])
            .await?
            .iter()
            .map(read)
            .collect()
    }

    pub async fn shard(&mut self, url: &str) -> Result<Option<Shard>, StoreError> {
        const SQL: &str = "SELECT * FROM shard WHERE tenant = $1 AND url = $2";
        self.row(SQL, args![&self.tenant, url])
            .await?
            .as_ref()
            .map(read)
            .transpose()
    }

    /// Opens a shard and closes those before it to new applications. False when it was open already.
    pub async fn open_shard(&mut self, shard: &Shard) -> Result<bool, StoreError> {
        const CLOSE: &str = "UPDATE shard SET closed_at = $3
            WHERE tenant = $1 AND ordinal < $2 AND closed_at IS NULL";
        const OPEN: &str = "INSERT INTO shard (tenant, ordinal, url, list_id, opened_at)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant, ordinal) DO NOTHING";
        let close = args![&self.tenant, shard.ordinal.0, shard.opened_at];
        self.run(CLOSE, close).await?;
        let open = args![
            &self.tenant,
            shard.ordinal.0,
            &shard.url,
            &shard.list,
            shard.opened_at
        ];
        Ok(self.run(OPEN, open).await? > 0)
    }

    /// Address of the shard in which the application is sealed or to be sealed: chosen once and kept, so that
    /// an item whose answer was lost is looked for where it may stand. `None`: the newest shard has no room,
    /// for it holds `cap` scopes.
    pub async fn place(&mut self, id: &ApplicationId, cap: i64) -> Result<Option<String>, StoreError> {
        const CHOSEN: &str =
            "SELECT list FROM application WHERE tenant = $1 AND id = $2 AND list IS NOT NULL";
        // Writing the row makes transactions that count the scopes of a shard follow one another.
        const NEWEST: &str = "UPDATE shard SET url = url WHERE tenant = $1 AND ordinal =
            (SELECT MAX(ordinal) FROM shard WHERE tenant = $1) RETURNING url";
        const CHOOSE: &str = "UPDATE application SET list = $3 WHERE tenant = $1 AND id = $2";
        if let Some(row) = self.row(CHOSEN, args![&self.tenant, id]).await? {
            return row.get("list").map(Some);
        }
        let Some(newest) = self.row(NEWEST, args![&self.tenant]).await? else {
            return Ok(None);
        };
        let url: String = newest.get("url")?;
        if self.scopes(&url).await? >= cap {
            return Ok(None);
        }
        self.run(CHOOSE, args![&self.tenant, id, &url]).await?;
        Ok(Some(url))
    }

    /// Unique scopes of a shard: applications that are, or are just being, sealed there and are not folded, and
    /// the folders.
    pub async fn scopes(&mut self, url: &str) -> Result<i64, StoreError> {
        const OWN: &str =
            "SELECT COUNT(*) AS n FROM application WHERE tenant = $1 AND list = $2 AND fold IS NULL";
        const FOLDS: &str = "SELECT COUNT(*) AS n FROM fold WHERE tenant = $1 AND list = $2";
        let mut scopes = 0;
        for sql in [OWN, FOLDS] {
            let row = self.row(sql, args![&self.tenant, url]).await?;
            scopes += row.map_or(Ok(0), |row| row.get::<i64>("n"))?;
        }
        Ok(scopes)
    }

    /// How many applications were made on each day (UTC) since `from`; days without any are left out.
    pub async fn created_per_day(&mut self, from: Timestamp) -> Result<Vec<i64>, StoreError> {
        const SQL: &str = "SELECT COUNT(*) AS n FROM application WHERE tenant = $1 AND created_at >= $2
            GROUP BY created_at / 86400000 ORDER BY created_at / 86400000";
        let rows = self.rows(SQL, args![&self.tenant, from]).await?;
        rows.iter().map(|row| row.get("n")).collect()
    }
}

fn read(row: &Row) -> Result<Shard, StoreError> {
    let closed: Option<i64> = row.get("closed_at")?;
    Ok(Shard {
        ordinal: Ordinal(row.get("ordinal")?),
        url: row.get("url")?,
        list: row.get("list_id")?,
        opened_at: row.time("opened_at")?,
        closed_at: closed.map(|_| row.time("closed_at")).transpose()?,
    })
}
