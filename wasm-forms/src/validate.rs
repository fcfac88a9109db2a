//! Whether values fit a schema.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::answers::Answers;
use crate::choices::Master;
use crate::condition::Facts;
use crate::date::Date;
use crate::field::{Field, Input};
use crate::issue::{Code, Complaint, Issue};
use crate::judge::judge;
use crate::naming::{self, HouseNaming};
use crate::rows;
use crate::schema::Schema;
use crate::values::{MAX_ROWS_BYTES, MAX_VALUES_BYTES, Values};

/// More is of no use to anyone who mends a form.
const MAX_ISSUES: usize = 200;
const MAX_ECHOED_KEY: usize = 40;
/// Around a member of a JSON object: two quotes, colon, comma.
const PUNCTUATION: usize = 4;

/// What validation has to know beside the form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    pub today: Date,
    #[serde(default)]
    pub masters: BTreeMap<String, Master>,
    #[serde(default)]
    pub naming: HouseNaming,
}

/// Everything that is wrong, in the order of the form; then rules across fields, unknown fields last. Empty means good.
pub fn validate(schema: &Schema, values: &Values, context: &Context) -> Vec<Issue> {
    let answers = Answers::of(schema, values, context.today);
    let mut issues = Vec::new();
    for field in schema.fields() {
        let key = field.key.as_str();
        let place = Place {
            path: key.to_owned(),
            asked: answers.asks(key),
            facts: &answers,
        };
        match (&field.input, values.get(key)) {
            (Input::Rows { .. }, Some(rows)) if place.asked => {
                rows::judge(field, rows, &answers, context, &mut issues);
            }
            (_, value) => issues.extend(judge_field(field, value, &place, context)),
        }
    }
    issues.extend(broken(schema, &answers));
    issues.extend(unknown(values.keys(), |key| schema.field(key).is_some(), ""));
    if let Some(issue) = too_big(schema, values) {
        issues.insert(0, issue);
    }
    issues.truncate(MAX_ISSUES);
    issues
}

/// The column carries the form; rows that do not fit beside it go as a file.
fn too_big(schema: &Schema, values: &Values) -> Option<Issue> {
    let (mut form, mut rows) = (0, 0);
    for (key, value) in values.as_map() {
        let size = serde_json::to_string(value).map_or(usize::MAX, |json| json.len());
        let field = schema.field(key).map(|field| &field.input);
        let sum = match field {
            Some(Input::Rows { .. }) => &mut rows,
            _ => &mut form,
        };
        *sum = usize::saturating_add(*sum, size.saturating_add(key.len() + PUNCTUATION));
    }
    (form > MAX_VALUES_BYTES || rows > MAX_ROWS_BYTES).then(|| Issue::new(Code::FormTooBig, ""))
}

/// Where a field stands, and what its conditions are held against.
pub(crate) struct Place<'a> {
    pub(crate) path: String,
    pub(crate) asked: bool,
    pub(crate) facts: &'a dyn Facts,
}

pub(crate) fn judge_field(
    field: &Field,
    value: Option<&Value>,
    place: &Place<'_>,
    context: &Context,
) -> Option<Issue> {
    let verdict = match value {
        Some(_) if !place.asked => Err(Code::NotApplicable.into()),
        Some(value) => judge(&field.input, value, place.facts, context),
        None if place.asked && is_required(field, place.facts) => Err(Code::Required.into()),
        None => Ok(()),
    };
    verdict
        .and_then(|()| naming::judge(field, value, place.facts, context))
        .err()
        .map(|complaint: Complaint| complaint.of(&place.path))
}

/// Whether a field that is asked must be answered.
pub(crate) fn is_required(field: &Field, facts: &dyn Facts) -> bool {
    let when = field.required_when.as_ref();
    field.required || when.is_some_and(|when| when.holds(facts))
}

/// The fields that are asked and must be answered, given what was answered. Those of rows: [`crate::look_at_rows`].
pub fn required<'a>(schema: &'a Schema, values: &'a Values, context: &Context) -> Vec<&'a Field> {
    let answers = Answers::of(schema, values, context.today);
    let asked = schema.fields().filter(|field| answers.asks(field.key.as_str()));
    asked.filter(|field| is_required(field, &answers)).collect()
}

pub(crate) fn unknown<'a>(
    keys: impl Iterator<Item = &'a str>,
    is_known: impl Fn(&str) -> bool,
    path: &str,
) -> Vec<Issue> {
    let issue = |key: &str| {
        let key: String = key.chars().take(MAX_ECHOED_KEY).collect();
        Issue::new(Code::UnknownField, format!("{path}{key}"))
    };
    keys.filter(|key| !is_known(key)).map(issue).collect()
}

/// Rules across fields speak once what they look at is there.
fn broken<'a>(schema: &'a Schema, facts: &'a dyn Facts) -> impl Iterator<Item = Issue> + 'a {
    let broken = schema.rules.iter().filter(move |rule| rule.when.holds(facts));
    broken.map(|rule| {
        Issue::new(Code::RuleBroken, rule.field.as_str())
            .with("ja", rule.message.ja.as_str())
            .with("en", rule.message.en.as_str())
    })
}

/// The fields that are asked, given what was answered. Those of rows are asked row by row.
pub fn visible<'a>(schema: &'a Schema, values: &'a Values) -> impl Iterator<Item = &'a Field> {
    let answers = Answers::on_any_day(schema, values);
    schema
        .fields()
        .filter(move |field| answers.asks(field.key.as_str()))
}
