//! What plans call the properties of a contact, and what Exchange calls them.

use m365::exchange::{ContactDetails, ContactDetailsChange, MailContact};
use serde_json::{Map, Value, json};

/// Name and address.
pub(crate) fn shown(contact: &MailContact) -> Map<String, Value> {
    let shown = json!({
        "displayName": contact.display_name.as_deref().unwrap_or(&contact.name),
        "address": contact.external_address(),
    });
    shown.as_object().cloned().unwrap_or_default()
}

/// What the address book says beside them; null: nothing.
pub(crate) fn about(details: &ContactDetails) -> Map<String, Value> {
    let about = json!({
        "surname": details.last_name, "givenName": details.first_name, "companyName": details.company,
        "department": details.department, "jobTitle": details.title, "officeLocation": details.office,
        "phone": details.phone, "mobilePhone": details.mobile_phone,
    });
    about.as_object().cloned().unwrap_or_default()
}

/// What is set; null takes away.
pub(crate) fn details_change(set: &Map<String, Value>) -> ContactDetailsChange<'_> {
    let text = |name: &str| set.get(name).map(|value| value.as_str().unwrap_or_default());
    ContactDetailsChange {
        last_name: text("surname"),
        first_name: text("givenName"),
        company: text("companyName"),
        department: text("department"),
        title: text("jobTitle"),
        office: text("officeLocation"),
        phone: text("phone"),
        mobile_phone: text("mobilePhone"),
        ..ContactDetailsChange::default()
    }
}
