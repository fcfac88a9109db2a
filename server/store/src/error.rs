//! What can go wrong between us and the database.

use std::path::PathBuf;

use sqlx::error::DatabaseError;
use sqlx::migrate::MigrateError;

/// Failure of the store. The first four are answers the caller acts on; the others are our fault.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else wrote in between: read again and decide again.
    #[error("{what} changed since it was read")]
    StaleVersion { what: &'static str },
    /// The value belongs to another row already.
    #[error("{what} is taken")]
    UniqueTaken { what: &'static str },
    /// The lease went to another worker; what this one does must not count.
    #[error("job {kind}/{key} is no longer leased to this worker")]
    Fenced { kind: String, key: String },
    /// Every repetition of the transaction met another writer.
    #[error("the transaction met another writer too often")]
    Contended,
    /// A column holds what this program never writes.
    #[error("column {column} is unreadable: {reason}")]
    Unreadable { column: &'static str, reason: String },
    /// A column lies under a data key that this process does not have.
    #[error(
        "column {column} is encrypted, and the key is not known here: the section [credentials] must name the master key"
    )]
    Encrypted { column: &'static str },
    #[error("OpenSSL: {0}")]
    Crypto(#[from] openssl::error::ErrorStack),
    #[error("{url} is no database address; write sqlite://PATH or postgres://USER@HOST/NAME")]
    Address { url: String },
    #[error("the database {file} cannot be made (is its folder there, and may you write into it?)")]
    Unmade {
        file: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("migrations could not be applied")]
    Migrate(#[from] MigrateError),
    #[error("the migration lock could not be taken")]
    Lock(#[source] std::io::Error),
    #[error("database")]
    Database(#[from] sqlx::Error),
}

/// PostgreSQL's undefined_table.
const NO_TABLE_CODE: &str = "42P01";
/// SQLite has one code for every wrong statement, and says the rest in words.
const NO_TABLE_WORDS: &str = "no such table";

/// PostgreSQL's disk_full.
const FULL_CODE: &str = "53100";
/// SQLITE_FULL.
const FULL_WORDS: &str = "database or disk is full";
/// SQLite tells quotas and limits of a file's size from a full disk: SQLITE_IOERR_WRITE, _FSYNC, _TRUNCATE, and
/// _SHMSIZE for the file beside the database ("Result and Error Codes").
const UNWRITTEN_CODES: [&str; 4] = ["778", "1034", "1546", "4874"];

impl StoreError {
    /// Whether the disk does not take what was to be written: it is full, or a quota or limit is reached. Nothing was.
    pub fn is_full(&self) -> bool {
        self.says(FULL_CODE, FULL_WORDS) || UNWRITTEN_CODES.iter().any(|code| self.has(code))
    }

    /// Whether the tables of this version do not stand yet.
    pub fn lacks_tables(&self) -> bool {
        self.says(NO_TABLE_CODE, NO_TABLE_WORDS)
    }

    fn says(&self, code: &str, words: &str) -> bool {
        self.has(code) || self.told().is_some_and(|error| error.message().contains(words))
    }

    fn has(&self, code: &str) -> bool {
        self.told()
            .is_some_and(|error| error.code().as_deref() == Some(code))
    }

    /// What the database itself said.
    fn told(&self) -> Option<&dyn DatabaseError> {
        match self {
            Self::Database(error)
            | Self::Migrate(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => {
                error.as_database_error()
            }
            _ => None,
        }
    }
}

/// PostgreSQL's serialization_failure and deadlock_detected (PostgreSQL manual, appendix A).
const REPEAT_CODES: [&str; 2] = ["40001", "40P01"];

pub(crate) fn met_another_writer(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .is_some_and(|code| REPEAT_CODES.contains(&code.as_ref()))
}

/// Which of `names` the violated unique index speaks of (PostgreSQL names the index, SQLite the columns);
/// the last one when none, which should be the primary key.
pub(crate) fn violated(error: &sqlx::Error, names: &[&'static str]) -> Option<&'static str> {
    let error = error.as_database_error().filter(|e| e.is_unique_violation())?;
    let said = error.constraint().unwrap_or(error.message());
    names
        .iter()
        .find(|name| said.contains(**name))
        .or(names.last())
        .copied()
}

#[cfg(test)]
mod tests {
    use std::str::FromStr as _;

    use sqlx::Connection as _;
    use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

    use super::*;

    #[tokio::test]
    async fn a_database_without_room_is_told_from_one_without_tables() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/small.db", folder.path().display());
        let options = SqliteConnectOptions::from_str(&url).unwrap();
        let options = options.create_if_missing(true).pragma("max_page_count", "3");
        let mut small = SqliteConnection::connect_with(&options).await.unwrap();
        let absent = sqlx::query("SELECT * FROM t")
            .execute(&mut small)
            .await
            .unwrap_err();
        let absent = StoreError::from(absent);
        assert!(absent.lacks_tables() && !absent.is_full());
        sqlx::query("CREATE TABLE t (a BLOB)")
            .execute(&mut small)
            .await
            .unwrap();
        let filled = sqlx::query("INSERT INTO t VALUES (zeroblob(100000))")
            .execute(&mut small)
            .await;
        let full = StoreError::from(filled.unwrap_err());
        assert!(full.is_full() && !full.lacks_tables(), "{full:?}");
    }
}
