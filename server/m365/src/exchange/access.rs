//! Who may open a mailbox, and who may send as it. What is there already, or gone already, is a warning of
//! Exchange's and no error.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Cmdlet, Driver, Exchange, Identity, Warnings, operation, row};
use crate::Result;

const FULL_ACCESS: &str = "FullAccess";
const SEND_AS: &str = "SendAs";

/// The owner's own entry in every list.
const SELF: &str = "NT AUTHORITY\\SELF";

/// An entry in a mailbox's list of who may open it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MailboxPermission {
    /// A user principal name or, for a group, its name.
    pub user: String,
    #[serde(default, deserialize_with = "row::texts")]
    pub access_rights: Vec<String>,
    #[serde(default)]
    pub is_inherited: bool,
    #[serde(default)]
    pub deny: bool,
}

/// An entry in a recipient's list of who may send as it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RecipientPermission {
    /// A user principal name or, for a group, its name.
    pub trustee: String,
    #[serde(default, deserialize_with = "row::texts")]
    pub access_rights: Vec<String>,
    /// `Allow` or `Deny`.
    #[serde(default, deserialize_with = "row::text")]
    pub access_control_type: Option<String>,
    #[serde(default)]
    pub is_inherited: bool,
}

impl MailboxPermission {
    /// Whether somebody gave it, for everything in the mailbox.
    fn is_full_access(&self) -> bool {
        !self.deny && !self.is_inherited && self.user != SELF && names(&self.access_rights, FULL_ACCESS)
    }
}

impl RecipientPermission {
    fn is_send_as(&self) -> bool {
        let denied = self.access_control_type.as_deref() == Some("Deny");
        !denied && !self.is_inherited && self.trustee != SELF && names(&self.access_rights, SEND_AS)
    }
}

fn names(rights: &[String], right: &str) -> bool {
    rights.iter().any(|one| one.eq_ignore_ascii_case(right))
}

impl<D: Driver> Exchange<D> {
    /// Whom somebody gave full access to a mailbox.
    pub async fn full_access(&self, mailbox: &Identity) -> Result<Vec<MailboxPermission>> {
        let cmdlet = Cmdlet::read(operation::READ_FULL_ACCESS, "Get-MailboxPermission");
        let mut all: Vec<MailboxPermission> = self.rows(cmdlet.on(mailbox).unlimited()).await?;
        all.retain(MailboxPermission::is_full_access);
        Ok(all)
    }

    /// Gives full access. `automapping`: Outlook shows the mailbox by itself (not to members of a group). A group
    /// must be a mail-enabled security group.
    pub async fn add_full_access(
        &self,
        mailbox: &Identity,
        user: &Identity,
        automapping: bool,
    ) -> Result<Warnings> {
        let cmdlet = Cmdlet::change(operation::ADD_FULL_ACCESS, "Add-MailboxPermission", mailbox)
            .with("User", user.as_str())
            .with("AccessRights", json!([FULL_ACCESS]))
            .with("InheritanceType", "All")
            .with("AutoMapping", automapping)
            .unasked();
        self.change(cmdlet).await
    }

    /// Takes full access away.
    pub async fn remove_full_access(&self, mailbox: &Identity, user: &Identity) -> Result<Warnings> {
        let cmdlet = Cmdlet::change(operation::REMOVE_FULL_ACCESS, "Remove-MailboxPermission", mailbox)
            .with("User", user.as_str())
            .with("AccessRights", json!([FULL_ACCESS]))
            .with("InheritanceType", "All")
            .unasked();
        self.change(cmdlet).await
    }

    /// Who may send as a recipient.
    pub async fn send_as(&self, recipient: &Identity) -> Result<Vec<RecipientPermission>> {
        let cmdlet = Cmdlet::read(operation::READ_SEND_AS, "Get-RecipientPermission");
        let mut all: Vec<RecipientPermission> = self.rows(cmdlet.on(recipient).unlimited()).await?;
        all.retain(RecipientPermission::is_send_as);
        Ok(all)
    }

    /// Lets somebody send as a recipient.
    pub async fn add_send_as(&self, recipient: &Identity, trustee: &Identity) -> Result<Warnings> {
        let cmdlet = Cmdlet::change(operation::ADD_SEND_AS, "Add-RecipientPermission", recipient);
        self.change(may_send_as(cmdlet, trustee)).await
    }

    /// No longer lets somebody send as a recipient.
    pub async fn remove_send_as(&self, recipient: &Identity, trustee: &Identity) -> Result<Warnings> {
        let cmdlet = Cmdlet::change(operation::REMOVE_SEND_AS, "Remove-RecipientPermission", recipient);
        self.change(may_send_as(cmdlet, trustee)).await
    }
}

fn may_send_as(cmdlet: Cmdlet, trustee: &Identity) -> Cmdlet {
    cmdlet
        .with("Trustee", trustee.as_str())
        .with("AccessRights", json!([SEND_AS]))
        .unasked()
}
