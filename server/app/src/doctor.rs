//! `provisioning-flow doctor`: walks the way every job walks, and says what is wrong and how to mend it.

mod app;
mod credentials;
mod farm;
mod files;
mod finding;
mod grant;
mod intake;
mod keeper;
mod lists;
mod lockdown;
mod owners;
mod patience;
mod permissions;
mod platform;
mod profiles;
mod run;
mod scopes;
mod server;
mod strangers;

pub(crate) use app::App;
pub use finding::{Finding, Outcome};
pub(crate) use grant::has_full_control;
pub use run::run;
pub(crate) use run::run_on_app;
