//! What the tenant has bought, and what a user holds of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::directory::{Directory, Sku, User};
use crate::graph::fault::Fault;
use crate::graph::model::Entity;
use crate::graph::page::{self, Collection};
use crate::graph::permission::{READ_LICENCES, READ_SKUS};
use crate::graph::request::{Outcome, Request, entity};

/// Seats in use: licences of deleted users are free again.
pub(crate) fn consumed(directory: &Directory, sku: Uuid) -> usize {
    directory
        .users
        .values()
        .filter(|user| user.deleted.is_none() && holds(user, sku))
        .count()
}

/// Whether a user has a licence, of his own or by a group.
pub(crate) fn holds(user: &User, sku: Uuid) -> bool {
    let mut inherited = user.inherited.iter();
    user.licences.contains_key(&sku) || inherited.any(|licence| licence.sku == sku && licence.error.is_none())
}

/// All licences of a user, each with the plans that are disabled wherever it comes from.
pub(crate) fn held(user: &User) -> BTreeMap<Uuid, BTreeSet<Uuid>> {
    let mut all = user.licences.clone();
    for licence in user.inherited.iter().filter(|licence| licence.error.is_none()) {
        let disabled = all.entry(licence.sku).or_insert_with(|| licence.disabled.clone());
        disabled.retain(|plan| licence.disabled.contains(plan));
    }
    all
}

/// Whether a user's licences hold an enabled Exchange plan, which comes with a mailbox.
pub(crate) fn brings_mailbox(directory: &Directory, user: &User) -> bool {
    held(user).iter().any(|(id, disabled)| {
        let sku = directory.skus.iter().find(|sku| sku.sku_id == *id);
        let plans = sku.into_iter().flat_map(|sku| &sku.plans);
        plans
            .into_iter()
            .any(|(plan, name)| name.starts_with("EXCHANGE") && !disabled.contains(plan))
    })
}

pub(crate) fn skus(request: &Request) -> Outcome {
    request.may(READ_SKUS)?;
    let tenant = request.world.tenant();
    let all = tenant.directory.skus.iter();
    let entities = all.map(|sku| shown(request, &tenant.directory, sku)).collect();
    let collection = Collection {
        resource: "subscribedSku",
        context: "subscribedSkus",
        default: &[],
    };
    page::directory(request, collection, entities)
}

pub(crate) fn sku(request: &Request, key: &str) -> Outcome {
    request.may(READ_SKUS)?;
    let tenant = request.world.tenant();
    let mut all = tenant
        .directory
        .skus
        .iter()
        .map(|sku| shown(request, &tenant.directory, sku));
    let full = all
        .find(|sku| sku["id"] == key)
        .ok_or_else(|| Fault::no_resource(key))?;
    let shown = page::select(&full, "subscribedSku", &request.options.select, &[])?;
    Ok(entity(200, "subscribedSkus/$entity", shown))
}

fn shown(request: &Request, directory: &Directory, sku: &Sku) -> Entity {
    let account = request.world.names.id;
    object(json!({
        "id": format!("{account}_{}", sku.sku_id),
        "accountId": account,
        "accountName": request.world.names.name,
        "appliesTo": "User",
        "capabilityStatus": "Enabled",
        "consumedUnits": consumed(directory, sku.sku_id),
        "prepaidUnits": {"enabled": sku.enabled_units, "suspended": 0, "warning": 0, "lockedOut": 0},
        "servicePlans": plans(sku, &[]),
        "skuId": sku.sku_id,
        "skuPartNumber": sku.part_number,
        "subscriptionIds": [sku.sku_id],
    }))
}

fn object(value: Value) -> Entity {
    match value {
        Value::Object(map) => map,
        _ => Entity::new(),
    }
}

fn plans(sku: &Sku, disabled: &[Uuid]) -> Vec<Value> {
    sku.plans
        .iter()
        .map(|(id, name)| {
            let status = if disabled.contains(id) { "Disabled" } else { "Success" };
            json!({"servicePlanId": id, "servicePlanName": name, "provisioningStatus": status, "appliesTo": "User"})
        })
        .collect()
}

pub(crate) fn details(request: &Request, key: &str) -> Outcome {
    let tenant = request.world.tenant();
    let user = super::find(&tenant.directory, request.now, key);
    match &user {
        Ok(user) => request.may_read_user(user.id, READ_LICENCES)?,
        Err(_) => request.may(READ_LICENCES)?,
    }
    let user = user?;
    let entities = held(user)
        .iter()
        .map(|(id, disabled)| {
            let sku = tenant.directory.skus.iter().find(|sku| sku.sku_id == *id);
            let sku = sku.ok_or_else(|| Fault::no_resource(&id.to_string()))?;
            let disabled: Vec<Uuid> = disabled.iter().copied().collect();
            Ok(object(json!({
                "id": format!("{}_{id}", user.id.0),
                "servicePlans": plans(sku, &disabled),
                "skuId": id,
                "skuPartNumber": sku.part_number,
            })))
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    let context = format!("users('{}')/licenseDetails", user.id.0);
    let collection = Collection {
        resource: "licenseDetails",
        context: &context,
        default: &[],
    };
    page::directory(request, collection, entities)
}
