//! graph.microsoft.com: people, groups, licences, mail, site permissions.

use crate::call::{Call, Reply};
use crate::world::World;

/// Mailboxes of the tenant.
#[derive(Debug, Default)]
pub struct Mailboxes {}

pub fn answer(_world: &World, call: &Call) -> Reply {
    Reply::not_modelled(&call.path)
}
