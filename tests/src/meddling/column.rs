//! Columns that only the app writes, as the list has them, and what somebody would like to see there.

use dev_tenant::sharepoint::state::field::{Field, FieldKind};
use dev_tenant::sharepoint::state::field_value::FieldValue;
use dev_tenant::world::Tenant;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::model::EDITABLE;
use crate::rows::{self, APPLICATIONS};

/// One column of the list of applications into which people have nothing to write.
#[derive(Debug, Clone)]
pub struct Column {
    pub name: String,
    kind: FieldKind,
}

impl Column {
    /// All of them, whatever the list has been given since this was written.
    pub fn all(tenant: &Tenant) -> Vec<Self> {
        let list = rows::list(tenant, APPLICATIONS).expect("the list of applications");
        let given = |field: &&Field| field.can_be_deleted || field.internal_name == "Title";
        let sealed = |field: &&Field| !EDITABLE.contains(&field.internal_name.as_str());
        let fields = list.fields.iter().filter(given).filter(sealed);
        let column = |field: &Field| Self {
            name: field.internal_name.clone(),
            kind: field.kind.clone(),
        };
        fields.map(column).collect()
    }

    /// Whether JSON of a row takes the same text as a form does.
    pub(super) fn is_text(&self) -> bool {
        matches!(
            self.kind,
            FieldKind::Text { .. }
                | FieldKind::Note { .. }
                | FieldKind::Choice { .. }
                | FieldKind::DateTime { .. }
        )
    }

    /// What does not stand there now, as forms write it. `number` is another one each time, for some columns hold
    /// nothing twice.
    pub(super) fn wish(&self, now: Option<&FieldValue>, number: u64, somebody: &str) -> String {
        match &self.kind {
            FieldKind::Number { .. } => (1_000 + number % 1_000_000).to_string(),
            FieldKind::DateTime { .. } => later(number).to_string(),
            FieldKind::User { .. } => json!([{ "Key": somebody }]).to_string(),
            FieldKind::Choice { choices, .. } => {
                let is_other = |choice: &&String| now != Some(&FieldValue::Text((*choice).clone()));
                let other = choices.iter().rev().find(is_other);
                other.expect("a choice that does not stand there").clone()
            }
            // A form that asks for nothing is still a form.
            FieldKind::Note { .. } if self.name == "PFPayload" => format!("{{\"n\":{number}}}"),
            // So that it is a token, though no step's.
            _ if self.name == "PFStepToken" => format!("{number:064x}"),
            FieldKind::Text { .. } | FieldKind::Note { .. } => format!("somebody.else {number}"),
            kind => panic!(
                "{}: what to write into a column of kind {}?",
                self.name,
                kind.name()
            ),
        }
    }
}

/// A moment at which nothing happens.
fn later(number: u64) -> Timestamp {
    let seconds = i64::try_from(number % 1_000_000).unwrap_or_default();
    let moment = Timestamp::from_second(1_900_000_000).expect("a moment");
    moment + SignedDuration::from_secs(seconds)
}
