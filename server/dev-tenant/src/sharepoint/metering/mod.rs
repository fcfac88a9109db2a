//! Resource units: what calls cost, who has used how much, and when SharePoint has had enough.

mod account;
mod cost;
mod gate;
mod limits;
mod meter;
#[cfg(test)]
mod tests;

pub use account::Usage;
pub use cost::{PERMISSION, READ, WRITE, of_call};
pub use gate::{Admission, Refusal};
pub use limits::{ResourceUnits, UnitLimits};
pub use meter::Meter;
