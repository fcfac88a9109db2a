//! What a form begins with, and what a choice fills.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::choices::{FromMaster, Options};
use crate::condition::{APPLICANT, Fact, Facts, Type, Vocabulary};
use crate::date::Date;
use crate::field::{Field, Input};
use crate::validate::Context;
use crate::values::Values;

/// What may be known of whoever applies.
const KNOWN_OF_APPLICANT: [(&str, Type); 4] = [
    ("upn", Type::Text),
    ("name", Type::Text),
    ("department", Type::Text),
    ("jobTitle", Type::Text),
];

/// What defaults may look at. `applicant` has some of `upn`, `name`, `department` and `jobTitle`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    pub today: Date,
    #[serde(default)]
    pub applicant: BTreeMap<String, String>,
}

impl Facts for Start {
    fn value(&self, root: &str, key: &str) -> Fact<'_> {
        let found = self.applicant.get(key).filter(|_| root == APPLICANT);
        found.map_or(Fact::Absent, |text| Fact::from(text.as_str()))
    }

    fn today(&self) -> Date {
        self.today
    }
}

pub(crate) fn vocabulary() -> Vocabulary {
    Vocabulary::default().with(APPLICANT, KNOWN_OF_APPLICANT)
}

/// The first values of a form, or of a new row. What is not known is left out.
pub fn defaults<'a>(fields: impl IntoIterator<Item = &'a Field>, start: &Start) -> Values {
    let default = |field: &Field| {
        let value = value(&field.input, field.default.as_ref()?.value(start))?;
        Some((field.key.as_str().to_owned(), value))
    };
    Values::new(fields.into_iter().filter_map(default).collect())
}

fn value(input: &Input, fact: Fact<'_>) -> Option<Value> {
    match (input, fact) {
        (Input::Person {}, Fact::Text(upn)) => Some(json!({ "upn": upn })),
        (Input::Choices { .. }, Fact::Text(item)) => Some(json!([item])),
        (_, Fact::Text(text)) => Some(json!(text)),
        (_, Fact::Number(number)) => Some(json!(number)),
        (_, Fact::Date(date)) => Some(json!(date)),
        (_, Fact::Absent | Fact::Boolean(_) | Fact::List(_) | Fact::Rows(_)) => None,
    }
}

/// The type a default of this input must have; nothing if it can have none.
pub(crate) fn type_of(input: &Input) -> Option<Type> {
    match input {
        Input::Text { .. }
        | Input::Lines { .. }
        | Input::Choice { .. }
        | Input::Choices { .. }
        | Input::Person {} => Some(Type::Text),
        Input::Date { .. } => Some(Type::Date),
        Input::Number { .. } => Some(Type::Number),
        Input::People { .. } | Input::Rows { .. } => None,
    }
}

/// What the choice of `field` fills, by the keys of the fields (of the same row): `null` where the entry says nothing.
pub fn filled(field: &Field, chosen: &str, context: &Context) -> Values {
    let Input::Choice {
        options: Options::Master(FromMaster { master, fill, .. }),
    } = &field.input
    else {
        return Values::default();
    };
    let entry = context
        .masters
        .get(master)
        .and_then(|master| master.entry(chosen));
    let column = |name: &String| entry.and_then(|entry| entry.columns.get(name)).cloned();
    let filled: Map<String, Value> = fill
        .iter()
        .map(|(key, name)| (key.as_str().to_owned(), column(name).unwrap_or(Value::Null)))
        .collect();
    Values::new(filled)
}
