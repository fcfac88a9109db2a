//! A form: sections of fields.

use serde::{Deserialize, Serialize};

use crate::check::{self, SchemaError};
use crate::condition::Condition;
use crate::field::{Availability, Field, FieldKey, Label};

/// A form whose JSON was well-formed. [`Schema::parse`] and [`Schema::check`] also make sure that it is sensible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    pub sections: Vec<Section>,
    /// What must not be, across fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<CrossRule>,
}

/// When this holds, the form is not good: `{"when": "endDate < startDate", "message": {…}, "field": "endDate"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrossRule {
    pub when: Condition,
    pub message: Label,
    /// Where the message is shown.
    pub field: FieldKey,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub key: String,
    pub title: Label,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Label>,
    /// All of its fields are asked only when this holds.
    #[serde(default, rename = "visibleWhen", skip_serializing_if = "Option::is_none")]
    pub visible_when: Option<Condition>,
    pub fields: Vec<Field>,
}

impl Schema {
    /// Reads and checks a schema; the error says where it is wrong.
    pub fn parse(json: &str) -> Result<Self, SchemaError> {
        let schema: Self = serde_json::from_str(json)?;
        schema.check()?;
        Ok(schema)
    }

    /// Checks a schema that was read as part of something larger.
    pub fn check(&self) -> Result<(), SchemaError> {
        check::check(self)
    }

    /// All fields, in the order in which they are asked.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields().find(|field| field.key.as_str() == key)
    }

    /// Fields whose value must be free in the directory.
    pub fn asked_of_directory(&self) -> impl Iterator<Item = (&Field, Availability)> {
        self.fields()
            .filter_map(|field| field.availability.map(|what| (field, what)))
    }
}
