//! Rows, journal and jobs on SQLite and PostgreSQL.
//!
//! Every read and write happens in a [`transaction!`] that belongs to one tenant ([`Store::write`],
//! [`Store::read`]); what is done on one [`Tx`] commits together or not at all.

mod applications;
mod counters;
mod definitions;
mod error;
mod heads;
mod ids;
pub mod jobs;
mod journal;
mod listings;
mod migrate;
mod pool;
mod reservations;
mod sql;
mod transaction;

pub use applications::{ApplicationRow, SealedItem};
pub use definitions::PinnedDefinition;
pub use error::StoreError;
pub use heads::SignedHead;
pub use ids::{ApplicationId, Hash, PersonId, TenantId, WorkflowKey};
pub use journal::JournalLine;
pub use listings::Role;
pub use pool::Store;
pub use reservations::{Reservation, SeatOutcome};
pub use transaction::{Attempts, Tx};
#[cfg(feature = "test-support")]
pub mod test_postgres;
