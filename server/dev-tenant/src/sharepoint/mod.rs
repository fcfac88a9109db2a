//! {tenant}.sharepoint.com: sites, lists, items, permissions, pages.

use crate::call::{Call, Reply};
use crate::world::World;

/// The SharePoint state of the tenant.
#[derive(Debug, Default)]
pub struct SharePoint {}

pub fn answer(_world: &World, call: &Call) -> Reply {
    Reply::not_modelled(&call.path)
}
