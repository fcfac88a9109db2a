//! JSON kept under a name: copies of people and of the organisation, master data, settings.

use crate::encryption::places;
use crate::sql::{Row, args};
use crate::{StoreError, Tx};
use jiff::Timestamp;

/// Which shelf a document stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Copies of people, by object id.
    Person,
    /// Snapshots of the organisation.
    Organisation,
    Master,
    Setting,
    /// How far rows of the inbox were read, by item id.
    Inbox,
    /// What sealed items show, by application.
    Shown,
    /// What the nightly comparison of scopes found, by list.
    Ledger,
    /// Comparisons of SharePoint with our rows: how far each is, and what it found.
    Reconcile,
    /// Decisions that came by the API, and what became of them.
    Decision,
    /// Closed applications that keep a scope of their own, by id, and why.
    Unfoldable,
    /// Who may decide in whose place, by the inbox row that asked for it.
    Delegation,
    /// How people want their mails, by object id.
    Mails,
    /// Mails that wait for a digest, by reader and key.
    Deferred,
    /// Digests that are being sent, by reader.
    Digest,
    /// When somebody's automatic replies were read last, by object id.
    Absence,
    /// Since when the running step of an application has waited for Microsoft 365 to show a change.
    Settling,
    /// Applications by the number that they had before the final one.
    FormerNumber,
    /// How far calls of other systems are, by the hash of the capability that answers them.
    Call,
    /// How many objects an application deletes, by id, as long as that counts.
    Deletions,
    /// When what applications gave ends, by number, as long as that is ahead.
    Expiry,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    pub name: String,
    pub body: serde_json::Value,
    pub at: Timestamp,
}

impl Shelf {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Master => "master",
            Self::Setting => "setting",
            Self::Inbox => "inbox",
            Self::Shown => "shown",
            Self::Ledger => "ledger",
            Self::Reconcile => "reconcile",
            Self::Decision => "decision",
            Self::Unfoldable => "unfoldable",
            Self::Delegation => "delegation",
            Self::Mails => "mails",
            Self::Deferred => "deferred",
            Self::Digest => "digest",
            Self::Absence => "absence",
            Self::Settling => "settling",
            Self::FormerNumber => "former-number",
            Self::Call => "call",
            Self::Deletions => "deletions",
            Self::Expiry => "expiry",
        }
    }
}

impl Tx {
    pub async fn put(&mut self, on: Shelf, document: &Document) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO document (tenant, kind, name, body, at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (tenant, kind, name) DO UPDATE SET body = excluded.body, at = excluded.at,
            begins = NULL, ends = NULL";
        let place = places::document(self.tenant.as_str(), on.code(), &document.name);
        let body = self.kept(document.body.to_string(), &place)?;
        self.run(
            SQL,
            args![&self.tenant, on.code(), &document.name, body, document.at],
        )
        .await
        .map(|_| ())
    }

    pub async fn get(&mut self, on: Shelf, name: &str) -> Result<Option<Document>, StoreError> {
        const SQL: &str = "SELECT * FROM document WHERE tenant = $1 AND kind = $2 AND name = $3";
        self.row(SQL, args![&self.tenant, on.code(), name])
            .await?
            .as_ref()
            .map(read)
            .transpose()
    }

    /// The whole shelf, in order of name.
    pub async fn shelf(&mut self, on: Shelf) -> Result<Vec<Document>, StoreError> {
        const SQL: &str = "SELECT * FROM document WHERE tenant = $1 AND kind = $2 ORDER BY name";
        self.rows(SQL, args![&self.tenant, on.code()])
            .await?
            .iter()
            .map(read)
            .collect()
    }

    /// Names on the shelf that come after `after`, in order: a page at a time.
    pub async fn names(&mut self, on: Shelf, after: &str, most: i64) -> Result<Vec<String>, StoreError> {
        const SQL: &str = "SELECT name FROM document WHERE tenant = $1 AND kind = $2 AND name > $3
            ORDER BY name LIMIT $4";
        let rows = self
            .rows(SQL, args![&self.tenant, on.code(), after, most])
            .await?;
        rows.iter().map(|row| row.get("name")).collect()
    }

    pub async fn remove(&mut self, on: Shelf, name: &str) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM document WHERE tenant = $1 AND kind = $2 AND name = $3";
        self.run(SQL, args![&self.tenant, on.code(), name])
            .await
            .map(|_| ())
    }
}

pub(crate) fn read(row: &Row) -> Result<Document, StoreError> {
    let (tenant, shelf): (String, String) = (row.get("tenant")?, row.get("kind")?);
    let name: String = row.get("name")?;
    Ok(Document {
        body: row.value("body", &places::document(&tenant, &shelf, &name))?,
        name,
        at: row.time("at")?,
    })
}
