//! Deleting and recycling items, and bringing them back.

use uuid::Uuid;

use super::conflict::Guard;
use super::fault::Fault;
use super::session::Session;
use crate::sharepoint::farm::receiver::EventType;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::change::{ChangeType, Changed};
use crate::sharepoint::state::ids::{ItemId, ListId};
use crate::sharepoint::state::item::{Item, Values};
use crate::sharepoint::state::recycled::{Recycled, RecycledContent};

/// Deletes an item for good.
///
/// # Errors
/// 404 for what the caller cannot read, 403 without the right to delete, 412 by the guard.
pub fn delete(session: &mut Session<'_>, list: ListId, item: ItemId, guard: &Guard) -> Result<(), Fault> {
    take(session, list, item, guard, "delete-item").map(|_| ())
}

/// Moves an item to the recycle bin; answers the bin's id for it.
pub fn recycle(session: &mut Session<'_>, list: ListId, item: ItemId) -> Result<Uuid, Fault> {
    let taken = take(session, list, item, &Guard::Any, "recycle-item")?;
    let recycled = Recycled {
        id: session.tenant.ids.uuid(),
        deleted_by: session.author(),
        deleted_at: session.at,
        content: RecycledContent::Item {
            list,
            item: Box::new(taken),
        },
    };
    let id = recycled.id;
    session.site_mut().recycle_bin.push(recycled);
    Ok(id)
}

fn take(
    session: &mut Session<'_>,
    list: ListId,
    item: ItemId,
    guard: &Guard,
    verb: &str,
) -> Result<Item, Fault> {
    let present = session.item(list, item)?;
    let target = session.list(list)?;
    if !session.may_write(target, present, BasePermissions::DELETE_LIST_ITEMS) {
        return Err(Fault::access_denied());
    }
    guard.check(present)?;
    if target.items.values().any(|inner| inner.folder == Some(item)) {
        return Err(Fault::invalid_operation("The folder is not empty."));
    }
    session.consent(EventType::ItemDeleting, list, Some(item), &Values::new())?;
    let (present, target) = (session.item(list, item)?, session.list(list)?);
    let effect = format!("{verb}:{}/{item}:", target.name());
    let changed = Changed::item(list, present);
    let at = session.at;
    let target = session.list_mut(list)?;
    let taken = target.items.remove(&item).ok_or_else(Fault::item_not_found)?;
    target.touch(at);
    target.last_deleted = at;
    session.log(ChangeType::Delete, changed);
    session.record(&effect);
    Ok(taken)
}
