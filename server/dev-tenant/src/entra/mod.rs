//! login.microsoftonline.com: tokens, sign-in, discovery.

use crate::call::{Call, Reply};
use crate::world::World;

pub fn answer(_world: &World, call: &Call) -> Reply {
    Reply::not_modelled(&call.path)
}
