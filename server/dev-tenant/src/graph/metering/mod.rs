//! Budgets of Microsoft Graph: what operations cost, who has spent how much, and when an app is told to wait
//! ("Microsoft Graph service-specific throttling limits": identity and access, Outlook). Teams keeps its own.

mod cost;
mod limits;
mod meter;
#[cfg(test)]
mod tests;
mod window;

pub use limits::{GraphBudgets, GraphLimits};
pub use meter::{Meter, Refusal};
