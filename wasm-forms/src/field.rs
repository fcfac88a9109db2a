//! One question of a form.

use serde::{Deserialize, Serialize};

use crate::choices::Options;
use crate::condition::{Condition, Formula};
use crate::naming::Naming;
use crate::normalise;
use crate::rule::Rule;

/// The name of a field in the values: a lower-case letter, then letters and digits, 40 at most.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldKey(String);

impl FieldKey {
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn is_well_formed(&self) -> bool {
        self.0.len() <= 40
            && self.0.starts_with(|c: char| c.is_ascii_lowercase())
            && self.0.chars().all(|c| c.is_ascii_alphanumeric())
    }
}

impl std::fmt::Display for FieldKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Words for people, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    pub ja: String,
    pub en: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Field {
    pub key: FieldKey,
    pub label: Label,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Label>,
    #[serde(default)]
    pub required: bool,
    /// The answer is a name that must be free: a question that only the directory can answer, outside of this crate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub availability: Option<Availability>,
    /// The answer is a name that must look like this, and as the house wants it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub naming: Option<Naming>,
    /// Asked only when this holds of the fields before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible_when: Option<Condition>,
    /// Required also when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_when: Option<Condition>,
    /// What the form begins with; it looks at `applicant` and `today` alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Formula>,
    pub input: Input,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Availability {
    /// The local part of a user principal name.
    Upn,
    /// The local part of an address of ours, which is a mail nickname too.
    Alias,
    /// An address outside.
    Address,
    /// The name of a group, as people read it.
    GroupName,
}

impl Availability {
    /// The rule of a text that can be such a name.
    pub fn rule(self) -> Rule {
        match self {
            Self::Upn => Rule::UpnLocal {},
            Self::Alias => Rule::MailNickname {},
            Self::Address => Rule::Mail {},
            Self::GroupName => Rule::DisplayName {},
        }
    }

    /// The name as a form would store it; none where it cannot be one.
    pub fn read(self, text: &str) -> Option<String> {
        let rule = self.rule();
        let name = normalise::text(text, &rule);
        (!name.is_empty() && rule.judge(&name).is_ok()).then_some(name)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Input {
    Text {
        #[serde(default)]
        min_length: u32,
        #[serde(default = "one_line")]
        max_length: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<Rule>,
    },
    Lines {
        #[serde(default = "several_lines")]
        max_length: u32,
    },
    /// Bounds are days from today.
    Date {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        earliest: Option<i32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        latest: Option<i32>,
    },
    Choice {
        options: Options,
    },
    Choices {
        options: Options,
        #[serde(default = "some_items")]
        max_items: u32,
    },
    Person {},
    People {
        #[serde(default = "some_items")]
        max_items: u32,
    },
    Number {
        min: i64,
        max: i64,
    },
    /// The same questions again and again. Their conditions call them `row.…`.
    Rows {
        fields: Vec<Field>,
        #[serde(default)]
        min_rows: u32,
        #[serde(default = "some_items")]
        max_rows: u32,
    },
}

/// A SharePoint single line of text holds 255 characters; forms follow it unless told otherwise.
fn one_line() -> u32 {
    255
}

fn several_lines() -> u32 {
    2000
}

fn some_items() -> u32 {
    50
}
