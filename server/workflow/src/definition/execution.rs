//! What is carried out after the last approval.

mod user;

use std::collections::BTreeMap;

use forms::{FieldKey, Label};
use serde::{Deserialize, Serialize};

pub use user::{ChangeUser, CreateUser, SignIn, Turnover};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Execution {
    pub title: Label,
    pub plan: PlanMapping,
}

/// Which answers go into the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "camelCase")]
pub enum PlanMapping {
    CreateUser(CreateUser),
    ChangeUser(ChangeUser),
}

impl PlanMapping {
    /// The field whose rows are planned one by one.
    pub fn rows(&self) -> Option<&FieldKey> {
        match self {
            Self::CreateUser(new) => new.rows.as_ref(),
            Self::ChangeUser(change) => change.rows.as_ref(),
        }
    }

    /// The field that says what it is about: the name of a new account, or whose account it is.
    pub fn subject(&self) -> &FieldKey {
        match self {
            Self::CreateUser(new) => &new.upn_local,
            Self::ChangeUser(change) => &change.user,
        }
    }

    /// The field that names what is to be made, where its name must be free.
    pub fn new_name(&self) -> Option<&FieldKey> {
        match self {
            Self::CreateUser(new) => Some(&new.upn_local),
            Self::ChangeUser(_) => None,
        }
    }

    /// The field of the licences that take seats.
    pub fn licences(&self) -> Option<&FieldKey> {
        match self {
            Self::CreateUser(new) => new.licence.as_ref(),
            Self::ChangeUser(change) => change.licences.add.as_ref(),
        }
    }

    /// Property to template.
    pub fn properties(&self) -> &BTreeMap<String, String> {
        match self {
            Self::CreateUser(new) => &new.properties,
            Self::ChangeUser(change) => &change.properties,
        }
    }

    /// What kind of application it makes, as lists and reports name it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::CreateUser(_) => "user.create",
            Self::ChangeUser(change) => change.kind(),
        }
    }

    /// The fields that a template names, in order.
    pub fn placeholders(template: &str) -> impl Iterator<Item = &str> {
        template
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
    }
}
