//! Updating items: versions, editors, times.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::check;
use super::conflict::Guard;
use super::fault::Fault;
use super::session::Session;
use crate::sharepoint::farm::receiver::EventType;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::change::{ChangeType, Changed};
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::ids::{ItemId, ListId, PrincipalId};
use crate::sharepoint::state::item::{Item, Values, Version};
use crate::sharepoint::state::list::List;

/// Fields to set by internal name; `None` empties a field.
pub type Edits = BTreeMap<String, Option<FieldValue>>;

/// Author, editor and times that a writer asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stamp {
    pub author: Option<PrincipalId>,
    pub editor: Option<PrincipalId>,
    pub created: Option<Timestamp>,
    pub modified: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UpdateMode {
    /// A new version with the caller as editor.
    #[default]
    Plain,
    /// `UpdateOverwriteVersion`: the present version is overwritten, editor and time are the caller's.
    Overwrite,
    /// `SystemUpdate` and `bNewDocumentUpdate`: the present version is overwritten, editor and time stay.
    System,
}

/// Updates an item.
///
/// # Errors
/// 404 for what the caller cannot read, 403 without the right to edit, 412 or 409 by the guard, 400 for bad values.
pub fn update(
    session: &mut Session<'_>,
    list: ListId,
    item: ItemId,
    edits: Edits,
    mode: UpdateMode,
    stamp: &Stamp,
    guard: &Guard,
) -> Result<(), Fault> {
    let present = session.item(list, item)?;
    let target = session.list(list)?;
    if !session.may_write(target, present, BasePermissions::EDIT_LIST_ITEMS) {
        return Err(Fault::access_denied());
    }
    guard.check(present)?;
    let mut values = present.current().values.clone();
    let effect = format!("update-item:{}/{item}:{}", target.name(), brief(&edits));
    apply(&mut values, check::writable(target, edits)?);
    check::values(session, target, &values, Some(item))?;
    session.consent(EventType::ItemUpdating, list, Some(item), &values)?;
    let (present, target) = (session.item(list, item)?, session.list(list)?);
    let stamp = honoured(session, target, stamp.clone());
    let limit = target.version_limit();
    let version = next_version(session, present, values, mode, &stamp);
    let at = session.at;
    let written = session.item_mut(list, item)?;
    written.write(version, limit, &stamp);
    let changed = Changed::item(list, written);
    session.list_mut(list)?.touch(at);
    let change_type = match mode {
        UpdateMode::System => ChangeType::SystemUpdate,
        UpdateMode::Plain | UpdateMode::Overwrite => ChangeType::Update,
    };
    session.log(change_type, changed);
    session.record(&effect);
    Ok(())
}

fn next_version(
    session: &Session<'_>,
    present: &Item,
    values: Values,
    mode: UpdateMode,
    stamp: &Stamp,
) -> Version {
    let last = present.current();
    let keeps = mode == UpdateMode::System;
    let editor = if keeps { last.editor } else { session.author() };
    let app_editor = if keeps {
        last.app_editor.clone()
    } else {
        session.principal.app_name()
    };
    Version {
        number: last.number + u32::from(mode == UpdateMode::Plain),
        at: stamp.modified.unwrap_or(if keeps { last.at } else { session.at }),
        editor: stamp.editor.unwrap_or(editor),
        app_editor,
        values,
    }
}

fn apply(values: &mut Values, edits: Edits) {
    for (name, value) in edits {
        match value {
            Some(value) => values.insert(name, value),
            None => values.remove(&name),
        };
    }
}

fn brief(edits: &Edits) -> String {
    edits
        .iter()
        .map(|(name, value)| {
            format!(
                "{name}={}",
                value.as_ref().map_or_else(String::new, FieldValue::brief)
            )
        })
        .collect::<Vec<_>>()
        .join(",")
}

/// Author, editor and times may be set by site owners and full-control apps; for others the wish is ignored
/// in silence, unless the switch says that everybody may.
pub(super) fn honoured(session: &Session<'_>, list: &List, stamp: Stamp) -> Stamp {
    let owner = session
        .list_permissions(list)
        .has(BasePermissions::MANAGE_PERMISSIONS);
    if owner || session.tenant.switches.anyone_sets_editor {
        stamp
    } else {
        Stamp::default()
    }
}

impl Item {
    /// Writes a version: appended when its number is new, else over the present one.
    fn write(&mut self, version: Version, limit: Option<u32>, stamp: &Stamp) {
        let overwrite = limit.is_none() || version.number == self.current().number;
        if overwrite {
            self.versions.pop();
        }
        self.versions.push(version);
        let keep = limit.unwrap_or(1).max(1) as usize;
        let surplus = self.versions.len().saturating_sub(keep);
        self.versions.drain(..surplus);
        self.revision += 1;
        self.author = stamp.author.unwrap_or(self.author);
        self.created = stamp.created.unwrap_or(self.created);
    }
}
