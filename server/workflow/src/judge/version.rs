//! Versions of a list item, as SharePoint keeps them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use crate::application::{Choice, SendBackTo};
use crate::hash::Hash;
use crate::ids::{PersonId, StepKey};
use crate::judge::column;

/// Who saved a version, as SharePoint says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Editor {
    /// Our own app.
    App,
    Person(PersonId),
    /// Someone without an Entra object id: another app, a system account.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// `VersionLabel`, such as `3.0`.
    pub label: String,
    /// Whole number of the label.
    pub number: u32,
    pub created: Timestamp,
    pub editor: Editor,
    /// Values by internal column name; an absent one is empty.
    pub fields: BTreeMap<String, Value>,
}

/// Why a case must be looked at by a person before anything else is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum Park {
    #[error("version {0} is missing")]
    Gap(u32),
    #[error("version {0} changed after it was judged")]
    ChangedInPlace(u32),
    #[error("version {0} is ours, but bears another editor")]
    EditorChanged(u32),
    #[error("the label of version {0} is not that of a whole version")]
    BadLabel(u32),
}

impl Version {
    /// Stands for everything a version says; a judged version must keep it.
    pub fn fingerprint(&self) -> Hash {
        Hash::of_json(&serde_json::json!({
            "label": self.label, "created": self.created, "editor": self.editor, "fields": self.fields,
        }))
    }

    /// A column's value; empty text and null are one.
    pub(crate) fn value(&self, column: &str) -> Option<&Value> {
        self.fields.get(column).filter(|value| !is_empty(value))
    }

    pub(crate) fn text(&self, column: &str) -> Option<&str> {
        self.value(column)?.as_str()
    }

    /// A column's text if this version brought it.
    pub(crate) fn new_text(&self, before: Option<&Self>, column: &str) -> Option<String> {
        let new = self.text(column)?;
        (before.and_then(|before| before.text(column)) != Some(new)).then(|| new.to_owned())
    }

    /// The choice that the decision columns say; none if they say nothing we know.
    pub(crate) fn choice(&self) -> Option<Choice> {
        match self.text(column::DECISION)? {
            "承認" => Some(Choice::Approve),
            "承認終了" => Some(Choice::Finish),
            "差戻し" => Some(Choice::SendBack(self.target())),
            "却下" => Some(Choice::Reject),
            "保留" => Some(Choice::Hold),
            "確認" => Some(Choice::Confirm),
            _ => None,
        }
    }

    /// `申請者`, as the list offers it, or a step's key; empty means the applicant.
    fn target(&self) -> SendBackTo {
        match self.text(column::SEND_BACK_TO) {
            Some(step) if step != "申請者" => SendBackTo::Step {
                step: StepKey::new(step),
            },
            _ => SendBackTo::Applicant {},
        }
    }
}

pub(crate) fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}

/// Whether `next` is the version that follows `number`.
pub(crate) fn follows(number: u32, next: &Version) -> Result<(), Park> {
    if next.number != number + 1 {
        return Err(Park::Gap(number + 1));
    }
    if next.label != format!("{}.0", next.number) {
        return Err(Park::BadLabel(next.number));
    }
    Ok(())
}
