//! Creating, changing and removing views.

use super::fault::Fault;
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::change::{ChangeType, Changed};
use crate::sharepoint::state::ids::{ListId, ViewId};
use crate::sharepoint::state::list::List;
use crate::sharepoint::state::view::View;

/// Adds a view; its `id` is given by the tenant.
///
/// # Errors
/// 403 without ManageLists, 400 for a column that the list does not have.
pub fn create(session: &mut Session<'_>, list: ListId, view: View) -> Result<ViewId, Fault> {
    sound(changeable(session, list)?, &view)?;
    let id = ViewId(session.tenant.ids.uuid());
    write(session, list, View { id, ..view }, ChangeType::Add, "create-view")?;
    Ok(id)
}

/// Replaces the view of the same id.
pub fn update(session: &mut Session<'_>, list: ListId, view: View) -> Result<(), Fault> {
    let present = changeable(session, list)?;
    sound(present, &view)?;
    if present.views.iter().all(|known| known.id != view.id) {
        return Err(Fault::file_not_found());
    }
    write(session, list, view, ChangeType::Update, "update-view")
}

pub fn delete(session: &mut Session<'_>, list: ListId, view: ViewId) -> Result<(), Fault> {
    let present = changeable(session, list)?;
    let found = present.views.iter().find(|known| known.id == view);
    let title = found.ok_or_else(Fault::file_not_found)?.title.clone();
    let effect = format!("delete-view:{}:{title}", present.name());
    session.list_mut(list)?.views.retain(|known| known.id != view);
    session.log(ChangeType::Delete, Changed::View { list, view: view.0 });
    session.record(&effect);
    Ok(())
}

fn write(
    session: &mut Session<'_>,
    list: ListId,
    view: View,
    change: ChangeType,
    verb: &str,
) -> Result<(), Fault> {
    let target = session.list_mut(list)?;
    let effect = format!("{verb}:{}:{}", target.name(), view.title);
    let id = view.id;
    if view.default_view {
        for other in &mut target.views {
            other.default_view = false;
        }
    }
    match target.views.iter_mut().find(|known| known.id == id) {
        Some(place) => *place = view,
        None => target.views.push(view),
    }
    session.log(change, Changed::View { list, view: id.0 });
    session.record(&effect);
    Ok(())
}

fn changeable<'a>(session: &'a Session<'_>, list: ListId) -> Result<&'a List, Fault> {
    let present = session.list(list)?;
    session.require_list(present, BasePermissions::MANAGE_LISTS)?;
    Ok(present)
}

fn sound(list: &List, view: &View) -> Result<(), Fault> {
    let shown = |name: &String| {
        list.field(name).is_some() || matches!(name.as_str(), "LinkTitle" | "Edit" | "DocIcon")
    };
    match view.fields.iter().find(|name| !shown(name)) {
        None => Ok(()),
        Some(stranger) => Err(Fault::field_not_found(stranger)),
    }
}

/// The view as it is.
pub fn find<'a>(session: &'a Session<'_>, list: ListId, view: ViewId) -> Result<&'a View, Fault> {
    let found = session.list(list)?.views.iter().find(|known| known.id == view);
    found.ok_or_else(Fault::file_not_found)
}
