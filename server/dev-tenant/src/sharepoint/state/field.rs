//! Columns of a list.

use serde::Serialize;

use jiff::Timestamp;

use super::field_value::FieldValue;
use super::ids::{FieldId, ListId};

#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent column setting"
)]
pub struct Field {
    pub id: FieldId,
    pub internal_name: String,
    pub title: String,
    pub description: String,
    pub kind: FieldKind,
    pub required: bool,
    pub read_only: bool,
    pub hidden: bool,
    pub indexed: bool,
    pub enforce_unique: bool,
    pub default_value: Option<String>,
    pub group: String,
    /// False for the columns that every list has.
    pub can_be_deleted: bool,
    /// `CustomFormatter` JSON (column formatting).
    pub custom_formatter: Option<String>,
    pub client_validation_formula: Option<String>,
    pub shown_in: ShownIn,
}

/// Which of the list's forms show the column (`ShowInNewForm`, `ShowInEditForm`, `ShowInDisplayForm`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ShownIn {
    pub new_form: bool,
    pub edit_form: bool,
    pub display_form: bool,
}

impl Default for ShownIn {
    fn default() -> Self {
        Self {
            new_form: true,
            edit_form: true,
            display_form: true,
        }
    }
}

/// The column type with its own settings.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum FieldKind {
    Counter,
    Text {
        max_length: u32,
    },
    Note {
        rich_text: bool,
        append_only: bool,
        lines: u32,
    },
    Number {
        min: Option<f64>,
        max: Option<f64>,
    },
    Integer,
    Currency,
    Boolean,
    DateTime {
        date_only: bool,
    },
    Choice {
        choices: Vec<String>,
        fill_in: bool,
    },
    MultiChoice {
        choices: Vec<String>,
        fill_in: bool,
    },
    User {
        multi: bool,
    },
    Lookup {
        list: Option<ListId>,
        show_field: String,
        multi: bool,
    },
    Url,
    Guid,
    Computed,
    Attachments,
    ContentTypeId,
    ModStat,
}

impl FieldKind {
    /// `TypeAsString` of `SP.Field`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Counter => "Counter",
            Self::Text { .. } => "Text",
            Self::Note { .. } => "Note",
            Self::Number { .. } => "Number",
            Self::Integer => "Integer",
            Self::Currency => "Currency",
            Self::Boolean => "Boolean",
            Self::DateTime { .. } => "DateTime",
            Self::Choice { .. } => "Choice",
            Self::MultiChoice { .. } => "MultiChoice",
            Self::User { multi: false } => "User",
            Self::User { multi: true } => "UserMulti",
            Self::Lookup { multi: false, .. } => "Lookup",
            Self::Lookup { multi: true, .. } => "LookupMulti",
            Self::Url => "URL",
            Self::Guid => "Guid",
            Self::Computed => "Computed",
            Self::Attachments => "Attachments",
            Self::ContentTypeId => "ContentTypeId",
            Self::ModStat => "ModStat",
        }
    }

    /// `FieldTypeKind` of `SP.Field`.
    pub fn number(&self) -> u8 {
        match self {
            Self::Integer => 1,
            Self::Text { .. } => 2,
            Self::Note { .. } => 3,
            Self::DateTime { .. } => 4,
            Self::Counter => 5,
            Self::Choice { .. } => 6,
            Self::Lookup { .. } => 7,
            Self::Boolean => 8,
            Self::Number { .. } => 9,
            Self::Currency => 10,
            Self::Url => 11,
            Self::Computed => 12,
            Self::Guid => 14,
            Self::MultiChoice { .. } => 15,
            Self::Attachments => 19,
            Self::User { .. } => 20,
            Self::ModStat => 23,
            Self::ContentTypeId => 25,
        }
    }

    /// Whether the column counts towards the limit of lookup-type columns in one query.
    pub fn is_lookup_type(&self) -> bool {
        matches!(self, Self::User { .. } | Self::Lookup { .. })
    }
}

impl FieldKind {
    /// Whether a value is of the column's type.
    pub fn takes(&self, value: &FieldValue) -> bool {
        match value {
            FieldValue::Text(_) => matches!(
                self,
                Self::Text { .. }
                    | Self::Note { .. }
                    | Self::Choice { .. }
                    | Self::Guid
                    | Self::ContentTypeId
            ),
            FieldValue::Number(_) => matches!(
                self,
                Self::Number { .. } | Self::Integer | Self::Currency | Self::Counter | Self::ModStat
            ),
            FieldValue::Boolean(_) => matches!(self, Self::Boolean | Self::Attachments),
            FieldValue::DateTime(_) => matches!(self, Self::DateTime { .. }),
            FieldValue::Choices(_) => matches!(self, Self::MultiChoice { .. }),
            FieldValue::Users(_) => matches!(self, Self::User { .. }),
            FieldValue::Lookups(_) => matches!(self, Self::Lookup { .. }),
            FieldValue::Url { .. } => matches!(self, Self::Url),
        }
    }

    /// The value of the column's `<Default>` text; `None` when the text means nothing for the type.
    pub fn default(&self, text: &str, now: Timestamp) -> Option<FieldValue> {
        match self {
            Self::Text { .. } | Self::Note { .. } | Self::Choice { .. } => {
                Some(FieldValue::Text(text.to_owned()))
            }
            Self::Number { .. } | Self::Integer | Self::Currency => text.parse().ok().map(FieldValue::Number),
            Self::Boolean => Some(FieldValue::Boolean(text == "1")),
            Self::DateTime { .. } if text.eq_ignore_ascii_case("[today]") => Some(FieldValue::DateTime(now)),
            Self::DateTime { .. } => text.parse().ok().map(FieldValue::DateTime),
            Self::MultiChoice { .. } => {
                let chosen = text.split(";#").filter(|part| !part.is_empty());
                Some(FieldValue::Choices(chosen.map(str::to_owned).collect()))
            }
            _ => None,
        }
    }
}
