//! Connections: SQLite beside the configuration by default, PostgreSQL for several instances.

use crate::StoreError;
use crate::encryption::Columns;
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// SQLite's own queue for writers of other processes is unfair and slow; ours waits in the pool instead.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);
const SQLITE_READERS: u32 = 4;
/// The jobs that run at once in one instance (10), and a few of people's requests.
const POSTGRES_CONNECTIONS: u32 = 12;
/// Ends of the names of SQLite's files.
const SQLITE_ENDS: [&str; 3] = ["", "-wal", "-shm"];

#[derive(Clone, Debug)]
pub(crate) enum Pool {
    /// One writing connection (writers queue fairly in the pool) and a few readers.
    Sqlite {
        file: PathBuf,
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

/// The database of this installation. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) pool: Pool,
    pub(crate) wake: Arc<Notify>,
    pub(crate) columns: Arc<Columns>,
}

impl Store {
    /// Connects to `sqlite://PATH` (made when absent) or `postgres://…`. Does not migrate.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let pool = match url.split_once("://") {
            Some(("sqlite", _)) => open_sqlite(url).await?,
            Some(("postgres" | "postgresql", _)) => Pool::Postgres(
                PgPoolOptions::new()
                    .max_connections(POSTGRES_CONNECTIONS)
                    .connect(url)
                    .await?,
            ),
            _ => {
                return Err(StoreError::Address {
                    url: without_password(url),
                });
            }
        };
        Ok(Self {
            pool,
            wake: Arc::new(Notify::new()),
            columns: Arc::default(),
        })
    }

    /// The files in which it lies, whether they are there at the moment or not; none on PostgreSQL.
    pub fn files(&self) -> Vec<PathBuf> {
        match &self.pool {
            Pool::Sqlite { file, .. } => SQLITE_ENDS.iter().map(|end| with_end(file, end)).collect(),
            Pool::Postgres(_) => Vec::new(),
        }
    }

    /// Ends all connections; those in use are waited for.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}

fn without_password(url: &str) -> String {
    url.split('@').next_back().unwrap_or_default().to_owned()
}

fn with_end(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Makes a new database the service's own. SQLite would let everybody read it, and gives what lies beside it (`-wal`,
/// `-shm`) the rights that it has. One that is there keeps those that somebody gave it.
fn make_own(file: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    match options.write(true).create_new(true).mode(0o600).open(file) {
        Err(source) if source.kind() != ErrorKind::AlreadyExists => Err(StoreError::Unmade {
            file: file.to_owned(),
            source,
        }),
        _ => Ok(()),
    }
}

/// Whether the address names no file.
fn is_in_memory(url: &str) -> bool {
    let (place, query) = url.split_once('?').unwrap_or((url, ""));
    place.ends_with(":memory:") || query.split('&').any(|part| part == "mode=memory")
}

async fn open_sqlite(url: &str) -> Result<Pool, StoreError> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT);
    let file = options.get_filename().to_path_buf();
    if !is_in_memory(url) {
        make_own(&file)?;
    }
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options.clone())
        .await?;
    let reading = options.pragma("query_only", "ON");
    let readers = SqlitePoolOptions::new()
        .max_connections(SQLITE_READERS)
        .connect_with(reading)
        .await?;
    Ok(Pool::Sqlite {
        file,
        writer,
        readers,
    })
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn mode(file: &Path) -> u32 {
        fs::metadata(file).unwrap().permissions().mode() & 0o777
    }

    async fn opened(file: &Path) -> Store {
        let store = Store::open(&format!("sqlite://{}", file.display())).await;
        let store = store.unwrap();
        store.migrate().await.unwrap();
        store
    }

    #[tokio::test]
    async fn a_new_database_is_its_owners_alone_with_all_that_lies_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = opened(&folder.path().join("flow.sqlite")).await;
        let files = store.files();
        assert_eq!(files.len(), 3);
        for file in &files {
            assert_eq!(mode(file), 0o600, "{}", file.display());
        }
        for file in fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap().path();
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
        store.close().await;
    }

    #[tokio::test]
    async fn a_database_that_is_there_keeps_its_rights_and_its_rows() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("flow.sqlite");
        opened(&file).await.close().await;
        fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
        let length = fs::metadata(&file).unwrap().len();
        let store = opened(&file).await;
        assert_eq!((mode(&file), fs::metadata(&file).unwrap().len()), (0o640, length));
        store.close().await;
    }

    #[tokio::test]
    async fn a_database_without_a_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/absent/flow.sqlite", folder.path().display());
        let error = Store::open(&url).await.unwrap_err();
        assert!(error.to_string().contains("absent/flow.sqlite"), "{error}");
    }

    #[test]
    fn an_address_in_memory_names_no_file() {
        assert!(is_in_memory("sqlite://:memory:"));
        assert!(is_in_memory("sqlite://flow?cache=shared&mode=memory"));
        assert!(!is_in_memory("sqlite:///var/lib/flow.sqlite?mode=rwc"));
    }
}
