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

type Computed = (&'static str, fn(&User) -> Value);

/// What is no property of its own in the directory.
const COMPUTED: [Computed; 8] = [
    ("id", |user| json!(user.id)),
    ("userPrincipalName", |user| json!(user.user_principal_name)),
    ("displayName", |user| json!(user.display_name)),
    ("accountEnabled", |user| json!(user.account_enabled)),
    ("createdDateTime", |user| json!(user.created)),
    ("deletedDateTime", |user| json!(user.deleted)),
    ("assignedLicenses", licences),
    ("licenseAssignmentStates", states),
];

pub(crate) fn show(user: &User) -> Entity {
    show_where(user, |_| true)
}

/// Only those properties that are wanted by name.
pub(crate) fn show_where(user: &User, wanted: impl Fn(&str) -> bool) -> Entity {
    let stored = user.properties.iter();
    let mut entity: Entity = stored
        .filter(|(name, _)| *name != "passwordProfile" && wanted(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    for collection in ["businessPhones", "otherMails", "proxyAddresses"] {
        if wanted(collection) {
            entity.entry(collection).or_insert_with(|| json!([]));
        }
    }
    for (name, value) in COMPUTED {
        if wanted(name) {
            entity.insert(name.to_owned(), value(user));
        }
    }
    entity
}

fn licences(user: &User) -> Value {
    let all = super::licences::held(user).into_iter();
    all.map(|(sku, disabled)| json!({"skuId": sku, "disabledPlans": disabled}))
        .collect()
}

fn states(user: &User) -> Value {
    let own = user.licences.iter().map(|(sku, disabled)| {
        json!({"skuId": sku, "disabledPlans": disabled, "assignedByGroup": null,
               "state": "Active", "error": "None", "lastUpdatedDateTime": user.created})
    });
    let inherited = user.inherited.iter().map(|licence| {
        let state = if licence.error.is_some() { "Error" } else { "Active" };
        json!({"skuId": licence.sku, "disabledPlans": licence.disabled, "assignedByGroup": licence.group,
               "state": state, "error": licence.error.as_deref().unwrap_or("None"), "lastUpdatedDateTime": user.created})
    });
    own.chain(inherited).collect()
}
