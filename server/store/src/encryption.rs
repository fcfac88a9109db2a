//! Which columns lie under the data key, and what becomes of texts that were written before there was one.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::data_key::DataKey;
use crate::documents;
use crate::pool::Pool;
use crate::sql::args;
use crate::{ApplicationId, Store, StoreError, Tx};

/// The data key of this process, as soon as it is known.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    key: OnceLock<DataKey>,
    /// Whatever is written from now on is encrypted.
    encrypts: AtomicBool,
}

impl Columns {
    pub(crate) fn key(&self) -> Option<&DataKey> {
        self.key.get()
    }
}

impl Store {
    pub fn has_data_key(&self) -> bool {
        self.columns.key().is_some()
    }

    /// What lies encrypted can be read from now on. The first key stays.
    pub fn read_with(&self, key: DataKey) {
        let _ = self.columns.key.set(key);
    }

    /// Whether the columns are written encrypted from now on: those that hold forms, plans, journals, what stood there
    /// before, and copies of people. Ids, numbers, states, names of objects that are held, and times stay readable: rows
    /// are found by them. [`StoreError::Encrypted`]: no key is known.
    pub fn write_encrypted(&self, encrypted: bool) -> Result<(), StoreError> {
        if !self.has_data_key() {
            return Err(StoreError::Encrypted { column: "body" });
        }
        self.columns.encrypts.store(encrypted, Ordering::Release);
        Ok(())
    }
}

impl Store {
    /// SQLite leaves what was overwritten in free pages and beside the database until it is built anew; PostgreSQL's own
    /// vacuum takes it away.
    pub async fn forget_what_was_overwritten(&self) -> Result<(), StoreError> {
        if let Pool::Sqlite { writer, .. } = &self.pool {
            sqlx::query("VACUUM").execute(writer).await?;
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                .execute(writer)
                .await?;
        }
        Ok(())
    }
}

/// Where the texts of the columns stand: bound there, none opens anywhere else.
pub(crate) mod places {
    pub(crate) fn application(tenant: &str, id: &str) -> String {
        format!("{tenant}/application/{id}")
    }

    pub(crate) fn line(tenant: &str, application: &str, seq: i64) -> String {
        format!("{tenant}/journal/{application}/{seq}")
    }

    pub(crate) fn before_image(tenant: &str, application: &str, step: i64) -> String {
        format!("{tenant}/before_image/{application}/{step}")
    }

    pub(crate) fn document(tenant: &str, shelf: &str, name: &str) -> String {
        format!("{tenant}/document/{shelf}/{name}")
    }
}

impl Tx {
    /// The text as its column holds it.
    pub(crate) fn kept(&self, text: String, place: &str) -> Result<String, StoreError> {
        match self.columns.key() {
            Some(key) if self.columns.encrypts.load(Ordering::Acquire) => key.encrypt(&text, place),
            _ => Ok(text),
        }
    }

    /// Writes the texts of one application anew, as texts are written now.
    pub async fn rewrite(&mut self, id: &ApplicationId) -> Result<(), StoreError> {
        const STATE: &str = "UPDATE application SET state = $3 WHERE tenant = $1 AND id = $2";
        const LINE: &str = "UPDATE journal SET body = $4 WHERE tenant = $1 AND application = $2 AND seq = $3";
        const IMAGE: &str =
            "UPDATE before_image SET body = $4 WHERE tenant = $1 AND application = $2 AND step = $3";
        let tenant = self.tenant.clone();
        if let Some(row) = self.application(id).await? {
            let place = places::application(tenant.as_str(), id.as_str());
            let state = self.kept(row.state.to_string(), &place)?;
            self.run(STATE, args![&tenant, id, state]).await?;
        }
        for line in self.journal(id).await? {
            let place = places::line(tenant.as_str(), id.as_str(), line.seq);
            let body = self.kept(line.body, &place)?;
            self.run(LINE, args![&tenant, id, line.seq, body]).await?;
        }
        for image in self.before_images(id).await? {
            let place = places::before_image(tenant.as_str(), id.as_str(), image.step);
            let body = self.kept(image.body.to_string(), &place)?;
            self.run(IMAGE, args![&tenant, id, image.step, body]).await?;
        }
        Ok(())
    }

    /// The same for at most so many documents of all shelves, after the place at which the last call ended; where this one
    /// ended, none: there are no more.
    pub async fn rewrite_documents(
        &mut self,
        after: Option<&DocumentPlace>,
        most: i64,
    ) -> Result<Option<DocumentPlace>, StoreError> {
        const PAGE: &str = "SELECT * FROM document WHERE tenant = $1 AND (kind, name) > ($2, $3)
            ORDER BY kind, name LIMIT $4";
        const SQL: &str = "UPDATE document SET body = $4 WHERE tenant = $1 AND kind = $2 AND name = $3";
        let tenant = self.tenant.clone();
        let (kind, name) = after.map_or(("", ""), |place| (place.kind.as_str(), place.name.as_str()));
        let page = self.rows(PAGE, args![&tenant, kind, name, most]).await?;
        let mut last = None;
        for row in &page {
            let (kind, document): (String, _) = (row.get("kind")?, documents::read(row)?);
            let place = places::document(tenant.as_str(), &kind, &document.name);
            let body = self.kept(document.body.to_string(), &place)?;
            self.run(SQL, args![&tenant, &kind, &document.name, body]).await?;
            last = Some(DocumentPlace {
                kind,
                name: document.name,
            });
        }
        Ok(last)
    }
}

/// Where a document lies.
#[derive(Debug)]
pub struct DocumentPlace {
    kind: String,
    name: String,
}
