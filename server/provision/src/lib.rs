//! What can be done to a tenant: plans, steps, connectors.
//!
//! [`look`] reads the tenant, [`plan`] turns a wish and what was read into a [`Plan`] or into the issues that
//! stand against it, and an [`Executor`] carries out the plan step by step.

mod amend;
mod attributes;
mod connect;
mod failure;
mod inverse;
mod look;
mod lost;
mod mark;
mod password;
mod plan;
mod planner;
mod preview;
mod view;
mod wish;

pub use amend::Given;
pub use connect::{Executor, StepOutcome};
pub use failure::Failure;
pub use inverse::{Executed, Inverse, inverse};
pub use look::look;
pub use lost::Lost;
pub use password::{PASSWORD_BYTES, password};
pub use plan::{AccountKey, Change, NewAccount, Plan, Step, StepId, differs};
pub use planner::plan;
pub use view::{GroupView, LicenceView, ManagerView, TenantView};
pub use wish::{UserWish, WishFields};
