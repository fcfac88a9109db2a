//! What conditions of a route look at: the answers, and what is frozen of applicant and plan.

use std::borrow::Cow;
use std::collections::BTreeMap;

use forms::{Date, Input, Schema, Values};
use serde_json::Value;

use crate::condition::{APPLICANT, Fact, Facts, PLAN};
use crate::route::Request;

/// Answers of a form, and facts by full name.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub form: &'a Schema,
    pub values: &'a Values,
    pub facts: &'a BTreeMap<String, Value>,
    pub today: Date,
}

impl Facts for Known<'_> {
    fn value(&self, root: &str, key: &str) -> Fact<'_> {
        if root == crate::condition::FORM {
            let found = self.form.field(key).zip(self.values.get(key));
            return found.map_or(Fact::Absent, |(field, value)| answer(&field.input, value));
        }
        let found = self.facts.get(&format!("{root}.{key}"));
        found.map_or(Fact::Absent, plain)
    }

    fn today(&self) -> Date {
        self.today
    }
}

fn plain(value: &Value) -> Fact<'_> {
    match value {
        Value::String(text) => Fact::Text(Cow::Borrowed(text)),
        Value::Number(number) => number.as_i64().map_or(Fact::Absent, Fact::Number),
        Value::Bool(boolean) => Fact::Boolean(*boolean),
        Value::Array(items) => Fact::List(items.iter().filter_map(name).collect()),
        _ => Fact::Absent,
    }
}

fn answer<'a>(input: &Input, value: &'a Value) -> Fact<'a> {
    match input {
        Input::Date { .. } => {
            let day = value.as_str().and_then(|text| text.parse().ok());
            day.map_or(Fact::Absent, Fact::Date)
        }
        Input::Person {} => name(value).map_or(Fact::Absent, Fact::Text),
        Input::Rows { .. } => value
            .as_array()
            .map_or(Fact::Absent, |rows| Fact::Rows(rows.len())),
        _ => plain(value),
    }
}

/// A text; of a person the user principal name in lower case.
fn name(value: &Value) -> Option<Cow<'_, str>> {
    let upn = || Some(Cow::Owned(value.get("upn")?.as_str()?.to_lowercase()));
    value.as_str().map(Cow::Borrowed).or_else(upn)
}

/// What is frozen of applicant and plan.
pub(super) fn frozen(request: &Request) -> BTreeMap<String, Value> {
    let post = request
        .organisation
        .post(request.applicant, request.unit, request.base);
    let mut facts = BTreeMap::new();
    let mut put = |root: &str, key: &str, value: Value| facts.insert(format!("{root}.{key}"), value);
    put(APPLICANT, "id", request.applicant.as_str().into());
    if let Some(post) = post {
        put(APPLICANT, "department", post.unit.clone().into());
        put(APPLICANT, "rank", post.rank.into());
        if let Some(title) = &post.title {
            put(APPLICANT, "post", title.clone().into());
        }
    }
    for (count, number) in request.plan {
        put(PLAN, count, (*number).into());
    }
    facts
}
