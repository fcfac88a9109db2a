//! The value of one field of one item version. An empty field has no value at all.

use jiff::Timestamp;
use serde::Serialize;

use super::ids::{ItemId, PrincipalId};

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", content = "value", rename_all = "camelCase")]
pub enum FieldValue {
    /// Text, Note, Choice, Guid.
    Text(String),
    /// Number, Integer, Currency.
    Number(f64),
    Boolean(bool),
    DateTime(Timestamp),
    /// MultiChoice.
    Choices(Vec<String>),
    /// User and UserMulti; a single person is a list of one.
    Users(Vec<PrincipalId>),
    /// Lookup and LookupMulti.
    Lookups(Vec<ItemId>),
    Url {
        url: String,
        description: String,
    },
}

/// Characters of a value that the ledger shows.
const BRIEF: usize = 40;

impl FieldValue {
    /// The value in a few characters, for the ledger.
    pub fn brief(&self) -> String {
        let text = match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Boolean(yes) => yes.to_string(),
            Self::DateTime(at) => at.to_string(),
            Self::Choices(choices) => choices.join(";"),
            Self::Users(people) => join(people),
            Self::Lookups(items) => join(items),
            Self::Url { url, .. } => url.clone(),
        };
        text.chars().take(BRIEF).collect()
    }

    /// Whether two values count as the same in a column with unique values (text without regard to case).
    pub fn same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(two)) => one.to_lowercase() == two.to_lowercase(),
            _ => self == other,
        }
    }
}

fn join<T: std::fmt::Display>(ids: &[T]) -> String {
    ids.iter().map(T::to_string).collect::<Vec<_>>().join(";")
}
