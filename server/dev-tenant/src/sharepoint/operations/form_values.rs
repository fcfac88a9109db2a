//! Field values as forms write them: `ValidateUpdateListItem`, `AddValidateUpdateItemUsingPath`, the edit forms.

use jiff::Timestamp;
use serde_json::Value;

use super::conflict::Guard;
use super::fault::Fault;
use super::items::{self, Placing};
use super::people;
use super::session::Session;
use super::update::{self, Edits, Stamp, UpdateMode};
use crate::sharepoint::state::field::{Field, FieldKind};
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::ids::{ItemId, ListId, PrincipalId};

/// One `SP.ListItemFormUpdateValue`: given by the client without `error`, answered with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormValue {
    pub field: String,
    pub value: String,
    pub error: Option<String>,
}

/// Updates an item from form values. Nothing is written when one of them has an error.
///
/// # Errors
/// As [`update::update`]; what is wrong with a single value stands in the answer instead.
pub fn validate_update(
    session: &mut Session<'_>,
    list: ListId,
    item: ItemId,
    given: Vec<FormValue>,
    in_place: bool,
) -> Result<Vec<FormValue>, Fault> {
    session.item(list, item)?;
    let (edits, stamp, answer) = read(session, list, given)?;
    if answer.iter().all(|value| value.error.is_none()) {
        let mode = if in_place {
            UpdateMode::System
        } else {
            UpdateMode::Plain
        };
        match update::update(session, list, item, edits, mode, &stamp, &Guard::Any) {
            Err(fault) if fault.status == 400 => return Ok(blame(answer, &fault)),
            other => other?,
        }
    }
    Ok(answer)
}

/// Creates an item from form values; the answer ends with the new `Id`.
pub fn add(
    session: &mut Session<'_>,
    list: ListId,
    placing: Placing,
    given: Vec<FormValue>,
) -> Result<Vec<FormValue>, Fault> {
    let (edits, stamp, mut answer) = read(session, list, given)?;
    if answer.iter().all(|value| value.error.is_none()) {
        match items::create(session, list, placing, edits, &stamp) {
            Ok(id) => answer.push(FormValue {
                field: "Id".to_owned(),
                value: id.to_string(),
                error: None,
            }),
            Err(fault) if fault.status == 400 => return Ok(blame(answer, &fault)),
            Err(fault) => return Err(fault),
        }
    }
    Ok(answer)
}

/// A value that SharePoint refuses is told in the answer of the call, which itself succeeds.
fn blame(mut answer: Vec<FormValue>, fault: &Fault) -> Vec<FormValue> {
    let culprit = answer
        .iter()
        .position(|value| fault.message.contains(&value.field))
        .unwrap_or(0);
    if let Some(value) = answer.get_mut(culprit) {
        value.error = Some(fault.message.clone());
    }
    answer
}

fn read(
    session: &mut Session<'_>,
    list: ListId,
    given: Vec<FormValue>,
) -> Result<(Edits, Stamp, Vec<FormValue>), Fault> {
    let (mut edits, mut stamp) = (Edits::new(), Stamp::default());
    let mut answer = Vec::new();
    for mut value in given {
        let field = session.list(list)?.field_by_name_or_title(&value.field).cloned();
        let outcome = match field {
            None => Err(format!("Column '{}' does not exist.", value.field)),
            Some(field) => one(session, &field, &value.value, &mut edits, &mut stamp),
        };
        value.error = outcome.err();
        answer.push(value);
    }
    Ok((edits, stamp, answer))
}

