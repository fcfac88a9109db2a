//! A contact for tests.

use m365::exchange::MailContact;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::contact::{ContactIdentity, ContactKey};

pub(super) const CONTACT: Uuid = Uuid::from_u128(9);

fn key(identity: ContactIdentity) -> ContactKey {
    ContactKey {
        display_name: "窓口".to_owned(),
        address: "desk@fabrikam.example".to_owned(),
        identity,
    }
}

pub(super) fn ours() -> ContactKey {
    key(ContactIdentity::Ours {
        unique_name: "provisioning-flow-a-1".to_owned(),
        id: None,
    })
}

pub(super) fn standing() -> ContactKey {
    key(ContactIdentity::Standing { id: CONTACT })
}

/// A contact as Exchange shows it, with more properties.
pub(super) fn contact(more: &Value) -> MailContact {
    let mut shown = json!({ "Guid": CONTACT, "Name": "fabrikam", "DisplayName": "窓口",
        "ExternalEmailAddress": "SMTP:desk@fabrikam.example", "PrimarySmtpAddress": "desk@fabrikam.example" });
    if let (Some(shown), Some(more)) = (shown.as_object_mut(), more.as_object()) {
        shown.extend(more.clone());
    }
    serde_json::from_value(shown).expect("a contact")
}
