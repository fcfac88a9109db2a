//! What can be done to a tenant: plans, steps, connectors.
//!
//! [`plan`] is pure: a wish and a [`TenantView`] give a [`Plan`] or the issues that stand against it.

mod attributes;
mod mark;
mod password;
mod plan;
mod planner;
mod preview;
mod view;
mod wish;

pub use password::{PASSWORD_BYTES, password};
pub use plan::{AccountKey, Plan, Step, StepId, differs};
pub use planner::plan;
pub use view::{GroupView, LicenceView, ManagerView, TenantView};
pub use wish::{UserWish, WishFields};
