//! An embedded Microsoft 365 tenant for development and tests.
//!
//! It answers under Microsoft's host names behind TLS, from the product's reference documents alone, and shares
//! no code with the product's client: two independent readings of the same facts.
//! What it does not model it refuses in clear words; it never guesses.

mod addresses;
mod balanced;
pub mod call;
pub mod caller;
pub mod classic;
pub mod clock;
pub mod command;
pub mod directory;
pub mod entra;
pub mod exchange;
mod exports;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
pub mod graph;
pub mod ledger;
pub mod registration;
pub mod seed;
pub mod sharepoint;
pub mod shell;
pub mod switches;
pub mod world;
