//! Whatever can receive mail.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Cmdlet, Driver, Exchange, Identity, operation, row};
use crate::Result;

/// Members of a row that are read in lists.
pub(super) const FIELDS: &[&str] = &[
    "Guid",
    "ExternalDirectoryObjectId",
    "Name",
    "DisplayName",
    "Alias",
    "PrimarySmtpAddress",
    "EmailAddresses",
    "ExternalEmailAddress",
    "RecipientTypeDetails",
];

/// A recipient as Exchange describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Recipient {
    /// Exchange's own id.
    pub guid: Uuid,
    /// Entra's object id, once the object is there.
    #[serde(default, deserialize_with = "row::id")]
    pub external_directory_object_id: Option<Uuid>,
    /// Unique in the tenant.
    pub name: String,
    #[serde(default, deserialize_with = "row::text")]
    pub display_name: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub alias: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub primary_smtp_address: Option<String>,
    /// `SMTP:a@b` for the one from which mail is sent, `smtp:a@b` for others; other kinds too.
    #[serde(default, deserialize_with = "row::texts")]
    pub email_addresses: Vec<String>,
    /// Where a contact's mail goes.
    #[serde(default, deserialize_with = "row::text")]
    pub external_email_address: Option<String>,
    #[serde(rename = "RecipientTypeDetails")]
    pub kind: RecipientKind,
}

/// Exchange's `RecipientTypeDetails`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecipientKind {
    UserMailbox,
    SharedMailbox,
    RoomMailbox,
    EquipmentMailbox,
    /// A distribution list.
    MailUniversalDistributionGroup,
    /// A mail-enabled security group.
    MailUniversalSecurityGroup,
    DynamicDistributionGroup,
    /// A Microsoft 365 group: Graph's to write.
    GroupMailbox,
    MailContact,
    MailUser,
    GuestMailUser,
    /// One that we have no use for.
    #[serde(untagged)]
    Other(String),
}

impl Recipient {
    /// Whether mail to this address comes here.
    pub fn has_address(&self, address: &str) -> bool {
        let same = |other: &str| other.eq_ignore_ascii_case(address);
        let listed = self.email_addresses.iter().filter_map(|entry| smtp(entry));
        self.primary_smtp_address.as_deref().is_some_and(same) || listed.into_iter().any(same)
    }
}

/// The address of an entry like `smtp:a@b`.
pub(super) fn smtp(entry: &str) -> Option<&str> {
    let (kind, address) = entry.split_once(':')?;
    kind.eq_ignore_ascii_case("smtp").then_some(address)
}

impl<D: Driver> Exchange<D> {
    /// The recipient with this id, address, user principal name or alias, if there is one.
    pub async fn recipient(&self, identity: &Identity) -> Result<Option<Recipient>> {
        self.one(Cmdlet::read(operation::READ_RECIPIENT, "Get-Recipient").on(identity))
            .await
    }

    /// All recipients of a kind.
    pub async fn recipients_of(&self, kind: &RecipientKind) -> Result<Vec<Recipient>> {
        let cmdlet = Cmdlet::read(operation::READ_RECIPIENTS_OF_A_KIND, "Get-Recipient")
            .with("RecipientTypeDetails", serde_json::json!(kind))
            .only(FIELDS)
            .unlimited();
        self.rows(cmdlet).await
    }

    /// Recipients, of whatever kind, to which mail to one of these addresses goes.
    pub async fn recipients_at(&self, addresses: &[&str]) -> Result<Vec<Recipient>> {
        if addresses.is_empty() {
            return Ok(Vec::new());
        }
        let cmdlet = Cmdlet::read(operation::READ_RECIPIENTS, "Get-Recipient")
            .with("Filter", holders(addresses))
            .only(FIELDS)
            .unlimited();
        self.rows(cmdlet).await
    }
}

/// The only filter that is written: a quote in a value is doubled ("Recipient filters in Exchange").
fn holders(addresses: &[&str]) -> String {
    let quoted = addresses.iter().map(|address| address.replace('\'', "''"));
    let each = quoted.map(|address| format!("EmailAddresses -eq 'smtp:{address}'"));
    each.collect::<Vec<_>>().join(" -or ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_cannot_leave_its_quotes() {
        assert_eq!(
            holders(&["o'neil@contoso.example", "x' -or Name -like '*"]),
            "EmailAddresses -eq 'smtp:o''neil@contoso.example' -or \
             EmailAddresses -eq 'smtp:x'' -or Name -like ''*'"
        );
    }

    #[test]
    fn a_kind_that_nobody_knows_is_kept() {
        let kind: RecipientKind = serde_json::from_str(r#""TeamMailbox""#).unwrap();
        assert_eq!(kind, RecipientKind::Other("TeamMailbox".to_owned()));
        let kind: RecipientKind = serde_json::from_str(r#""SharedMailbox""#).unwrap();
        assert_eq!(kind, RecipientKind::SharedMailbox);
    }
}
