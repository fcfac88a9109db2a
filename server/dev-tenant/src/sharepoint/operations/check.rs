//! Whether values fit the columns of a list.

use super::fault::Fault;
use super::limits;
use super::session::Session;
use super::update::Edits;
use crate::sharepoint::state::field::{Field, FieldKind};
use crate::sharepoint::state::field_key;
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::ids::ItemId;
use crate::sharepoint::state::item::{Item, Values};
use crate::sharepoint::state::list::List;

/// The values of a new item: what was given, and the defaults of the other columns.
pub(super) fn with_defaults(session: &Session<'_>, list: &List, edits: Edits) -> Result<Values, Fault> {
    let edits = writable(list, edits)?;
    let mut values = Values::new();
    for field in &list.fields {
        let default = || {
            field
                .default_value
                .as_deref()
                .and_then(|text| field.kind.default(text, session.at))
        };
        let value = match edits.get(&field.internal_name) {
            Some(given) => given.clone(),
            None => default(),
        };
        if let Some(value) = value {
            values.insert(field.internal_name.clone(), value);
        }
    }
    Ok(values)
}

/// Drops edits of read-only columns, as SharePoint does in silence.
///
/// # Errors
/// 400 for a column that the list does not have.
pub(super) fn writable(list: &List, edits: Edits) -> Result<Edits, Fault> {
    let mut kept = Edits::new();
    for (name, value) in edits {
        let field = list.field(&name).ok_or_else(|| Fault::field_not_found(&name))?;
        if !field.read_only {
            kept.insert(name, value);
        }
    }
    Ok(kept)
}

/// Checks types, lengths, bounds, people and unique columns. `item` is the item itself, when it exists.
pub(super) fn values(
    session: &Session<'_>,
    list: &List,
    values: &Values,
    item: Option<ItemId>,
) -> Result<(), Fault> {
    for (name, value) in values {
        let field = list.field(name).ok_or_else(|| Fault::field_not_found(name))?;
        fits(session, field, value)?;
        if field.enforce_unique && is_taken(list, name, value, item) {
            return Err(Fault::duplicate_value(&field.title));
        }
    }
    Ok(())
}

fn is_taken(list: &List, name: &str, value: &FieldValue, item: Option<ItemId>) -> bool {
    let keys = field_key::of_value(value);
    let index = keys.first().and_then(|key| list.items.equal(name, key));
    let taken =
        |other: &Item| Some(other.id) != item && other.value(name).is_some_and(|taken| taken.same_as(value));
    match index {
        Some(ids) => ids.iter().filter_map(|id| list.items.get(id)).any(taken),
        None => list.items.values().any(taken),
    }
}

fn fits(session: &Session<'_>, field: &Field, value: &FieldValue) -> Result<(), Fault> {
    let wrong = |why: &str| Err(Fault::invalid_value(&field.internal_name, why));
    match (&field.kind, value) {
        (FieldKind::Text { max_length }, FieldValue::Text(text)) => {
            let most = (*max_length).min(limits::TEXT_LENGTH) as usize;
            if text.chars().count() > most {
                return wrong("holds more text than its maximum length");
            }
        }
        (FieldKind::Note { .. }, FieldValue::Text(text)) if text.chars().count() > limits::NOTE_LENGTH => {
            return wrong("holds more text than its maximum length");
        }
        (FieldKind::Number { min, max }, FieldValue::Number(number))
            if min.is_some_and(|min| *number < min) || max.is_some_and(|max| *number > max) =>
        {
            return wrong("is out of its bounds");
        }
        (FieldKind::User { multi }, FieldValue::Users(people)) => {
            if people.len() > 1 && !multi {
                return wrong("takes one person");
            }
            if let Some(stranger) = people.iter().find(|id| !session.site().has_principal(**id)) {
                return Err(Fault::principal_not_found(stranger.0));
            }
        }
        (kind, value) if !kind.takes(value) => return wrong("does not take this type of value"),
        _ => {}
    }
    Ok(())
}
