//! What was entered: one JSON object, field key to value.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

/// A plain multi-line list column takes 63,999 characters through the user interface (Microsoft: "Note" fields);
/// we stay below it whatever the characters are.
pub const MAX_VALUES_BYTES: usize = 60_000;

/// All rows of a form together, as JSON. They may travel as a file beside the column ([`crate::RowsFile`]); the limit
/// keeps a form of 1,000 rows small enough to be judged at a keystroke.
pub const MAX_ROWS_BYTES: usize = 1_000_000;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Values(Map<String, Value>);

#[derive(Debug, Error)]
pub enum ValuesError {
    #[error("the values are larger than {MAX_VALUES_BYTES} bytes")]
    TooBig,
    #[error("the values are not a JSON object: {0}")]
    Shape(#[from] serde_json::Error),
}

impl Values {
    pub fn new(values: Map<String, Value>) -> Self {
        Self(values)
    }

    /// Reads values that came from outside. Says nothing about whether they fit a schema.
    pub fn parse(json: &str) -> Result<Self, ValuesError> {
        if json.len() > MAX_VALUES_BYTES {
            return Err(ValuesError::TooBig);
        }
        Ok(serde_json::from_str(json)?)
    }

    /// What was entered for a field; nothing if it is absent or empty.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key).filter(|value| !is_empty(value))
    }

    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The same with another value of one field.
    #[must_use]
    pub fn with(mut self, key: &str, value: Value) -> Self {
        self.0.insert(key.to_owned(), value);
        self
    }

    pub fn as_map(&self) -> &Map<String, Value> {
        &self.0
    }

    pub fn into_map(self) -> Map<String, Value> {
        self.0
    }
}

pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}
