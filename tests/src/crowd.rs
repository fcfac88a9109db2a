//! Many applications at once, each on its way without waiting for the others.

mod cast;
mod outcome;
mod passage;

pub use outcome::{Outcome, of};
pub use passage::carry_through;

use crate::large;
use crate::watch::Watch;

/// The local part of the new account's user principal name in the application of this number.
pub fn account(number: usize) -> String {
    format!("hana{number:05}")
}

/// Every so many applications carry a file.
pub const FILED: usize = 10;

/// All of a crowd lie in one list: how a list is followed by the next is tested elsewhere.
const SCOPES: &str = "\n[scopes]\ncap = 20000\n";

/// A large company's house.
pub async fn open(backend: &str) -> Watch {
    large::open(backend, SCOPES).await
}
