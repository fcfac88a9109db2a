//! Unit of work: what is done on one `Tx` commits together or not at all.

use std::sync::Arc;

use crate::encryption::Columns;
use crate::error::met_another_writer;
use crate::pool::Pool;
use crate::sql::Side;
use crate::{Store, StoreError, TenantId};

/// Under contention at least one writer gets through a round, so this many writers at once are served.
const ATTEMPTS: u32 = 64;

/// A transaction that sees and writes the rows of one tenant only. Dropped, it leaves nothing behind.
pub struct Tx {
    pub(crate) side: Side,
    pub(crate) tenant: TenantId,
    pub(crate) columns: Arc<Columns>,
    pub(crate) met_another_writer: bool,
    pub(crate) enqueued: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    Read,
    /// Whoever read what another writes meanwhile is repeated.
    Write,
    /// Takes rows by lock, so it needs no snapshot.
    Claim,
}

/// The attempts at one unit of work, for [`transaction!`](crate::transaction).
#[derive(Debug)]
pub struct Attempts<'s> {
    store: &'s Store,
    tenant: TenantId,
    purpose: Purpose,
    left: u32,
}

/// Does the work and commits: `transaction!(store.write(&tenant), tx => tx.enqueue(&job).await)`. The value is a
/// `Result` whose error is any that a [`StoreError`] turns into; an error rolls everything back. When another
/// writer came between, the work is done again from the start, so it must have no effect beside the transaction.
///
/// A macro and not a function of a closure: the compiler cannot yet prove that a future made by such a closure
/// may move between threads.
#[macro_export]
macro_rules! transaction {
    ($attempts:expr, $tx:ident => $work:expr) => {{
        let mut attempts = $attempts;
        loop {
            let mut held = match attempts.begin().await {
                Ok(held) => held,
                Err(error) => break Err(error.into()),
            };
            let $tx = &mut held;
            let done = async { $work }.await;
            if let Some(done) = attempts.settle(held, done).await {
                break done;
            }
        }
    }};
}

impl Store {
    /// For [`transaction!`](crate::transaction): reads and writes.
    pub fn write(&self, tenant: &TenantId) -> Attempts<'_> {
        self.attempts(tenant, Purpose::Write)
    }

    /// For [`transaction!`](crate::transaction): one unchanging view; the database refuses writes.
    pub fn read(&self, tenant: &TenantId) -> Attempts<'_> {
        self.attempts(tenant, Purpose::Read)
    }

    pub(crate) fn attempts(&self, tenant: &TenantId, purpose: Purpose) -> Attempts<'_> {
        Attempts {
            store: self,
            tenant: tenant.clone(),
            purpose,
            left: ATTEMPTS,
        }
    }
}

impl Attempts<'_> {
    pub async fn begin(&mut self) -> Result<Tx, StoreError> {
        self.left = self.left.checked_sub(1).ok_or(StoreError::Contended)?;
        let side = match (&self.store.pool, self.purpose) {
            (Pool::Sqlite { readers, .. }, Purpose::Read) => Side::Sqlite(readers.begin_with("BEGIN").await?),
            (Pool::Sqlite { writer, .. }, _) => Side::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            (Pool::Postgres(pool), purpose) => Side::Postgres(pool.begin_with(isolation(purpose)).await?),
        };
        Ok(Tx {
            side,
            tenant: self.tenant.clone(),
            columns: Arc::clone(&self.store.columns),
            met_another_writer: false,
            enqueued: false,
        })
    }

    /// Commits what succeeded. `None`: another writer came between, do it again.
    pub async fn settle<T, E: From<StoreError>>(&self, tx: Tx, done: Result<T, E>) -> Option<Result<T, E>> {
        let value = match done {
            Ok(value) => value,
            Err(_) if tx.met_another_writer => return None,
            Err(error) => return Some(Err(error)),
        };
        let enqueued = tx.enqueued;
        match tx.commit().await {
            Ok(()) if enqueued => self.store.wake.notify_one(),
            Ok(()) => {}
            Err(error) if met_another_writer(&error) => return None,
            Err(error) => return Some(Err(StoreError::from(error).into())),
        }
        Some(Ok(value))
    }
}

fn isolation(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        Purpose::Write => "BEGIN ISOLATION LEVEL REPEATABLE READ",
        Purpose::Claim => "BEGIN ISOLATION LEVEL READ COMMITTED",
    }
}

impl Tx {
    /// The tenant whose rows this transaction sees.
    pub fn tenant(&self) -> &TenantId {
        &self.tenant
    }

    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.side, Side::Postgres(_))
    }

    async fn commit(self) -> Result<(), sqlx::Error> {
        match self.side {
            Side::Sqlite(tx) => tx.commit().await,
            Side::Postgres(tx) => tx.commit().await,
        }
    }
}
