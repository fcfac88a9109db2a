//! Accounts in Entra ID: which answers make them, and which change them.

use std::collections::BTreeMap;

use forms::FieldKey;
use serde::{Deserialize, Serialize};

/// A new account; with `rows`, one for each row of that field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateUser {
    /// A field of rows. The answers of a row are its own and, for what it does not ask, those of the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<FieldKey>,
    /// Local part of the user principal name.
    pub upn_local: FieldKey,
    /// Property of a Microsoft Graph `user` to a template of answers, such as `{lastName} {firstName}`.
    pub properties: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<FieldKey>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<FieldKey>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<FieldKey>,
}

/// An account that is there already; with `rows`, one for each row of that field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeUser {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<FieldKey>,
    /// Whom it is about: a field that asks for a person.
    pub user: FieldKey,
    /// Property of a Microsoft Graph `user` to a template of answers. It is changed where the form asks all that the
    /// template names; an empty answer takes the value away. In rows an empty answer leaves it as it is.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<String, String>,
    /// Changed where the form asks for it; nobody, if the answer is empty. In rows as with properties.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<FieldKey>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_in: Option<SignIn>,
    /// Another password, which the account's manager is shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reset_password: bool,
    #[serde(default, skip_serializing_if = "Turnover::is_empty")]
    pub licences: Turnover,
    #[serde(default, skip_serializing_if = "Turnover::is_empty")]
    pub groups: Turnover,
    /// 退職: licences and groups of the account go, and its mailbox becomes shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leave: Option<Leave>,
    /// Deletes the account when all else is done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub delete: bool,
}

/// Who gets what somebody leaves behind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Leave {
    /// Who opens the mailbox: a field that asks for a person; the manager, if the answer is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<FieldKey>,
    /// Whom mail goes on to: a field that asks for a person; nobody, if the answer is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forward: Option<FieldKey>,
}

/// What becomes of the right to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SignIn {
    /// Together with a sign-out everywhere.
    Block,
    Allow,
}

/// The fields that name what is given and what is taken away.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Turnover {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add: Option<FieldKey>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove: Option<FieldKey>,
}

impl ChangeUser {
    /// Whether it would change nothing at all.
    pub(crate) fn is_idle(&self) -> bool {
        let is_account_kept = self.properties.is_empty() && self.manager.is_none() && self.sign_in.is_none();
        let is_kept = is_account_kept && !self.reset_password && self.leave.is_none() && !self.delete;
        is_kept && self.licences.is_empty() && self.groups.is_empty()
    }

    pub(super) fn kind(&self) -> &'static str {
        let is_of_account = !self.properties.is_empty() || self.manager.is_some();
        match self.sign_in {
            _ if self.delete => "user.delete",
            _ if self.leave.is_some() => "user.leave",
            Some(SignIn::Block) => "user.block",
            Some(SignIn::Allow) => "user.allow",
            None if !is_of_account && self.reset_password => "user.password",
            None if !is_of_account && !self.licences.is_empty() => "user.licence",
            None => "user.change",
        }
    }
}

impl Turnover {
    pub fn is_empty(&self) -> bool {
        self.add.is_none() && self.remove.is_none()
    }
}
