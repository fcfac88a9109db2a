//! The tables, from one set of files for both databases.

use crate::pool::Pool;
use crate::{Store, StoreError};
use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

macro_rules! migration {
    ($version:literal, $name:literal) => {
        Migration::new(
            $version,
            $name.into(),
            MigrationType::Simple,
            include_str!(concat!("../migrations/000", $version, "_", $name, ".sql")).into_sql_str(),
            false,
        )
    };
}

impl Store {
    /// Brings the tables up to date; harmless when they are. Several instances may start at once.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let migrator = Migrator::with_migrations(vec![
            migration!(1, "applications"),
            migration!(2, "jobs"),
            migration!(3, "outside"),
            migration!(4, "shards"),
            migration!(5, "periods"),
            migration!(6, "instances"),
            migration!(7, "credentials"),
            migration!(8, "proofs"),
            migration!(9, "keys_of_instances"),
        ]);
        match &self.pool {
            Pool::Sqlite { file, writer, .. } => {
                let held = hold_lock(file).await?;
                migrator.run(writer).await?;
                drop(held);
            }
            // sqlx holds an advisory lock there.
            Pool::Postgres(pool) => migrator.run(pool).await?,
        }
        Ok(())
    }
}

/// sqlx takes no lock on SQLite, and two processes that migrate at once fail.
async fn hold_lock(database: &Path) -> Result<File, StoreError> {
    let path = database.with_added_extension("migrate-lock");
    let locking = tokio::task::spawn_blocking(move || {
        // Whoever may open it could hold it for ever.
        let mut options = OpenOptions::new();
        let options = options.write(true).create(true).truncate(true).mode(0o600);
        let file = options.open(path)?;
        file.lock()?;
        Ok(file)
    });
    locking
        .await
        .map_err(std::io::Error::other)
        .flatten()
        .map_err(StoreError::Lock)
}
