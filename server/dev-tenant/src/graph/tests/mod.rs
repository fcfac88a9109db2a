//! Table tests of the service over one small tenant.

mod batch;
mod delta;
mod delta_nasty;
mod groups;
mod lag;
mod licences;
mod life;
mod mail;
mod sites;
mod teams;
mod teams_later;
mod unified;
mod users;
mod world;
