//! graph.microsoft.com: people, groups, licences, mail, site permissions.

mod address;
mod batch;
mod door;
mod fault;
mod filter;
mod groups;
mod model;
mod objects;
mod options;
mod page;
mod permission;
mod request;
mod route;
mod tenant;
mod users;

pub use door::{answer, answer_as};

/// Mailboxes of the tenant.
#[derive(Debug, Default)]
pub struct Mailboxes {}

#[cfg(test)]
mod tests;
