//! {tenant}.sharepoint.com: sites, lists, items, permissions, pages.

pub mod birth;
pub(crate) mod byte_range;
pub mod caml;
pub mod csom;
pub mod door;
pub mod farm;
#[cfg(test)]
pub(crate) mod fixture;
pub mod metering;
pub mod operations;
pub mod rest;
pub mod state;
pub mod stream;
mod token_exchange;
pub mod webhooks;
pub mod xml;

use serde::Serialize;

use crate::call::{Call, Reply};
use crate::world::World;
use state::site::Site;

/// The SharePoint state of the tenant.
#[derive(Debug, Default, Serialize)]
pub struct SharePoint {
    pub sites: Vec<Site>,
    /// The number of the last event in the change log, over all sites.
    pub last_event: i64,
}

/// Answers a call to the host by its bearer token.
pub fn answer(world: &World, call: &Call) -> Reply {
    door::answer(world, call)
}
