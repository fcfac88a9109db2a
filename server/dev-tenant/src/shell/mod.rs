//! The shell: TLS under Microsoft's host names, dispatch to the services, and a control door for tests.

mod attend;
mod bends;
mod budget;
mod certificates;
mod clock_file;
mod control;
mod cut;
mod deliveries;
mod dispatch;
pub mod faults;
mod http;
mod note;
mod running;
mod secrets;
mod start;
mod state;

pub use certificates::{CertificateError, Leaf, ca_file, issue_leaf};
pub use clock_file::ClockFileError;
pub use running::Running;
pub use start::{Options, StartError, serve, start};

#[cfg(test)]
mod tests;
