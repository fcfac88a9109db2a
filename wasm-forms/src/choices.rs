//! What can be chosen: written in the schema, or kept as master data.

use serde::{Deserialize, Serialize};

use crate::field::Label;

/// One thing to choose. Master data may carry further members; they are not ours to judge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub value: String,
    pub label: Label,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Options {
    Inline(Vec<Choice>),
    Master { master: String },
}

/// The body of a master in the definitions list: `{"options": [{"value", "label"}]}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Master {
    pub options: Vec<Choice>,
}

impl Master {
    /// Whether `value` can be chosen.
    pub fn offers(&self, value: &str) -> bool {
        self.options.iter().any(|choice| choice.value == value)
    }
}
