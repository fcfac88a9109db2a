//! A mailbox for tests.

use m365::exchange::Mailbox;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::mailbox::{MailboxIdentity, MailboxKey};

pub(super) const BOX: Uuid = Uuid::from_u128(9);
pub(super) const ACCOUNT: Uuid = Uuid::from_u128(8);

fn key(identity: MailboxIdentity) -> MailboxKey {
    MailboxKey {
        display_name: "窓口".to_owned(),
        address: "info@contoso.example".to_owned(),
        identity,
    }
}

pub(super) fn ours() -> MailboxKey {
    key(MailboxIdentity::Ours {
        unique_name: "provisioning-flow-a-1".to_owned(),
        id: None,
    })
}

pub(super) fn standing() -> MailboxKey {
    key(MailboxIdentity::Standing { id: ACCOUNT })
}

/// A mailbox as Exchange shows it, with more properties.
pub(super) fn mailbox(more: &Value) -> Mailbox {
    let mut shown = json!({ "Guid": BOX, "ExternalDirectoryObjectId": ACCOUNT, "Name": "provisioning-flow-a-1",
        "DisplayName": "窓口", "PrimarySmtpAddress": "info@contoso.example", "RecipientTypeDetails": "SharedMailbox",
        "EmailAddresses": ["SMTP:info@contoso.example", "smtp:help@contoso.example", "SIP:info@contoso.example"] });
    if let (Some(shown), Some(more)) = (shown.as_object_mut(), more.as_object()) {
        shown.extend(more.clone());
    }
    serde_json::from_value(shown).expect("a mailbox")
}
