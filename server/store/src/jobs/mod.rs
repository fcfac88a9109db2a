//! Work to be done outside: a table with leases. A job is a hint that something is due; it may run twice,
//! so every job starts by reading, but never two at once in one lane.

mod claim;
mod enqueue;
mod finish;
mod parked;

pub use claim::{Claim, Job, Lease};
pub use enqueue::{NewJob, Priority};
pub use finish::JobEnd;
pub use parked::ParkedJob;
