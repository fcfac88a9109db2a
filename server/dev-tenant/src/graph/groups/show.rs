//! A group as Graph shows it.

use serde_json::json;

use crate::directory::Group;
use crate::graph::model::Entity;

pub(crate) fn show(group: &Group) -> Entity {
    let mut entity = group.properties.clone();
    for (name, absent) in [
        ("description", json!(null)),
        ("mail", json!(null)),
        ("visibility", json!(null)),
        ("onPremisesSyncEnabled", json!(null)),
        ("groupTypes", json!([])),
        ("proxyAddresses", json!([])),
        ("mailEnabled", json!(false)),
        ("securityEnabled", json!(true)),
    ] {
        entity.entry(name).or_insert(absent);
    }
    let licences = group.licences.iter();
    let licences = licences.map(|(sku, disabled)| json!({"skuId": sku, "disabledPlans": disabled}));
    entity.insert("assignedLicenses".to_owned(), licences.collect());
    entity.insert("id".to_owned(), json!(group.id));
    entity.insert("displayName".to_owned(), json!(group.display_name));
    entity.insert("uniqueName".to_owned(), json!(group.unique_name));
    entity.insert("createdDateTime".to_owned(), json!(group.created));
    entity.insert("deletedDateTime".to_owned(), json!(group.deleted));
    entity
}
