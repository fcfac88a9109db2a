//! `Update` of an item: what `SetFieldValue` left waiting becomes values and a version.

use crate::sharepoint::csom::argument::{number, text};
use crate::sharepoint::csom::object::ItemHandle;
use crate::sharepoint::csom::parameter::Value;
use crate::sharepoint::operations::conflict::Guard;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::items::{self, Placing};
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::update::{self, Edits, Stamp, UpdateMode};
use crate::sharepoint::operations::{form_values, people, places};
use crate::sharepoint::state::field::{Field, FieldKind};
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::ids::{ItemId, PrincipalId};

/// Creates the item at the first call, updates it afterwards. `version` is the `_ObjectVersion_` that the client
/// believes in; an older one is a save conflict.
pub(super) fn save(
    session: &mut Session<'_>,
    handle: &mut ItemHandle,
    mode: UpdateMode,
    version: Option<&str>,
) -> Result<(), Fault> {
    let (edits, stamp) = edits(session, handle)?;
    if let Some(id) = handle.id {
        let guard = guard(version)?;
        update::update(session, handle.list, id, edits, mode, &stamp, &guard)?;
    } else {
        let placing = placing(session, handle)?;
        handle.id = Some(items::create(session, handle.list, placing, edits, &stamp)?);
    }
    handle.pending.clear();
    Ok(())
}

fn guard(version: Option<&str>) -> Result<Guard, Fault> {
    match version {
        None => Ok(Guard::Any),
        Some(version) => version
            .parse()
            .map(Guard::Revision)
            .map_err(|_| Fault::argument("The object version is not valid.")),
    }
}

fn placing(session: &Session<'_>, handle: &ItemHandle) -> Result<Placing, Fault> {
    let folder = match &handle.folder_url {
        Some(url) => places::folder(session, handle.list, url)?,
        None => None,
    };
    Ok(Placing {
        folder,
        folder_name: handle.folder_name.clone(),
    })
}

fn edits(session: &mut Session<'_>, handle: &ItemHandle) -> Result<(Edits, Stamp), Fault> {
    let (mut edits, mut stamp) = (Edits::new(), Stamp::default());
    for (name, value) in &handle.pending {
        let field = session.list(handle.list)?.field(name).cloned();
        let field = field.ok_or_else(|| Fault::field_not_found(name))?;
        let value = field_value(session, &field, value)?;
        match (name.as_str(), value) {
            ("Author", Some(FieldValue::Users(people))) => stamp.author = people.first().copied(),
            ("Editor", Some(FieldValue::Users(people))) => stamp.editor = people.first().copied(),
            ("Created", Some(FieldValue::DateTime(at))) => stamp.created = Some(at),
            ("Modified", Some(FieldValue::DateTime(at))) => stamp.modified = Some(at),
            (_, value) => {
                edits.insert(name.clone(), value);
            }
        }
    }
    Ok((edits, stamp))
}

/// A value in the type of its column; `None` empties the field.
fn field_value(session: &mut Session<'_>, field: &Field, value: &Value) -> Result<Option<FieldValue>, Fault> {
    let wrong = || Fault::invalid_value(&field.internal_name, "does not take this type of value");
    Ok(Some(match (&field.kind, value) {
        (_, Value::Null) => return Ok(None),
        (FieldKind::User { .. }, value) => {
            let people = each(value, |one| person(session, one))?;
            return Ok((!people.is_empty()).then_some(FieldValue::Users(people)));
        }
        (FieldKind::Lookup { .. }, value) => {
            let ids = each(value, |one| link(one).map(ItemId).ok_or_else(wrong))?;
            return Ok((!ids.is_empty()).then_some(FieldValue::Lookups(ids)));
        }
        (FieldKind::MultiChoice { .. }, Value::Array(_)) => {
            let choices = each(value, |one| text(one).map(str::to_owned).ok_or_else(wrong))?;
            return Ok((!choices.is_empty()).then_some(FieldValue::Choices(choices)));
        }
        (FieldKind::Url, Value::Record(link)) => FieldValue::Url {
            url: text(link.get("Url")).unwrap_or_default().to_owned(),
            description: text(link.get("Description")).unwrap_or_default().to_owned(),
        },
        (FieldKind::Boolean, Value::Boolean(yes)) => FieldValue::Boolean(*yes),
        (FieldKind::DateTime { .. }, Value::DateTime(at)) => FieldValue::DateTime(*at),
        (
            FieldKind::Text { .. } | FieldKind::Note { .. } | FieldKind::Choice { .. },
            Value::Number(number),
        ) => FieldValue::Text(number.to_string()),
        (_, Value::Number(number)) => FieldValue::Number(*number),
        (_, Value::Guid(id)) => FieldValue::Text(id.to_string()),
        (_, Value::Text(text)) => {
            return form_values::parse(session, field, text)
                .map_err(|_| Fault::invalid_value(&field.internal_name, "does not take this value"));
        }
        _ => return Err(wrong()),
    }))
}

fn each<T>(value: &Value, mut read: impl FnMut(&Value) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
    match value {
        Value::Array(values) => values.iter().map(read).collect(),
        one => Ok(vec![read(one)?]),
    }
}

/// By `FieldUserValue`, with an id or with `FromUser(login)`; by number; by `11;#name`; by login or mail.
fn person(session: &mut Session<'_>, value: &Value) -> Result<PrincipalId, Fault> {
    if let Some(id) = link(value) {
        return Ok(PrincipalId(id));
    }
    let login = match value {
        Value::Record(user) => text(user.get("LookupValue")),
        other => text(other),
    };
    let login = login
        .ok_or_else(|| Fault::argument("The value is no user."))
        .map(str::to_owned)?;
    people::ensure(session, &login)
}

fn link(value: &Value) -> Option<u32> {
    match value {
        Value::Record(record) => number(record.get("LookupId")),
        Value::Text(text) => text.split(";#").next()?.trim().parse().ok(),
        other => number(other),
    }
}
