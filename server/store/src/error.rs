//! What can go wrong between us and the database.

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
    #[error("{url} is no database address; write sqlite://PATH or postgres://USER@HOST/NAME")]
    Address { url: String },
    #[error("migrations could not be applied")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("the migration lock could not be taken")]
    Lock(#[source] std::io::Error),
    #[error("database")]
    Database(#[from] sqlx::Error),
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
