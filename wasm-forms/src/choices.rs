//! What can be chosen: written in the schema, or kept as master data.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::condition::{Condition, Fact, Facts, Name};
use crate::field::{FieldKey, Label};

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub value: String,
    pub label: Label,
    /// Offered only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Options {
    Inline(Vec<Choice>),
    Master(FromMaster),
}

/// The entries of a master, or some of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FromMaster {
    pub master: String,
    /// Column of the master to a field of the form (in a row `row.…`): only entries that say the same are offered,
    /// none while the field is empty. A column that holds a list says each of its items.
    #[serde(default, rename = "where", skip_serializing_if = "BTreeMap::is_empty")]
    pub filter: BTreeMap<String, FieldName>,
    /// Field of the form (in a row: of the same row) to the column that fills it when an entry is chosen.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fill: BTreeMap<FieldKey, String>,
}

/// A field as conditions name it: `department` or `row.department`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldName(String);

impl FieldName {
    pub(crate) fn new(name: &str) -> Self {
        Self(name.to_owned())
    }

    pub fn name(&self) -> Name {
        match self.0.split_once('.') {
            Some((root, key)) => Name::new(root, key),
            None => Name::new(crate::condition::FORM, self.0.as_str()),
        }
    }
}

impl<'de> Deserialize<'de> for Options {
    /// By hand, so that a mistake inside of an option is told and not only that "no variant matched".
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let read = if value.is_array() {
            serde_json::from_value(value).map(Self::Inline)
        } else {
            serde_json::from_value(value).map(Self::Master)
        };
        read.map_err(serde::de::Error::custom)
    }
}

/// The body of a master in the definitions list: `{"options": [{"value", "label", …}]}`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Master {
    pub options: Vec<Entry>,
}

/// One line of a master. Its further columns may narrow choices and fill fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub value: String,
    pub label: Label,
    #[serde(flatten)]
    pub columns: Map<String, Value>,
}

impl Master {
    pub fn entry(&self, value: &str) -> Option<&Entry> {
        self.options.iter().find(|entry| entry.value == value)
    }
}

impl Choice {
    pub(crate) fn is_offered(&self, facts: &dyn Facts) -> bool {
        self.when.as_ref().is_none_or(|when| when.holds(facts))
    }
}

impl FromMaster {
    pub(crate) fn offers(&self, entry: &Entry, facts: &dyn Facts) -> bool {
        self.filter.iter().all(|(column, field)| {
            let name = field.name();
            let wanted = facts.value(name.root(), name.key());
            entry.columns.get(column).is_some_and(|said| says(said, &wanted))
        })
    }
}

fn says(column: &Value, wanted: &Fact<'_>) -> bool {
    match (column, wanted) {
        (Value::Array(items), wanted) => items.iter().any(|item| !item.is_array() && says(item, wanted)),
        (Value::String(text), Fact::Text(wanted)) => text == wanted,
        (Value::Number(number), Fact::Number(wanted)) => number.as_i64() == Some(*wanted),
        _ => false,
    }
}
