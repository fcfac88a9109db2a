//! What can be done to a tenant: plans, steps, connectors.
//!
//! [`look`] reads the tenant, [`plan`] and [`plan_rows`] turn wishes and what was read into [`Plans`] or into the
//! issues that stand against them, and an [`Executor`] carries them out step by step, or row by row.

mod amend;
mod attributes;
mod connect;
mod failure;
mod inverse;
mod licences;
mod look;
mod lost;
mod mark;
mod password;
mod plan;
mod planner;
mod plans;
mod preview;
mod rows;
mod standing;
mod view;
mod wish;

pub use amend::Given;
pub use connect::{Executor, StepOutcome};
pub use failure::Failure;
pub use inverse::{Executed, Inverse, inverse};
pub use licences::Licence;
pub use look::look;
pub use lost::Lost;
pub use password::{PASSWORD_BYTES, password};
pub use plan::{AccountKey, Change, Identity, NewAccount, Plan, Step, StepId, differs};
pub use planner::plan;
pub use plans::Plans;
pub use rows::{plan_change_rows, plan_rows};
pub use standing::{
    AccountView, ChangeFields, ChangeWish, ManagerWish, SignIn, Turnover, look_at, plan_change,
};
pub use view::{GroupView, LicenceView, ManagerView, TenantView};
pub use wish::{UserWish, WishFields};
