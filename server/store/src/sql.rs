//! The only place where the two databases are told apart: arguments in, rows out.

use std::sync::Arc;

use crate::data_key;
use crate::encryption::Columns;
use crate::error::{met_another_writer, violated};
use crate::ids::Hash;
use crate::{StoreError, Tx};
use jiff::Timestamp;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Postgres, Row as _, Sqlite, Transaction, Type};

/// A value bound to `$n`.
#[derive(Clone, Debug)]
pub(crate) enum Arg {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

impl From<i64> for Arg {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}
impl From<Option<i64>> for Arg {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}
impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}
impl From<&String> for Arg {
    fn from(value: &String) -> Self {
        Self::Text(Some(value.clone()))
    }
}
impl From<String> for Arg {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}
impl From<Option<String>> for Arg {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}
impl From<Vec<u8>> for Arg {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(Some(value))
    }
}
impl From<Option<Vec<u8>>> for Arg {
    fn from(value: Option<Vec<u8>>) -> Self {
        Self::Bytes(value)
    }
}
impl From<Timestamp> for Arg {
    fn from(value: Timestamp) -> Self {
        Self::Int(Some(value.as_millisecond()))
    }
}

macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::sql::Arg::from($value)),*] };
}
pub(crate) use args;

pub(crate) enum Side {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

enum Cells {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

pub(crate) struct Row {
    cells: Cells,
    columns: Arc<Columns>,
}

impl Row {
    pub(crate) fn get<T>(&self, column: &'static str) -> Result<T, StoreError>
    where
        T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>,
    {
        Ok(match &self.cells {
            Cells::Sqlite(row) => row.try_get(column)?,
            Cells::Postgres(row) => row.try_get(column)?,
        })
    }

    /// In clear, of a column that is written by [`Tx::kept`].
    pub(crate) fn text(&self, column: &'static str, place: &str) -> Result<String, StoreError> {
        data_key::read(self.get(column)?, self.columns.key(), (column, place))
    }

    /// The JSON of such a column.
    pub(crate) fn value(&self, column: &'static str, place: &str) -> Result<serde_json::Value, StoreError> {
        serde_json::from_str(&self.text(column, place)?).map_err(|e| unreadable(column, &e))
    }

    pub(crate) fn time(&self, column: &'static str) -> Result<Timestamp, StoreError> {
        Timestamp::from_millisecond(self.get(column)?).map_err(|e| unreadable(column, &e))
    }

    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self, column: &'static str) -> Result<T, StoreError> {
        serde_json::from_str(&self.get::<String>(column)?).map_err(|e| unreadable(column, &e))
    }

    pub(crate) fn hash(&self, column: &'static str) -> Result<Hash, StoreError> {
        let bytes = <[u8; 32]>::try_from(self.get::<Vec<u8>>(column)?)
            .map_err(|bytes| unreadable(column, &format_args!("{} bytes", bytes.len())))?;
        Ok(Hash(bytes))
    }
}

pub(crate) fn unreadable(column: &'static str, reason: &dyn std::fmt::Display) -> StoreError {
    StoreError::Unreadable {
        column,
        reason: reason.to_string(),
    }
}

macro_rules! bound {
    ($sql:expr, $args:expr) => {
        $args.into_iter().fold(sqlx::query($sql), |query, arg| match arg {
            Arg::Int(value) => query.bind(value),
            Arg::Text(value) => query.bind(value),
            Arg::Bytes(value) => query.bind(value),
        })
    };
}

impl Tx {
    pub(crate) async fn rows(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<Vec<Row>, StoreError> {
        let found: Result<Vec<Cells>, sqlx::Error> = match &mut self.side {
            Side::Sqlite(c) => {
                let rows = bound!(sql, args).fetch_all(&mut **c).await;
                rows.map(|rows| rows.into_iter().map(Cells::Sqlite).collect())
            }
            Side::Postgres(c) => {
                let rows = bound!(sql, args).fetch_all(&mut **c).await;
                rows.map(|rows| rows.into_iter().map(Cells::Postgres).collect())
            }
        };
        let found = found.map_err(|error| self.noted(error))?;
        let row = |cells| Row {
            cells,
            columns: Arc::clone(&self.columns),
        };
        Ok(found.into_iter().map(row).collect())
    }

    pub(crate) async fn row(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(sql, args).await?.into_iter().next())
    }

    /// Number of rows written.
    pub(crate) async fn run(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<u64, StoreError> {
        let done = match &mut self.side {
            Side::Sqlite(c) => bound!(sql, args)
                .execute(&mut **c)
                .await
                .map(|done| done.rows_affected()),
            Side::Postgres(c) => bound!(sql, args)
                .execute(&mut **c)
                .await
                .map(|done| done.rows_affected()),
        };
        done.map_err(|error| self.noted(error))
    }

    /// As `run`; a violated unique index becomes [`StoreError::UniqueTaken`] with the fitting one of `names`.
    pub(crate) async fn run_unique(
        &mut self,
        sql: &'static str,
        args: Vec<Arg>,
        names: &[&'static str],
    ) -> Result<u64, StoreError> {
        match self.run(sql, args).await {
            Err(StoreError::Database(error)) => Err(match violated(&error, names) {
                Some(what) => StoreError::UniqueTaken { what },
                None => StoreError::Database(error),
            }),
            other => other,
        }
    }

    fn noted(&mut self, error: sqlx::Error) -> StoreError {
        self.met_another_writer |= met_another_writer(&error);
        StoreError::Database(error)
    }
}
