//! Whether a schema makes sense; every complaint names its place.

mod inputs;

use thiserror::Error;

use self::inputs::{check_fill, check_input};
use crate::choices::FieldName;
use crate::condition::{Condition, ConditionError, FORM, Formula, Name, ROW, Type, Vocabulary};
use crate::defaults;
use crate::field::{Field, Input, Label};
use crate::naming::placeholders;
use crate::schema::Schema;

const MAX_SECTIONS: usize = 30;
const MAX_FIELDS: usize = 200;
const MAX_RULES: usize = 50;

#[derive(Debug, Error)]
pub enum SchemaError {
    #[error("the schema is not of the known shape: {0}")]
    Shape(#[from] serde_json::Error),
    #[error("{path}: {reason}")]
    Sense { path: String, reason: &'static str },
    #[error("{path}: {error}")]
    Condition { path: String, error: ConditionError },
}

fn sense(path: &str, reason: &'static str) -> SchemaError {
    SchemaError::Sense {
        path: path.to_owned(),
        reason,
    }
}

fn ensure(good: bool, path: &str, reason: &'static str) -> Result<(), SchemaError> {
    if good { Ok(()) } else { Err(sense(path, reason)) }
}

pub(crate) fn check(schema: &Schema) -> Result<(), SchemaError> {
    ensure(
        schema.sections.len() <= MAX_SECTIONS,
        "sections",
        "more than 30 sections",
    )?;
    let count = schema
        .fields()
        .map(|field| 1 + rows_fields(field).len())
        .sum::<usize>();
    ensure(count <= MAX_FIELDS, "sections", "more than 200 fields")?;
    ensure(count > 0, "sections", "a form needs a field")?;
    let all = Vocabulary::of(schema);
    let mut before = Vocabulary::default();
    for (s, section) in schema.sections.iter().enumerate() {
        let path = format!("sections[{s}]");
        check_visibility(section.visible_when.as_ref(), &before, &path)?;
        for (f, field) in section.fields.iter().enumerate() {
            let path = format!("{path}.fields[{f}]");
            let place = Place {
                before: &before,
                all: &all,
                path: &path,
                root: FORM,
            };
            check_field(field, &place)?;
            check_rows(field, &place)?;
            check_fill(field, |key| schema.field(key).is_some(), &path)?;
            before = before.and_field(FORM, field);
        }
    }
    check_rules(schema, &all)
}

/// What the conditions of a field may look at.
struct Place<'a> {
    /// Whether a field is asked depends on these.
    before: &'a Vocabulary,
    all: &'a Vocabulary,
    path: &'a str,
    /// How fields are called here.
    root: &'static str,
}

fn rows_fields(field: &Field) -> &[Field] {
    match &field.input {
        Input::Rows { fields, .. } => fields,
        _ => &[],
    }
}

fn check_rules(schema: &Schema, all: &Vocabulary) -> Result<(), SchemaError> {
    ensure(schema.rules.len() <= MAX_RULES, "rules", "more than 50 rules")?;
    for (at, rule) in schema.rules.iter().enumerate() {
        let path = format!("rules[{at}]");
        condition(&rule.when, all, &format!("{path}.when"))?;
        check_words(&rule.message, &format!("{path}.message"))?;
        let known = schema.field(rule.field.as_str()).is_some();
        ensure(known, &format!("{path}.field"), "names no field")?;
    }
    Ok(())
}

fn check_rows(field: &Field, place: &Place<'_>) -> Result<(), SchemaError> {
    let (mut before, fields) = (place.all.clone(), rows_fields(field));
    let all = fields
        .iter()
        .fold(before.clone(), |known, field| known.and_field(ROW, field));
    for (at, inner) in fields.iter().enumerate() {
        let path = format!("{}.input.fields[{at}]", place.path);
        let rows = matches!(inner.input, Input::Rows { .. });
        ensure(!rows, &path, "rows cannot have rows")?;
        check_field(
            inner,
            &Place {
                before: &before,
                all: &all,
                path: &path,
                root: ROW,
            },
        )?;
        check_fill(
            inner,
            |key| fields.iter().any(|field| field.key.as_str() == key),
            &path,
        )?;
        before = before.and_field(ROW, inner);
    }
    Ok(())
}

fn check_field(field: &Field, place: &Place<'_>) -> Result<(), SchemaError> {
    let path = place.path;
    let key = format!("{path}.key");
    ensure(
        field.key.is_well_formed(),
        &key,
        "use a lower-case letter, then letters and digits, 40 at most",
    )?;
    let name = Name::new(place.root, field.key.as_str());
    ensure(
        place.before.term(&name).is_none(),
        &key,
        "used by an earlier field",
    )?;
    check_words(&field.label, &format!("{path}.label"))?;
    check_availability(field, &format!("{path}.availability"))?;
    check_naming(field, place.all, &format!("{path}.naming"))?;
    check_visibility(field.visible_when.as_ref(), place.before, path)?;
    if let Some(when) = &field.required_when {
        condition(when, place.all, &format!("{path}.requiredWhen"))?;
    }
    if let Some(default) = &field.default {
        check_default(field, default, &format!("{path}.default"))?;
    }
    check_input(&field.input, place.all, &format!("{path}.input"))
}

fn check_words(label: &Label, path: &str) -> Result<(), SchemaError> {
    let named = !label.ja.trim().is_empty() && !label.en.trim().is_empty();
    ensure(named, path, "needs words in both languages")
}

fn check_availability(field: &Field, path: &str) -> Result<(), SchemaError> {
    let Some(asked) = field.availability else {
        return Ok(());
    };
    let fits = matches!(&field.input, Input::Text { rule: Some(rule), .. } if *rule == asked.rule());
    let remedy =
        "needs a text with its rule: upn upnLocal, alias mailNickname, address mail, groupName displayName";
    ensure(fits, path, remedy)
}

fn check_naming(field: &Field, known: &Vocabulary, path: &str) -> Result<(), SchemaError> {
    let Some(naming) = &field.naming else {
        return Ok(());
    };
    let is_text = matches!(field.input, Input::Text { .. });
    ensure(is_text, path, "only a text can be a name")?;
    let mut named = [&naming.begins, &naming.ends]
        .into_iter()
        .flat_map(|pattern| placeholders(pattern));
    let is_known = |name: &str| {
        let term = known.term(&FieldName::new(name).name());
        name != field.key.as_str() && term.is_some_and(|term| matches!(term.of, Type::Text | Type::Number))
    };
    ensure(
        named.all(is_known),
        path,
        "names in braces another field than one with one text or number",
    )
}

/// Whether a field is asked depends on the answers alone, so that a sealed form reads the same tomorrow.
fn check_visibility(when: Option<&Condition>, before: &Vocabulary, path: &str) -> Result<(), SchemaError> {
    let Some(when) = when else {
        return Ok(());
    };
    let path = format!("{path}.visibleWhen");
    condition(when, before, &path)?;
    ensure(
        !when.looks_at_today(),
        &path,
        "may not depend on today; use requiredWhen or a rule",
    )
}

fn condition(when: &Condition, known: &Vocabulary, path: &str) -> Result<(), SchemaError> {
    when.check(known).map_err(|error| SchemaError::Condition {
        path: path.to_owned(),
        error,
    })
}

fn check_default(field: &Field, default: &Formula, path: &str) -> Result<(), SchemaError> {
    let Some(expected) = defaults::type_of(&field.input) else {
        return Err(sense(path, "people and rows have no default"));
    };
    let checked = default.check(expected, &defaults::vocabulary());
    checked.map_err(|error| SchemaError::Condition {
        path: path.to_owned(),
        error,
    })
}
