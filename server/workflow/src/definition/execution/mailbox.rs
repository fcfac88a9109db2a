//! Shared mailboxes, which Exchange writes: which answers make them, and which change them.

use forms::FieldKey;
use serde::{Deserialize, Serialize};

use super::{PlanMapping, Turnover};

/// A new shared mailbox. A template is made of answers, such as `desk-{name}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateMailbox {
    /// Template of the name that people read.
    pub display_name: String,
    /// Template of the address before the `@`; the first field that it names is asked to be free.
    pub alias: String,
    /// Who may open it: a field that asks for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_access: Option<FieldKey>,
    /// Who may send as the mailbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send_as: Option<FieldKey>,
    /// Who may send on its behalf.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send_on_behalf: Option<FieldKey>,
}

/// A shared mailbox that is there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeMailbox {
    /// Which it is: a field that chooses a mailbox.
    pub mailbox: FieldKey,
    /// Template; changed where the form asks all that it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    #[serde(default, skip_serializing_if = "AddressChange::is_empty")]
    pub addresses: AddressChange,
    #[serde(default, skip_serializing_if = "Turnover::is_empty")]
    pub full_access: Turnover,
    #[serde(default, skip_serializing_if = "Turnover::is_empty")]
    pub send_as: Turnover,
    #[serde(default, skip_serializing_if = "Turnover::is_empty")]
    pub send_on_behalf: Turnover,
    /// Deletes the mailbox when all else is done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub delete: bool,
}

/// Templates of addresses; before the `@`, or whole ones. Changed where the form asks all that each names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddressChange {
    /// The address from which mail is sent; the old one stays as another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary: Option<String>,
    /// Mail to this one comes here too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add: Option<String>,
    /// And to this one no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove: Option<String>,
}

impl AddressChange {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Each template by its name.
    pub(crate) fn templates(&self) -> [(&'static str, Option<&str>); 3] {
        [
            ("addresses.primary", self.primary.as_deref()),
            ("addresses.add", self.add.as_deref()),
            ("addresses.remove", self.remove.as_deref()),
        ]
    }
}

impl CreateMailbox {
    /// The field that names it.
    pub(super) fn subject(&self) -> &str {
        PlanMapping::placeholders(&self.alias).next().unwrap_or_default()
    }
}

impl ChangeMailbox {
    /// Whether it would change nothing at all.
    pub(crate) fn is_idle(&self) -> bool {
        let rights = [&self.full_access, &self.send_as, &self.send_on_behalf];
        let is_kept = self.display_name.is_none() && self.addresses.is_empty();
        is_kept && !self.delete && rights.into_iter().all(Turnover::is_empty)
    }

    /// The field of an address that must be free.
    pub(super) fn new_name(&self) -> Option<&str> {
        let new = self
            .addresses
            .primary
            .as_deref()
            .or(self.addresses.add.as_deref());
        PlanMapping::placeholders(new?).next()
    }

    pub(super) fn kind(&self) -> &'static str {
        if self.delete {
            "mailbox.delete"
        } else {
            "mailbox.change"
        }
    }
}
