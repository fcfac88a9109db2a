//! The recycle bin: what a caller sees of it, restoring, emptying.

use uuid::Uuid;

use super::fault::Fault;
use super::session::Session;
use super::{content_types, items};
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::change::{ChangeType, Changed};
use crate::sharepoint::state::recycled::{Recycled, RecycledContent};

/// Owners see all; others what they deleted themselves and could still read if it were back.
pub fn visible<'a>(session: &'a Session<'_>) -> Vec<&'a Recycled> {
    let bin = session.site().recycle_bin.iter();
    bin.filter(|recycled| may_see(session, recycled)).collect()
}

fn may_see(session: &Session<'_>, recycled: &Recycled) -> bool {
    if session.web_permissions().has(BasePermissions::MANAGE_WEB) {
        return true;
    }
    let readable = match &recycled.content {
        RecycledContent::Item { list, item } => {
            session.list(*list).is_ok_and(|list| session.may_read(list, item))
        }
        RecycledContent::List(list) => session.may_open_list(list),
    };
    readable && Some(recycled.deleted_by) == session.principal.id
}

pub fn find<'a>(session: &'a Session<'_>, id: Uuid) -> Result<&'a Recycled, Fault> {
    let found = visible(session).into_iter().find(|recycled| recycled.id == id);
    found.ok_or_else(Fault::file_not_found)
}

/// Puts something back where it was, versions and permissions included.
pub fn restore(session: &mut Session<'_>, id: Uuid) -> Result<(), Fault> {
    match find(session, id)?.content.clone() {
        RecycledContent::Item { list, mut item } => {
            let place = session.list(list)?;
            let name = place.name();
            // Its content type may have left the list meanwhile.
            if content_types::find(place, &item.content_type).is_err() {
                item.content_type = items::content_type(place, item.is_folder);
            }
            let (number, changed) = (item.id, Changed::item(list, &item));
            session.list_mut(list)?.items.insert(*item);
            session.log(ChangeType::Restore, changed);
            session.record(&format!("restore-item:{name}/{number}:"));
        }
        RecycledContent::List(list) => {
            let (id, name) = (list.id, list.name());
            if session.site().list_by_title(&list.title).is_some() {
                return Err(Fault::title_taken());
            }
            session.site_mut().lists.insert(id, *list);
            session.log(ChangeType::Restore, Changed::List { list: id });
            session.record(&format!("restore-list:{name}:"));
        }
    }
    session
        .site_mut()
        .recycle_bin
        .retain(|recycled| recycled.id != id);
    Ok(())
}

/// Removes something from the bin for good.
pub fn purge(session: &mut Session<'_>, id: Uuid) -> Result<(), Fault> {
    find(session, id)?;
    session
        .site_mut()
        .recycle_bin
        .retain(|recycled| recycled.id != id);
    session.record(&format!("purge:recycle-bin:{id}"));
    Ok(())
}
