//! Closed applications that gave up their own scope: they lie in a folder whose scope they share.

use std::collections::BTreeSet;

use crate::sql::args;
use crate::{ApplicationId, PersonId, StoreError, Tx};

/// A folder of a shard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// Address of the shard, relative to the site.
    pub list: String,
    pub name: String,
    /// Number of the folder's own item.
    pub item: i64,
}

/// A closed application that still has a scope of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfolded {
    pub application: ApplicationId,
    /// Everybody who may read it, beside administrators.
    pub readers: BTreeSet<PersonId>,
}

impl Tx {
    pub async fn folds(&mut self, list: &str) -> Result<Vec<Fold>, StoreError> {
        const SQL: &str = "SELECT * FROM fold WHERE tenant = $1 AND list = $2 ORDER BY name";
        let rows = self.rows(SQL, args![&self.tenant, list]).await?;
        let fold = |row: &crate::sql::Row| {
            Ok(Fold {
                list: row.get("list")?,
                name: row.get("name")?,
                item: row.get("item")?,
            })
        };
        rows.iter().map(fold).collect()
    }

    /// Idempotent.
    pub async fn add_fold(&mut self, fold: &Fold) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO fold (tenant, list, name, item) VALUES ($1, $2, $3, $4)
            ON CONFLICT (tenant, list, name) DO UPDATE SET item = excluded.item";
        self.run(SQL, args![&self.tenant, &fold.list, &fold.name, fold.item])
            .await
            .map(|_| ())
    }

    /// Name of the folder in which the application shares a scope.
    pub async fn fold_of(&mut self, id: &ApplicationId) -> Result<Option<String>, StoreError> {
        const SQL: &str = "SELECT fold FROM application WHERE tenant = $1 AND id = $2";
        match self.row(SQL, args![&self.tenant, id]).await? {
            Some(row) => row.get("fold"),
            None => Ok(None),
        }
    }

    /// Notes that the application has no scope of its own any more.
    pub async fn keep_fold(&mut self, id: &ApplicationId, name: &str) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE application SET fold = $3 WHERE tenant = $1 AND id = $2";
        self.run(SQL, args![&self.tenant, id, name]).await.map(|_| ())
    }

    /// Closed applications of a shard that have a scope of their own, oldest first.
    pub async fn unfolded(&mut self, list: &str) -> Result<Vec<Unfolded>, StoreError> {
        const SQL: &str = "SELECT application.id, party.person FROM application JOIN party
            ON party.tenant = application.tenant AND party.application = application.id
            WHERE application.tenant = $1 AND application.list = $2 AND application.fold IS NULL
            AND application.code IN ('CO', 'RJ', 'WD') AND application.list_item IS NOT NULL
            AND party.role = 'reader' ORDER BY application.created_at, application.id, party.person";
        let mut all: Vec<Unfolded> = Vec::new();
        for row in self.rows(SQL, args![&self.tenant, list]).await? {
            let (id, person) = (row.get::<String>("id")?, row.get::<String>("person")?);
            let person = PersonId::new(person);
            match all.last_mut().filter(|newest| newest.application.as_str() == id) {
                Some(newest) => {
                    newest.readers.insert(person);
                }
                None => all.push(Unfolded {
                    application: ApplicationId::new(id),
                    readers: BTreeSet::from([person]),
                }),
            }
        }
        Ok(all)
    }

    /// Numbers of the items of a shard that should have a scope of their own: applications and folders.
    pub async fn items_with_own_scope(&mut self, list: &str) -> Result<BTreeSet<i64>, StoreError> {
        const OWN: &str = "SELECT list_item AS item FROM application
            WHERE tenant = $1 AND list = $2 AND fold IS NULL AND list_item IS NOT NULL";
        const FOLDS: &str = "SELECT item FROM fold WHERE tenant = $1 AND list = $2";
        let mut items = BTreeSet::new();
        for sql in [OWN, FOLDS] {
            for row in self.rows(sql, args![&self.tenant, list]).await? {
                items.insert(row.get("item")?);
            }
        }
        Ok(items)
    }
}
