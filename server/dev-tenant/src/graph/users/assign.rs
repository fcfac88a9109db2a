//! assignLicense: seats, places and plans.

use std::collections::BTreeSet;

use serde_json::Value;
use uuid::Uuid;

use super::licences::{brings_mailbox, consumed};
use super::show::{DEFAULT, show};
use crate::directory::{Directory, User};
use crate::graph::fault::Fault;
use crate::graph::model::Entity;
use crate::graph::page;
use crate::graph::permission::ASSIGN_LICENCES;
use crate::graph::request::{Outcome, Request, entity, parameter};

struct Wish {
    add: Vec<(Uuid, BTreeSet<Uuid>)>,
    remove: Vec<Uuid>,
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
    let mailbox = brings_mailbox(&tenant.directory, &changed);
    if mailbox && !brings_mailbox(&tenant.directory, user) {
        tenant.directory.licensed.insert(id, request.now);
    }
    if mailbox && changed.properties.get("mail").is_none_or(Value::is_null) {
        let name = changed.user_principal_name.clone().into();
        changed.properties.insert("mail".to_owned(), name);
        super::addresses::remember_mail(&mut changed.properties);
    }
    let shown = page::select(&show(&changed), "user", &[], DEFAULT)?;
    tenant.directory.users.insert(id, changed);
    if mailbox {
        tenant.directory.rename(id, request.now);
    }
    for (sku, _) in &wish.add {
        request.record(&mut tenant, format!("graph:assign-license:user:{}:{sku}", id.0));
    }
    for sku in &wish.remove {
        request.record(&mut tenant, format!("graph:remove-license:user:{}:{sku}", id.0));
    }
    Ok(entity(200, "users/$entity", shown))
}

/// Both arrays are required, even when empty.
fn wish(body: &Entity) -> Result<Wish, Fault> {
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
    for (id, disabled) in &wish.add {
        let sku = directory
            .skus
            .iter()
            .find(|sku| sku.sku_id == *id)
            .ok_or_else(|| unknown(*id))?;
        if user.properties.get("usageLocation").is_none_or(Value::is_null) {
            return Err(Fault::bad_request(
                "License assignment cannot be done for user with invalid usage location.",
            ));
        }
        if disabled.iter().any(|plan| !sku.plans.contains_key(plan)) {
            return Err(Fault::bad_request(format!(
                "One or more disabled plans do not belong to license {id}."
            )));
        }
        let taken = consumed(directory, *id);
        if !user.licences.contains_key(id) && taken >= sku.enabled_units as usize {
            return Err(Fault::bad_request(format!(
                "Subscription with SKU {id} does not have any available licenses."
            )));
        }
    }
    match wish.remove.iter().find(|id| !user.licences.contains_key(id)) {
        Some(_) => Err(Fault::bad_request("User does not have a corresponding license.")),
        None => Ok(()),
    }
}

fn unknown(sku: Uuid) -> Fault {
    Fault::bad_request(format!(
        "License {sku} does not correspond to a valid company License."
    ))
}
