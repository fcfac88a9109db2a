//! graph.microsoft.com: people, groups, licences, mail, site permissions.

mod address;
mod applications;
mod batch;
mod conformance;
mod contacts;
mod deleted;
mod delta;
mod door;
mod fault;
pub(crate) mod filter;
mod flapping;
mod groups;
mod mail;
pub mod metering;
mod model;
mod objects;
mod options;
mod page;
mod permission;
mod pictures;
mod policies;
mod request;
mod rights;
mod route;
mod sites;
mod teams;
mod tenant;
mod users;

pub use batch::{Strike, operations};
pub use delta::Track;
pub use door::{answer, answer_as, answer_struck};
pub use teams::state::{Operation, OperationKind, Picture, Team};

pub(crate) use deleted::forget;
pub(crate) use groups::has_type;
pub(crate) use teams::Calls as TeamCalls;
pub(crate) use users::inheritance::settle;
pub(crate) use users::licences::brings_mailbox;

pub use mail::messages::Messages;
pub use mail::state::{AutomaticReplies, ExtendedProperty, Folder, Mailboxes, Message, Status, Zoned};

#[cfg(test)]
mod tests;
