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

/// More than any crowd has.
const ONE_LIST: usize = 20_000;

/// A large company's house, in which all of a crowd lie in one list, so that they can be compared.
pub async fn open(backend: &str) -> Watch {
    open_in_lists_of(backend, ONE_LIST).await
}

/// The same with lists of so many applications, which follow each other while people go on.
pub async fn open_in_lists_of(backend: &str, cap: usize) -> Watch {
    large::open(backend, &format!("\n[scopes]\ncap = {cap}\n")).await
}
