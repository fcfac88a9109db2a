//! What can be chosen and what is asked at one place of a form that is being filled in.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::answers::Answers;
use crate::choices::Options;
use crate::condition::Facts;
use crate::csv::fields_of;
use crate::field::{Field, Input, Label};
use crate::schema::Schema;
use crate::validate::{Context, is_required};
use crate::values::Values;

/// One thing that can be chosen now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offer<'a> {
    pub value: &'a str,
    pub label: &'a Label,
}

/// A row of a field of rows, by its number from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowPlace<'a> {
    pub rows: &'a str,
    pub at: usize,
}

/// What the choice `key` of the form, or of one of its rows, offers after these answers.
pub fn offered<'a>(
    schema: &'a Schema,
    values: &Values,
    context: &'a Context,
    row: Option<RowPlace<'_>>,
    key: &str,
) -> Vec<Offer<'a>> {
    let answers = Answers::of(schema, values, context.today);
    match row {
        None => schema
            .field(key)
            .map_or_else(Vec::new, |field| offers(field, &answers, context)),
        Some(place) => {
            let fields = fields_of(schema, place.rows).unwrap_or_default();
            let field = fields.iter().find(|field| field.key.as_str() == key);
            let row = row_of(values, place);
            let facts = answers.row(fields, &row);
            field.map_or_else(Vec::new, |field| offers(field, &facts, context))
        }
    }
}

/// What one row asks and offers now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowLook<'a> {
    pub visible: Vec<&'a str>,
    /// Those of them that must be answered.
    pub required: Vec<&'a str>,
    /// By the keys of choices whose offers depend on answers; the others offer the same in every row.
    pub offers: BTreeMap<&'a str, Vec<Offer<'a>>>,
}

/// Some rows of a field of rows, from number `from` (0 for the first) on.
pub fn look_at_rows<'a>(
    schema: &'a Schema,
    values: &'a Values,
    context: &'a Context,
    rows: &str,
    (from, count): (usize, usize),
) -> Vec<RowLook<'a>> {
    let answers = Answers::of(schema, values, context.today);
    let fields = fields_of(schema, rows).unwrap_or_default();
    let entered = values.get(rows).and_then(Value::as_array);
    let entered = entered.into_iter().flatten().skip(from).take(count);
    let look = |row: &'a Value| {
        let empty = Map::new();
        let facts = answers.row(fields, row.as_object().unwrap_or(&empty));
        let asked = || fields.iter().filter(|field| facts.asks(field.key.as_str()));
        let dynamic = asked().filter(|field| depends(field));
        let required = asked().filter(|field| is_required(field, &facts));
        RowLook {
            required: required.map(|field| field.key.as_str()).collect(),
            visible: asked().map(|field| field.key.as_str()).collect(),
            offers: dynamic
                .map(|field| (field.key.as_str(), offers(field, &facts, context)))
                .collect(),
        }
    };
    entered.map(look).collect()
}

/// Whether what a choice offers depends on answers.
fn depends(field: &Field) -> bool {
    match &field.input {
        Input::Choice { options } | Input::Choices { options, .. } => match options {
            Options::Inline(choices) => choices.iter().any(|choice| choice.when.is_some()),
            Options::Master(from) => !from.filter.is_empty(),
        },
        _ => false,
    }
}

fn row_of(values: &Values, place: RowPlace<'_>) -> Map<String, Value> {
    let row = values.get(place.rows).and_then(|rows| rows.get(place.at));
    row.and_then(Value::as_object).cloned().unwrap_or_default()
}

fn offers<'a>(field: &'a Field, facts: &dyn Facts, context: &'a Context) -> Vec<Offer<'a>> {
    let (Input::Choice { options } | Input::Choices { options, .. }) = &field.input else {
        return Vec::new();
    };
    match options {
        Options::Inline(choices) => {
            let now = choices.iter().filter(|choice| choice.is_offered(facts));
            now.map(|choice| Offer {
                value: &choice.value,
                label: &choice.label,
            })
            .collect()
        }
        Options::Master(from) => {
            let entries = context
                .masters
                .get(&from.master)
                .map(|master| master.options.as_slice());
            let now = entries
                .unwrap_or_default()
                .iter()
                .filter(|entry| from.offers(entry, facts));
            now.map(|entry| Offer {
                value: &entry.value,
                label: &entry.label,
            })
            .collect()
        }
    }
}
