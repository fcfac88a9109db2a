//! What is carried out after the last approval.

use std::collections::BTreeMap;

use forms::{FieldKey, Label};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Execution {
    pub title: Label,
    pub plan: PlanMapping,
}

/// Which answers go into the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "action",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum PlanMapping {
    /// A new account in Entra ID; with `rows`, one for each row of that field.
    CreateUser {
        /// A field of rows. The answers of a row are its own and, for what it does not ask, those of the form.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rows: Option<FieldKey>,
        /// Local part of the user principal name.
        upn_local: FieldKey,
        /// Property of a Microsoft Graph `user` to a template of answers, such as `{lastName} {firstName}`.
        properties: BTreeMap<String, String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        manager: Option<FieldKey>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        licence: Option<FieldKey>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        groups: Option<FieldKey>,
    },
}

impl PlanMapping {
    /// The field whose rows are planned one by one.
    pub fn rows(&self) -> Option<&FieldKey> {
        let Self::CreateUser { rows, .. } = self;
        rows.as_ref()
    }

    /// The fields that a template names, in order.
    pub fn placeholders(template: &str) -> impl Iterator<Item = &str> {
        template
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
    }
}
