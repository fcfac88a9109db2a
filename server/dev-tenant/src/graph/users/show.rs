//! A user as Graph shows him.

use serde_json::{Value, json};

use crate::directory::User;
use crate::graph::model::Entity;

/// What Graph returns when nothing is selected (Microsoft Graph, "user resource type").
pub(crate) const DEFAULT: &[&str] = &[
    "businessPhones",
    "displayName",
    "givenName",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
    "id",
];

pub(crate) fn show(user: &User) -> Entity {
    let mut entity = user.properties.clone();
    entity.remove("passwordProfile");
    for collection in ["businessPhones", "otherMails", "proxyAddresses"] {
        entity.entry(collection).or_insert_with(|| json!([]));
    }
    let licences: Vec<Value> = user
        .licences
        .iter()
        .map(|(sku, disabled)| json!({"skuId": sku, "disabledPlans": disabled}))
        .collect();
    let states: Vec<Value> = user
        .licences
        .iter()
        .map(|(sku, disabled)| {
            json!({"skuId": sku, "disabledPlans": disabled, "assignedByGroup": null,
                   "state": "Active", "error": "None", "lastUpdatedDateTime": user.created})
        })
        .collect();
    for (name, value) in [
        ("id", json!(user.id)),
        ("userPrincipalName", json!(user.user_principal_name)),
        ("displayName", json!(user.display_name)),
        ("accountEnabled", json!(user.account_enabled)),
        ("createdDateTime", json!(user.created)),
        ("deletedDateTime", json!(user.deleted)),
        ("assignedLicenses", licences.into()),
        ("licenseAssignmentStates", states.into()),
    ] {
        entity.insert(name.to_owned(), value);
    }
    entity
}
