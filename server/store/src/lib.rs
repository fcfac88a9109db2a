//! Rows, journal and jobs on SQLite and PostgreSQL.
//!
//! Every read and write happens in a [`transaction!`] that belongs to one tenant ([`Store::write`],
//! [`Store::read`]); what is done on one [`Tx`] commits together or not at all.

mod applications;
mod before_images;
mod change_tokens;
mod counters;
mod credentials;
mod data_key;
mod definitions;
mod deletions;
mod documents;
mod encryption;
mod error;
mod folds;
mod handovers;
mod heads;
mod ids;
mod instances;
pub mod jobs;
mod journal;
mod listings;
mod migrate;
mod narrow;
mod outgoing;
mod periods;
mod pool;
mod recovery;
mod renewals;
mod reports;
mod reservations;
mod sealed_items;
mod shards;
mod sql;
mod transaction;

pub use applications::{ApplicationRow, SealedItem};
pub use before_images::BeforeImage;
pub use credentials::SealedCredential;
pub use data_key::DataKey;
pub use definitions::PinnedDefinition;
pub use deletions::{DeletionLimit, DeletionOutcome};
pub use documents::{Document, Shelf};
pub use encryption::DocumentPlace;
pub use error::StoreError;
pub use folds::{Fold, Unfolded};
pub use handovers::{Handover, HandoverState};
pub use heads::SignedHead;
pub use ids::{ApplicationId, Hash, PersonId, TenantId, WorkflowKey};
pub use instances::{Instance, KeyHeld};
pub use journal::JournalLine;
pub use listings::{Cursor, Listed, Role};
pub use outgoing::Outgoing;
pub use periods::Period;
pub use pool::Store;
pub use renewals::{RenewalLease, RenewalLine};
pub use reports::{Made, Told};
pub use reservations::{Reservation, SeatOutcome};
pub use shards::{Ordinal, Shard};
pub use transaction::{Attempts, Tx};
#[cfg(feature = "test-support")]
mod listing_plans;
#[cfg(feature = "test-support")]
pub mod test_postgres;
