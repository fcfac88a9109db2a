//! The organisation and its app registrations, read only.

use serde_json::{Value, json};
use uuid::Uuid;

use super::address::named_key;
use super::fault::Fault;
use super::model::Entity;
use super::page::{self, Collection};
use super::permission::{READ_APPLICATIONS, READ_ORGANIZATION};
use super::request::{Outcome, Request, entity};
use crate::directory::App;

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

/// Object ids of application objects are not in the directory's state: the app id stands for them.
fn shown_application(app: &App) -> Entity {
    let keys: Vec<Value> = app
        .certificates
        .iter()
        .filter(|key| !key.removed)
        .map(|key| json!({"keyId": key.key_id, "endDateTime": key.not_after, "type": "AsymmetricX509Cert", "usage": "Verify", "key": null}))
        .collect();
    let secrets: Vec<Value> = app
        .secrets
        .iter()
        .filter(|secret| !secret.removed)
        .map(|secret| json!({"keyId": secret.key_id, "endDateTime": secret.not_after, "secretText": null}))
        .collect();
    object(json!({
        "id": app.app_id,
        "appId": app.app_id,
        "displayName": app.display_name,
        "identifierUris": app.identifier_uris,
        "keyCredentials": keys,
        "passwordCredentials": secrets,
        "signInAudience": "AzureADMyOrg",
    }))
}

fn shown_principal(app: &App) -> Entity {
    object(json!({
        "id": app.principal,
        "appId": app.app_id,
        "displayName": app.display_name,
        "appDisplayName": app.display_name,
        "accountEnabled": true,
        "servicePrincipalType": "Application",
    }))
}

fn list(request: &Request, resource: &str, context: &str, show: fn(&App) -> Entity) -> Outcome {
    request.may(READ_APPLICATIONS)?;
    let tenant = request.world.tenant();
    let collection = Collection {
        resource,
        context,
        default: &[],
    };
    page::directory(
        request,
        collection,
        tenant.directory.apps.values().map(show).collect(),
    )
}

fn one(request: &Request, key: &str, resource: &str, show: fn(&App) -> Entity) -> Outcome {
    request.may(READ_APPLICATIONS)?;
    let tenant = request.world.tenant();
    let by_app = named_key(key, "appId");
    let member = if by_app.is_some() { "appId" } else { "id" };
    let wanted = by_app.as_deref().unwrap_or(key);
    let full = tenant
        .directory
        .apps
        .values()
        .map(show)
        .find(|app| {
            app[member]
                .as_str()
                .is_some_and(|found| found.eq_ignore_ascii_case(wanted))
        })
        .ok_or_else(|| Fault::no_resource(wanted))?;
    let shown = page::select(&full, resource, &request.options.select, &[])?;
    Ok(entity(200, &format!("{resource}s/$entity"), shown))
}

pub(crate) fn applications(request: &Request) -> Outcome {
    list(request, "application", "applications", shown_application)
}

pub(crate) fn application(request: &Request, key: &str) -> Outcome {
    one(request, key, "application", shown_application)
}

pub(crate) fn service_principals(request: &Request) -> Outcome {
    list(request, "servicePrincipal", "servicePrincipals", shown_principal)
}

pub(crate) fn service_principal(request: &Request, key: &str) -> Outcome {
    one(request, key, "servicePrincipal", shown_principal)
}
