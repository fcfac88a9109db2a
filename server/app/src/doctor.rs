//! `provisioning-flow doctor`: walks the way every job walks, and says what is wrong and how to mend it.

mod credentials;
mod farm;
mod finding;
mod intake;
mod lists;
mod lockdown;
mod patience;
mod permissions;
mod run;
mod scopes;
mod server;
mod strangers;

pub use finding::{Finding, Outcome};
pub use run::run;
