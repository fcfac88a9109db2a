//! 他システムへの依頼: what a system outside Microsoft 365 is asked to do, call by call.

use forms::{FieldKey, Label};
use serde::{Deserialize, Serialize};

use crate::calendar::Period;

/// Calls in the order in which they are made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomAction {
    pub calls: Vec<CustomCall>,
}

/// One signed request to one system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomCall {
    /// Names the call within its definition, and in what is sent.
    pub key: String,
    pub title: Label,
    /// The name under which the server's configuration knows the address: a definition sends nothing anywhere else.
    pub destination: String,
    /// The answers of the form that are sent, beside who applied and who approved.
    pub fields: Vec<FieldKey>,
    /// Present: the call is done when the other system has said what came of it, and so long that is waited for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_within: Option<Period>,
    /// Whether the other system can undo it, and is asked to when the application is undone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undo: bool,
}

impl CustomAction {
    /// The first field that is sent.
    pub(super) fn subject(&self) -> &str {
        let mut sent = self.calls.iter().flat_map(|call| &call.fields);
        sent.next().map_or("", FieldKey::as_str)
    }

    pub fn call(&self, key: &str) -> Option<&CustomCall> {
        self.calls.iter().find(|call| call.key == key)
    }
}
