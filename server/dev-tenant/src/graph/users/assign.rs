//! assignLicense: seats, places and plans.

use std::collections::BTreeSet;

use serde_json::Value;
use uuid::Uuid;

use super::licences::{consumed, holds};
use super::show::{DEFAULT, show};
use super::{mailboxes, plans};
use crate::directory::{Directory, Sku, User};
use crate::graph::fault::Fault;
use crate::graph::model::Entity;
use crate::graph::page;
use crate::graph::permission::{ASSIGN_LICENCES, WRITE_USERS};
use crate::graph::request::{Outcome, Request, entity, parameter};

pub(crate) struct Wish {
    pub(crate) add: Vec<(Uuid, BTreeSet<Uuid>)>,
    pub(crate) remove: Vec<Uuid>,
}

pub(crate) fn assign(request: &Request, key: &str) -> Outcome {
    request.may_write(ASSIGN_LICENCES)?;
    let wish = wish(&request.object()?)?;
    let mut tenant = request.world.tenant();
    let user = super::find(&tenant.directory, request.now, key)?;
    check(&tenant.directory, user, &wish)?;
    let id = user.id;
    let mut changed = user.clone();
    for sku in &wish.remove {
        changed.licences.remove(sku);
    }
    changed.licences.extend(wish.add.iter().cloned());
    plans::check(&tenant.directory, &changed)?;
    let accepted = tenant.switches.assign_licence_is_accepted;
    let shown = page::select(&show(&changed), "user", &[], DEFAULT)?;
    let before = tenant.directory.users.insert(id, changed);
    mailboxes::follow(&mut tenant.directory, before.as_ref(), id, request.now);
    for (sku, _) in &wish.add {
        request.record(&mut tenant, format!("graph:assign-license:user:{}:{sku}", id.0));
    }
    for sku in &wish.remove {
        request.record(&mut tenant, format!("graph:remove-license:user:{}:{sku}", id.0));
    }
    Ok(entity(if accepted { 202 } else { 200 }, "users/$entity", shown))
}

/// Looks at the licences of a user's groups anew, which happens here before every answer.
pub(crate) fn reprocess(request: &Request, key: &str) -> Outcome {
    request.may_write(WRITE_USERS)?;
    let mut tenant = request.world.tenant();
    let user = super::find(&tenant.directory, request.now, key)?;
    let shown = page::select(&show(user), "user", &[], DEFAULT)?;
    let what = format!("graph:reprocess-licenses:user:{}", user.id.0);
    request.record(&mut tenant, what);
    Ok(entity(200, "users/$entity", shown))
}

/// Both arrays are required, even when empty.
pub(crate) fn wish(body: &Entity) -> Result<Wish, Fault> {
    let array = |name: &str| {
        parameter(body, name)
            .and_then(Value::as_array)
            .ok_or_else(|| Fault::bad_request(format!("A null value was found for the parameter '{name}', which has the expected type and does not allow null values.")))
    };
    let add = array("addLicenses")?
        .iter()
        .map(|licence| {
            let disabled = licence["disabledPlans"].as_array().into_iter().flatten();
            Ok((
                guid(&licence["skuId"])?,
                disabled.map(guid).collect::<Result<_, Fault>>()?,
            ))
        })
        .collect::<Result<_, Fault>>()?;
    let remove = array("removeLicenses")?
        .iter()
        .map(guid)
        .collect::<Result<_, Fault>>()?;
    Ok(Wish { add, remove })
}

fn guid(value: &Value) -> Result<Uuid, Fault> {
    value
        .as_str()
        .and_then(|text| Uuid::try_parse(text).ok())
        .ok_or_else(|| {
            Fault::bad_request("Cannot convert a primitive value to the expected type 'Edm.Guid'.")
        })
}

fn check(directory: &Directory, user: &User, wish: &Wish) -> Result<(), Fault> {
    check_skus(directory, wish)?;
    for (id, _) in &wish.add {
        let sku = bought(directory, *id)?;
        if user.properties.get("usageLocation").is_none_or(Value::is_null) {
            return Err(Fault::bad_request(
                "License assignment cannot be done for user with invalid usage location.",
            ));
        }
        let taken = consumed(directory, *id);
        if !holds(user, *id) && taken >= sku.enabled_units as usize {
            return Err(Fault::bad_request(format!(
                "Subscription with SKU {id} does not have any available licenses."
            )));
        }
    }
    match wish.remove.iter().find(|id| !user.licences.contains_key(id)) {
        Some(id) if user.inherited.iter().any(|licence| licence.sku == *id) => Err(Fault::bad_request(
            "User license is inherited from a group membership and it cannot be removed directly from the user.",
        )),
        Some(_) => Err(Fault::bad_request("User does not have a corresponding license.")),
        None => Ok(()),
    }
}

/// Every SKU was bought and has the plans that are to be disabled.
pub(crate) fn check_skus(directory: &Directory, wish: &Wish) -> Result<(), Fault> {
    for (id, disabled) in &wish.add {
        let sku = bought(directory, *id)?;
        if disabled.iter().any(|plan| !sku.plans.contains_key(plan)) {
            return Err(Fault::bad_request(format!(
                "One or more disabled plans do not belong to license {id}."
            )));
        }
    }
    Ok(())
}

fn bought(directory: &Directory, id: Uuid) -> Result<&Sku, Fault> {
    let mut skus = directory.skus.iter();
    skus.find(|sku| sku.sku_id == id).ok_or_else(|| unknown(id))
}

fn unknown(sku: Uuid) -> Fault {
    Fault::bad_request(format!(
        "License {sku} does not correspond to a valid company License."
    ))
}
