//! Changing the settings of a list.

use super::fault::Fault;
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::change::{ChangeType, Changed};
use crate::sharepoint::state::ids::ListId;
use crate::sharepoint::state::list::{List, ListSettings, ReadSecurity};

/// What a list is to become: the caller starts from [`current`], changes members and hands it to [`update`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFace {
    pub title: String,
    pub description: String,
    pub settings: ListSettings,
}

pub fn current(list: &List) -> ListFace {
    ListFace {
        title: list.title.clone(),
        description: list.description.clone(),
        settings: list.settings.clone(),
    }
}

/// Sets title, description and settings.
///
/// # Errors
/// 403 without ManageLists, a title that is taken, own-items-only together with a unique column.
pub fn update(session: &mut Session<'_>, list: ListId, face: ListFace) -> Result<(), Fault> {
    let present = session.list(list)?;
    session.require_list(present, BasePermissions::MANAGE_LISTS)?;
    let taken = session
        .site()
        .list_by_title(&face.title)
        .is_some_and(|other| other.id != list);
    if taken || face.title.is_empty() {
        return Err(Fault::title_taken());
    }
    if face.settings.read_security == ReadSecurity::Own
        && present.fields.iter().any(|field| field.enforce_unique)
    {
        return Err(Fault::invalid_operation(
            "Item-level read permissions cannot be used while a column enforces unique values.",
        ));
    }
    let effect = format!("update-list:{}:", present.name());
    let at = session.at;
    let changed = session.list_mut(list)?;
    changed.title = face.title;
    changed.description = face.description;
    changed.settings = face.settings;
    changed.revision += 1;
    changed.last_modified = at;
    session.log(ChangeType::Update, Changed::List { list });
    session.record(&effect);
    Ok(())
}
