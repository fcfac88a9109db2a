//! `GrantSendOnBehalfTo`: who writes in the name of a mailbox or a group.

use std::collections::BTreeSet;

use crate::directory::ObjectId;
use crate::exchange::fault::Fault;
use crate::exchange::invocation::{Edit, Invocation};
use crate::exchange::recipient::{self, Kind};
use crate::exchange::state::Settings;
use crate::world::Tenant;

pub(super) fn change(invocation: &Invocation, tenant: &Tenant, settings: &mut Settings) -> Result<(), Fault> {
    let Some(edit) = invocation.edit("GrantSendOnBehalfTo") else {
        return Ok(());
    };
    apply(invocation, tenant, &mut settings.send_on_behalf, edit)
}

/// Changes a set of recipients that act for others.
pub(super) fn apply(
    invocation: &Invocation,
    tenant: &Tenant,
    set: &mut BTreeSet<ObjectId>,
    edit: Edit,
) -> Result<(), Fault> {
    let read = |all: Vec<String>| -> Result<BTreeSet<ObjectId>, Fault> {
        let found = all
            .iter()
            .map(|name| recipient::find(tenant, invocation.now, name, Kind::acts));
        found.map(|found| Ok(found?.id)).collect()
    };
    match edit {
        Edit::Replace(all) => *set = read(all)?,
        Edit::Change { add, remove } => {
            let (add, remove) = (read(add)?, read(remove)?);
            set.retain(|id| !remove.contains(id));
            set.extend(add);
        }
    }
    Ok(())
}