fn one(
    session: &mut Session<'_>,
    field: &Field,
    text: &str,
    edits: &mut Edits,
    stamp: &mut Stamp,
) -> Result<(), String> {
    let parsed = parse(session, field, text)?;
    let person = || match &parsed {
        Some(FieldValue::Users(people)) => people.first().copied(),
        _ => None,
    };
    let moment = || match &parsed {
        Some(FieldValue::DateTime(at)) => Some(*at),
        _ => None,
    };
    match field.internal_name.as_str() {
        "Author" => stamp.author = person(),
        "Editor" => stamp.editor = person(),
        "Created" => stamp.created = moment(),
        "Modified" => stamp.modified = moment(),
        _ if field.required && parsed.is_none() => {
            return Err("You must specify a value for this required field.".to_owned());
        }
        name => {
            edits.insert(name.to_owned(), parsed);
        }
    }
    Ok(())
}

/// Reads one form value; empty text empties the field.
///
/// # Errors
/// What SharePoint would write beside the field.
pub fn parse(session: &mut Session<'_>, field: &Field, text: &str) -> Result<Option<FieldValue>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let value = match &field.kind {
        FieldKind::Number { .. } | FieldKind::Integer | FieldKind::Currency | FieldKind::Counter => {
            let number: Option<f64> = text.replace(',', "").parse().ok();
            let number = number.filter(|number| number.is_finite());
            FieldValue::Number(number.ok_or("Only numbers can go here.")?)
        }
        FieldKind::Boolean => FieldValue::Boolean(text == "1" || text.eq_ignore_ascii_case("true")),
        FieldKind::DateTime { .. } => {
            FieldValue::DateTime(moment(text).ok_or("You must specify a valid date.")?)
        }
        FieldKind::Choice { choices, fill_in }
            if !fill_in && !choices.iter().any(|choice| choice == text) =>
        {
            return Err("The value you have entered is not one of the choices.".to_owned());
        }
        FieldKind::MultiChoice { .. } => {
            let chosen = text.split(";#").filter(|part| !part.is_empty());
            FieldValue::Choices(chosen.map(str::to_owned).collect())
        }
        FieldKind::User { .. } => {
            let people = people_of(session, text)?;
            return Ok((!people.is_empty()).then_some(FieldValue::Users(people)));
        }
        FieldKind::Lookup { .. } => {
            let ids = text.split(";#").filter(|part| !part.is_empty()).map(str::parse);
            let ids: Result<Vec<u32>, _> = ids.collect();
            FieldValue::Lookups(
                ids.map_err(|_| "The value is no item id.".to_owned())?
                    .into_iter()
                    .map(ItemId)
                    .collect(),
            )
        }
        FieldKind::Url => {
            let (url, description) = text.split_once(", ").unwrap_or((text, text));
            FieldValue::Url {
                url: url.to_owned(),
                description: description.to_owned(),
            }
        }
        _ => FieldValue::Text(text.to_owned()),
    };
    Ok(Some(value))
}

/// `[{"Key":"i:0#.f|membership|…"},…]`.
fn people_of(session: &mut Session<'_>, text: &str) -> Result<Vec<PrincipalId>, String> {
    let wrong = || "The value is no list of people.".to_owned();
    let entries: Vec<Value> = serde_json::from_str(text).map_err(|_| wrong())?;
    entries
        .iter()
        .map(|entry| {
            let key = entry.get("Key").and_then(Value::as_str).ok_or_else(wrong)?;
            people::ensure(session, key).map_err(|fault| fault.message)
        })
        .collect()
}

/// ISO 8601, or the month-first form of a site in English (United States), read as UTC.
fn moment(text: &str) -> Option<Timestamp> {
    let civil = || text.parse::<jiff::civil::DateTime>().ok();
    let local = || jiff::civil::DateTime::strptime("%m/%d/%Y %I:%M %p", text).ok();
    let day = || {
        jiff::civil::Date::strptime("%m/%d/%Y", text)
            .ok()
            .map(|date| date.at(0, 0, 0, 0))
    };
    text.parse().ok().or_else(|| {
        let civil = civil().or_else(local).or_else(day)?;
        civil
            .to_zoned(jiff::tz::TimeZone::UTC)
            .ok()
            .map(|zoned| zoned.timestamp())
    })
}
