//! Table tests of the service over one small tenant.

mod batch;
mod delta;
mod groups;
mod lag;
mod licences;
mod mail;
mod sites;
mod users;
mod world;
