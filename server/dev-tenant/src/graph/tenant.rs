//! The organisation, read only.

use serde_json::{Value, json};
use uuid::Uuid;

use super::fault::Fault;
use super::model::Entity;
use super::page::{self, Collection};
use super::permission::READ_ORGANIZATION;
use super::request::{Outcome, Request, entity};

fn object(value: Value) -> Entity {
    match value {
        Value::Object(map) => map,
        _ => Entity::new(),
    }
}

fn shown_organization(request: &Request) -> Entity {
    let names = &request.world.names;
    object(json!({
        "id": names.id,
        "displayName": names.display_name,
        "countryLetterCode": "JP",
        "tenantType": "AAD",
        "verifiedDomains": [{"name": names.domain, "type": "Managed", "isDefault": true, "isInitial": true,
                             "capabilities": "Email, OfficeCommunicationsOnline"}],
    }))
}

pub(crate) fn organizations(request: &Request) -> Outcome {
    request.may(READ_ORGANIZATION)?;
    let collection = Collection {
        resource: "organization",
        context: "organization",
        default: &[],
    };
    page::directory(request, collection, vec![shown_organization(request)])
}

pub(crate) fn organization(request: &Request, key: &str) -> Outcome {
    request.may(&[
        "User.Read.All",
        "Organization.Read.All",
        "Organization.ReadWrite.All",
    ])?;
    if Uuid::try_parse(key).ok() != Some(request.world.names.id) {
        return Err(Fault::no_resource(key));
    }
    let shown = page::select(
        &shown_organization(request),
        "organization",
        &request.options.select,
        &[],
    )?;
    Ok(entity(200, "organization/$entity", shown))
}
