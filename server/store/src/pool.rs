//! Connections: SQLite beside the configuration by default, PostgreSQL for several instances.

use crate::StoreError;
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};
use std::path::PathBuf;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// SQLite's own queue for writers of other processes is unfair and slow; ours waits in the pool instead.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 8;

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
        })
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

async fn open_sqlite(url: &str) -> Result<Pool, StoreError> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT);
    let file = options.get_filename().to_path_buf();
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
