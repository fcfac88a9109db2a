//! Reading and creating items.

use super::check;
use super::fault::Fault;
use super::places;
use super::session::Session;
use super::update::{Edits, Stamp};
use crate::sharepoint::farm::receiver::EventType;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::change::{ChangeType, Changed};
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::ids::{ItemId, ListId};
use crate::sharepoint::state::item::{Item, Values, Version};
use crate::sharepoint::state::list::List;

/// What is created, beside its values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Placing {
    pub folder: Option<ItemId>,
    /// `Some(name)` makes a folder of that name.
    pub folder_name: Option<String>,
}

/// The items of a list that the caller may read, by id.
pub fn visible<'a>(session: &'a Session<'_>, list: ListId) -> Result<Vec<&'a Item>, Fault> {
    let list = session.list(list)?;
    Ok(list
        .items
        .values()
        .filter(|item| session.may_read(list, item))
        .collect())
}

/// Creates an item and answers its number.
///
/// # Errors
/// 403 without the right to add, 400 for a value that does not fit, a duplicate in a unique column.
pub fn create(
    session: &mut Session<'_>,
    list: ListId,
    placing: Placing,
    edits: Edits,
    stamp: &Stamp,
) -> Result<ItemId, Fault> {
    let target = session.list(list)?;
    require_add(session, target, placing.folder)?;
    if let Some(name) = &placing.folder_name {
        may_have_folders(session, target)?;
        places::free_name(target, placing.folder, name)?;
    }
    let values: Values = check::with_defaults(session, target, edits)?;
    check::values(session, target, &values, None)?;
    session.consent(EventType::ItemAdding, list, None, &values)?;
    let target = session.list(list)?;
    let stamp = super::update::honoured(session, target, stamp.clone());
    let (unique_id, guid) = (session.tenant.ids.uuid(), session.tenant.ids.uuid());
    let author = stamp.author.unwrap_or_else(|| session.author());
    let version = Version {
        number: 1,
        at: stamp.modified.unwrap_or(session.at),
        editor: stamp.editor.unwrap_or(author),
        app_editor: session.principal.app_name(),
        values,
    };
    let (at, app_author) = (session.at, session.principal.app_name());
    let target = session.list_mut(list)?;
    target.last_item_id += 1;
    let id = ItemId(target.last_item_id);
    let item = Item {
        id,
        unique_id,
        guid,
        content_type: content_type(target, placing.folder_name.is_some()),
        is_folder: placing.folder_name.is_some(),
        folder: placing.folder,
        leaf: placing.folder_name.unwrap_or_else(|| format!("{id}_.000")),
        author,
        app_author,
        created: stamp.created.unwrap_or(at),
        revision: 1,
        versions: vec![version],
        attachments: std::collections::BTreeMap::new(),
        scope: None,
    };
    Ok(insert(session, list, item))
}

fn insert(session: &mut Session<'_>, list: ListId, item: Item) -> ItemId {
    let (id, at) = (item.id, session.at);
    let changed = Changed::item(list, &item);
    let mut effect = String::new();
    if let Some(target) = session.site_mut().lists.get_mut(&list) {
        effect = format!("create-item:{}:{}", target.name(), distinguishing(target, &item));
        target.items.insert(item);
        target.touch(at);
    }
    session.log(ChangeType::Add, changed);
    session.record(&effect);
    id
}

/// The value that tells one item from another: its unique column, else its title, else its number.
fn distinguishing(list: &List, item: &Item) -> String {
    let mut unique = list.fields.iter().filter(|field| field.enforce_unique);
    // Whole: cut short, one item would be taken for another.
    let whole = unique.find_map(|field| match item.value(&field.internal_name)? {
        FieldValue::Text(text) => Some(format!("{}={text}", field.internal_name)),
        other => Some(format!("{}={}", field.internal_name, other.brief())),
    });
    whole
        .or_else(|| Some(format!("Title={}", item.value("Title")?.brief())))
        .unwrap_or_else(|| format!("id={}", item.id))
}

/// What an item or folder is of when nobody says otherwise.
pub(super) fn content_type(list: &List, folder: bool) -> String {
    let wanted = if folder { "0x0120" } else { "0x01" };
    list.content_types
        .iter()
        .find(|known| known.is_of_folders() == folder)
        .map_or_else(|| wanted.to_owned(), |known| known.id.clone())
}

fn may_have_folders(session: &Session<'_>, list: &List) -> Result<(), Fault> {
    if session.tenant.switches.folders_need_list_setting && !list.settings.enable_folder_creation {
        return Err(Fault::invalid_operation("Folders are not allowed in this list."));
    }
    Ok(())
}

/// The right to add to a list, or to a folder of it.
pub(super) fn require_add(session: &Session<'_>, list: &List, folder: Option<ItemId>) -> Result<(), Fault> {
    let Some(folder) = folder else {
        return session.require_list(list, BasePermissions::ADD_LIST_ITEMS);
    };
    let folder = session.item(list.id, folder)?;
    if !folder.is_folder {
        return Err(Fault::file_not_found());
    }
    if session
        .item_permissions(list, folder)
        .has(BasePermissions::ADD_LIST_ITEMS)
    {
        Ok(())
    } else {
        Err(Fault::access_denied())
    }
}
