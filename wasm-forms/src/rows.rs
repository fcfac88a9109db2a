//! Judging rows: `[{…}, {…}]`, each with the same fields.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::answers::Answers;
use crate::field::{Field, Input};
use crate::issue::{Code, Complaint, Issue};
use crate::validate::{Context, Place, judge_field, unknown};
use crate::values::is_empty;

/// Adds what is wrong with the rows of a field.
pub(crate) fn judge(
    field: &Field,
    value: &Value,
    answers: &Answers<'_>,
    context: &Context,
    issues: &mut Vec<Issue>,
) {
    let key = field.key.as_str();
    let Input::Rows {
        fields,
        min_rows,
        max_rows,
    } = &field.input
    else {
        return;
    };
    let Some(rows) = value.as_array() else {
        issues.push(Issue::new(Code::WrongType, key));
        return;
    };
    if rows.len() > *max_rows as usize {
        issues.push(Complaint::about(Code::TooManyItems, "max", *max_rows).of(key));
        return;
    }
    if rows.len() < *min_rows as usize {
        issues.push(Complaint::about(Code::TooFewRows, "min", *min_rows).of(key));
    }
    for (at, row) in rows.iter().enumerate() {
        let path = format!("{key}[{at}]");
        match row.as_object() {
            Some(row) => issues.extend(judge_row(fields, row, &path, answers, context)),
            None => issues.push(Issue::new(Code::WrongType, path)),
        }
    }
    issues.extend(twice(key, fields, rows));
}

/// What is wrong with one row; `path` names it.
pub(crate) fn judge_row(
    fields: &[Field],
    row: &Map<String, Value>,
    path: &str,
    answers: &Answers<'_>,
    context: &Context,
) -> Vec<Issue> {
    let facts = answers.row(fields, row);
    let judge = |field: &Field| {
        let key = field.key.as_str();
        let place = Place {
            path: format!("{path}.{key}"),
            asked: facts.asks(key),
            facts: &facts,
        };
        judge_field(
            field,
            row.get(key).filter(|value| !is_empty(value)),
            &place,
            context,
        )
    };
    let mut issues: Vec<Issue> = fields.iter().filter_map(judge).collect();
    let is_known = |key: &str| fields.iter().any(|field| field.key.as_str() == key);
    issues.extend(unknown(
        row.keys().map(String::as_str),
        is_known,
        &format!("{path}."),
    ));
    issues
}

/// What must be free in the directory cannot be asked for by two rows.
fn twice(key: &str, fields: &[Field], rows: &[Value]) -> Vec<Issue> {
    let mut issues = Vec::new();
    for field in fields.iter().filter(|field| field.availability.is_some()) {
        let name = field.key.as_str();
        let mut seen = BTreeSet::new();
        for (at, row) in rows.iter().enumerate() {
            let Some(text) = row
                .get(name)
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
            else {
                continue;
            };
            if !seen.insert(text.to_lowercase()) {
                issues.push(Issue::new(Code::Duplicate, format!("{key}[{at}].{name}")));
            }
        }
    }
    issues
}
