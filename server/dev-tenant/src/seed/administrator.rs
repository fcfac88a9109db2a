//! For whoever tries what only an administrator of the tenant does: somebody who may do it, and a registration that asks
//! for more than was consented to.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{OURS, is};
use crate::directory::User;
use crate::entra::Audience;
use crate::world::World;

/// "Microsoft Entra built-in roles", "Global Administrator".
const GLOBAL_ADMINISTRATOR: Uuid = Uuid::from_u128(0x62e9_0394_69f5_4237_9190_0121_7714_5e10);

/// Makes the head of Information Systems Global Administrator; `None` where there is none.
pub fn appoint_administrator(world: &World) -> Option<User> {
    let mut tenant = world.tenant();
    let mut users = tenant.directory.users.values();
    let head = users
        .find(|user| is(user, "情報システム部") && is(user, "部長"))?
        .clone();
    let role = BTreeSet::from([GLOBAL_ADMINISTRATOR]);
    tenant.directory.roles.insert(head.id, role);
    Some(head)
}

/// Our registration asks for this permission of Graph as well (`requiredResourceAccess`); consent is still to come.
pub fn ask_of_graph(world: &World, permission: &str) {
    let mut tenant = world.tenant();
    let mut apps = tenant.directory.apps.values_mut();
    if let Some(ours) = apps.find(|app| app.display_name == OURS) {
        let asked = ours.registration.asks.entry(Audience::Graph.app_id());
        asked.or_default().insert(permission.to_owned());
    }
}
