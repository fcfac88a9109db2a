//! Applications as the service works with them. One decision is one transaction: row, journal lines, signed
//! head, reservations, and the jobs that follow commit together or not at all.

mod act;
mod administered;
mod beside;
mod case;
mod deadlines;
mod entry;
mod follow_ups;
mod lifted;
mod mails;
mod not_counted;
mod number;
mod recorded;
mod represented;
mod submit;
#[cfg(test)]
mod tests;

pub(crate) use act::set_parties;
pub use act::{Outcome, act};
pub use case::Case;
pub(crate) use case::{Pinned, application};
pub(crate) use deadlines::due;
pub(crate) use mails::letters;
pub use submit::{NewApplication, pin};
pub(crate) use submit::{pin_offered, row};
