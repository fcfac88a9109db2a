//! Table tests of the service over one small tenant.

mod attributes;
mod batch;
mod conformance;
mod delta;
mod delta_nasty;
mod group_licences;
mod groups;
mod lag;
mod licences;
mod life;
mod mail;
mod permissions;
mod sites;
mod synced;
mod team_members;
mod teams;
mod unified;
mod users;
mod world;
