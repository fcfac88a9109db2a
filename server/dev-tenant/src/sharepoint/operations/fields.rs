//! Creating, changing and removing columns.

use std::collections::BTreeSet;

use super::fault::Fault;
use super::limits;
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::change::{ChangeType, Changed};
use crate::sharepoint::state::field::{Field, FieldKind};
use crate::sharepoint::state::field_key;
use crate::sharepoint::state::ids::{FieldId, ListId};
use crate::sharepoint::state::list::{List, ReadSecurity};

/// Adds a column; a name that is taken gets a number behind it.
///
/// # Errors
/// 403 without ManageLists; too many indexes; a unique column that may not be.
pub fn create(
    session: &mut Session<'_>,
    list: ListId,
    mut field: Field,
    in_view: bool,
) -> Result<FieldId, Fault> {
    let present = session.list(list)?;
    session.require_list(present, BasePermissions::MANAGE_LISTS)?;
    if present.fields.iter().any(|other| other.id == field.id) {
        return Err(duplicate_name());
    }
    field.internal_name = free_name(present, &field.internal_name);
    sound(present, &field)?;
    let (id, effect) = (
        field.id,
        format!("create-field:{}:{}", present.name(), field.internal_name),
    );
    let at = session.at;
    let target = session.list_mut(list)?;
    if in_view && let Some(view) = target.views.iter_mut().find(|view| view.default_view) {
        view.fields.push(field.internal_name.clone());
    }
    target.fields.push(field);
    target.index_columns();
    target.last_modified = at;
    session.log(ChangeType::Add, Changed::Field { list, field: id.0 });
    session.record(&effect);
    Ok(id)
}

/// Puts a changed copy of a column in its place; internal name and id stay.
pub fn update(session: &mut Session<'_>, list: ListId, field: Field) -> Result<(), Fault> {
    let present = session.list(list)?;
    session.require_list(present, BasePermissions::MANAGE_LISTS)?;
    sound(present, &field)?;
    let effect = format!("update-field:{}:{}", present.name(), field.internal_name);
    let id = field.id;
    let target = session.list_mut(list)?;
    let place = target.fields.iter_mut().find(|known| known.id == id);
    *place.ok_or_else(|| Fault::field_not_found(&id.to_string()))? = field;
    target.index_columns();
    session.log(ChangeType::Update, Changed::Field { list, field: id.0 });
    session.record(&effect);
    Ok(())
}

/// Removes a column and its values.
pub fn delete(session: &mut Session<'_>, list: ListId, id: FieldId) -> Result<(), Fault> {
    let present = session.list(list)?;
    session.require_list(present, BasePermissions::MANAGE_LISTS)?;
    let field = present.fields.iter().find(|field| field.id == id);
    let field = field.ok_or_else(|| Fault::field_not_found(&id.to_string()))?;
    if !field.can_be_deleted {
        return Err(Fault::invalid_operation(
            "The field cannot be deleted because it is part of the base type.",
        ));
    }
    let name = field.internal_name.clone();
    let effect = format!("delete-field:{}:{name}", present.name());
    let target = session.list_mut(list)?;
    target.fields.retain(|field| field.id != id);
    target.items.change_all(|item| {
        for version in &mut item.versions {
            version.values.remove(&name);
        }
    });
    target.index_columns();
    session.log(ChangeType::Delete, Changed::Field { list, field: id.0 });
    session.record(&effect);
    Ok(())
}

fn free_name(list: &List, wanted: &str) -> String {
    let numbered = (0..).map(|n| format!("{wanted}{n}"));
    std::iter::once(wanted.to_owned())
        .chain(numbered)
        .find(|name| list.field(name).is_none())
        .unwrap_or_default()
}

fn sound(list: &List, field: &Field) -> Result<(), Fault> {
    let others = list.fields.iter().filter(|other| other.id != field.id);
    // The index on ID is SharePoint's own and does not count.
    let indexed = others
        .filter(|other| other.indexed && other.can_be_deleted)
        .count();
    if field.indexed && indexed >= limits::INDEXED_COLUMNS {
        return Err(Fault::invalid_operation(
            "The maximum number of indexed columns for this list is reached.",
        ));
    }
    if field.indexed && !can_be_indexed(&field.kind) {
        return Err(Fault::invalid_operation("This field type cannot be indexed."));
    }
    if field.enforce_unique && !field.indexed {
        return Err(Fault::invalid_operation(
            "A column that enforces unique values must be indexed.",
        ));
    }
    if !field.enforce_unique {
        return Ok(());
    }
    if list.settings.read_security == ReadSecurity::Own {
        return Err(Fault::invalid_operation(
            "Unique values cannot be enforced in a list with item-level read permissions.",
        ));
    }
    if doubled(list, &field.internal_name) {
        return Err(Fault::invalid_operation("This column contains duplicate values."));
    }
    Ok(())
}

fn doubled(list: &List, name: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut values = list.items.values().filter_map(|item| item.value(name));
    values.any(|value| !seen.insert(field_key::of_value(value)))
}

fn can_be_indexed(kind: &FieldKind) -> bool {
    !matches!(
        kind,
        FieldKind::Note { .. }
            | FieldKind::MultiChoice { .. }
            | FieldKind::Url
            | FieldKind::Computed
            | FieldKind::User { multi: true }
            | FieldKind::Lookup { multi: true, .. }
    )
}

fn duplicate_name() -> Fault {
    Fault::new(
        500,
        -2_130_575_306,
        super::fault::SP_EXCEPTION,
        "A duplicate field name was found.",
    )
}
