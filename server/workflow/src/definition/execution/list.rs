//! Mailing lists, which Exchange writes: which answers make them, and which change them.

use forms::FieldKey;
use serde::{Deserialize, Serialize};

use super::{PlanMapping, Turnover};

/// A new mailing list. A template is made of answers, such as `ml-{name}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateList {
    pub kind: ListKind,
    /// Template of the name that people read.
    pub display_name: String,
    /// Template of the address before the `@`; the first field that it names is asked to be free.
    pub alias: String,
    /// A field that answers `open` or `closed` to mail from outside; closed where it is not asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<FieldKey>,
    /// Who owns it: a field that asks for people. A list without an owner is never made.
    pub owners: FieldKey,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<FieldKey>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListKind {
    /// A distribution list.
    Distribution,
    /// A mail-enabled security group.
    Security,
}

/// A mailing list that is there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeList {
    /// Which it is: a field that chooses a list.
    pub list: FieldKey,
    /// Template; changed where the form asks all that it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// A field that answers `open` or `closed` to mail from outside; changed where it is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<FieldKey>,
    #[serde(default, skip_serializing_if = "Turnover::is_empty")]
    pub owners: Turnover,
    #[serde(default, skip_serializing_if = "Turnover::is_empty")]
    pub members: Turnover,
    /// 所有者引継ぎ: only what nobody answers for who may sign in, and nothing but owners are added.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub adopt: bool,
    /// Deletes the list when all else is done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub delete: bool,
}

impl CreateList {
    /// The field that names it.
    pub(super) fn subject(&self) -> &str {
        PlanMapping::placeholders(&self.alias).next().unwrap_or_default()
    }
}

impl ChangeList {
    /// Whether it would change nothing at all.
    pub(crate) fn is_idle(&self) -> bool {
        let is_kept = self.display_name.is_none() && self.outside.is_none();
        is_kept && !self.delete && self.owners.is_empty() && self.members.is_empty()
    }

    pub(super) fn kind(&self) -> &'static str {
        match (self.adopt, self.delete) {
            (true, _) => "list.adopt",
            (false, true) => "list.delete",
            (false, false) => "list.change",
        }
    }
}
