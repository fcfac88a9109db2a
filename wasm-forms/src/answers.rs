//! What was answered, as facts for conditions. A field that is not asked is absent.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::condition::{Condition, FORM, Fact, Facts, ROW};
use crate::date::Date;
use crate::field::{Field, Input};
use crate::schema::Schema;
use crate::values::{Values, is_empty};

/// Fields that are asked, by their keys, and the answers.
struct Sheet<'a> {
    asked: BTreeMap<&'a str, &'a Field>,
    values: &'a Map<String, Value>,
}

pub(crate) struct Answers<'a> {
    form: Sheet<'a>,
    today: Date,
}

/// The answers of one of several rows, in front of those of the form.
pub(crate) struct RowAnswers<'a> {
    form: &'a Answers<'a>,
    row: Sheet<'a>,
}

impl Sheet<'_> {
    fn value(&self, key: &str) -> Fact<'_> {
        match (self.asked.get(key), self.values.get(key)) {
            (Some(field), Some(value)) => fact(&field.input, value),
            _ => Fact::Absent,
        }
    }

    fn asks(&self, key: &str) -> bool {
        self.asked.contains_key(key)
    }
}

impl<'a> Answers<'a> {
    /// Walks the form once: whether a field is asked depends on fields before it alone.
    pub(crate) fn of(schema: &'a Schema, values: &'a Values, today: Date) -> Self {
        let form = Sheet {
            asked: BTreeMap::new(),
            values: values.as_map(),
        };
        let mut answers = Self { form, today };
        for section in &schema.sections {
            if !is_met(section.visible_when.as_ref(), &answers) {
                continue;
            }
            for field in &section.fields {
                if is_met(field.visible_when.as_ref(), &answers) {
                    answers.form.asked.insert(field.key.as_str(), field);
                }
            }
        }
        answers
    }

    /// Whether a field is asked at all. Never depends on the day: [`crate::check`] sees to that.
    pub(crate) fn on_any_day(schema: &'a Schema, values: &'a Values) -> Self {
        Self::of(schema, values, Date::FIRST)
    }

    pub(crate) fn asks(&self, key: &str) -> bool {
        self.form.asks(key)
    }

    pub(crate) fn row<'b>(&'b self, fields: &'b [Field], values: &'b Map<String, Value>) -> RowAnswers<'b> {
        let row = Sheet {
            asked: BTreeMap::new(),
            values,
        };
        let mut answers = RowAnswers { form: self, row };
        for field in fields {
            if is_met(field.visible_when.as_ref(), &answers) {
                answers.row.asked.insert(field.key.as_str(), field);
            }
        }
        answers
    }
}

impl RowAnswers<'_> {
    pub(crate) fn asks(&self, key: &str) -> bool {
        self.row.asks(key)
    }
}

fn is_met(condition: Option<&Condition>, facts: &dyn Facts) -> bool {
    condition.is_none_or(|condition| condition.holds(facts))
}

impl Facts for Answers<'_> {
    fn value(&self, root: &str, key: &str) -> Fact<'_> {
        if root == FORM {
            self.form.value(key)
        } else {
            Fact::Absent
        }
    }

    fn today(&self) -> Date {
        self.today
    }
}

impl Facts for RowAnswers<'_> {
    fn value(&self, root: &str, key: &str) -> Fact<'_> {
        if root == ROW {
            self.row.value(key)
        } else {
            self.form.value(root, key)
        }
    }

    fn today(&self) -> Date {
        self.form.today
    }
}

/// A value as its field means it; what does not fit the field is absent.
fn fact<'a>(input: &Input, value: &'a Value) -> Fact<'a> {
    if is_empty(value) {
        return Fact::Absent;
    }
    let fact = match input {
        Input::Text { .. } | Input::Lines { .. } | Input::Choice { .. } => value.as_str().map(Fact::from),
        Input::Date { .. } => value.as_str().and_then(|text| text.parse().ok()).map(Fact::Date),
        Input::Number { .. } => value.as_i64().map(Fact::Number),
        Input::Person {} => person(value).map(Fact::Text),
        Input::Choices { .. } => list(value, |item| item.as_str().map(Cow::Borrowed)),
        Input::People { .. } => list(value, person),
        Input::Rows { .. } => value.as_array().map(|rows| Fact::Rows(rows.len())),
    };
    fact.unwrap_or(Fact::Absent)
}

/// User principal names do not differ by case.
fn person(value: &Value) -> Option<Cow<'_, str>> {
    let upn = value.get("upn")?.as_str()?;
    Some(Cow::Owned(upn.to_lowercase()))
}

fn list<'a>(value: &'a Value, item: impl Fn(&'a Value) -> Option<Cow<'a, str>>) -> Option<Fact<'a>> {
    let items: Option<Vec<_>> = value.as_array()?.iter().map(item).collect();
    items.map(Fact::List)
}
