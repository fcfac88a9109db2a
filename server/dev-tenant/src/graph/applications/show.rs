//! An app's objects as Graph shows them: credentials by key id, never the secret or the key.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{etag, find, server, x509};
use crate::directory::{App, AppCertificate, AppSecret};
use crate::entra::Server;
use crate::graph::model::Entity;
use crate::graph::page::{self, Collection};
use crate::graph::permission::READ_APPLICATIONS;
use crate::graph::request::{Outcome, Request, entity};
use crate::registration::AppObject;
use crate::switches::EntraSwitches;

/// As whom and when an app is looked at.
#[derive(Clone, Copy)]
pub(super) struct View {
    pub(super) object: AppObject,
    pub(super) server: Server,
    pub(super) now: Timestamp,
    pub(super) switches: EntraSwitches,
}

pub(super) fn show(app: &App, view: View) -> Entity {
    let own = match view.object {
        AppObject::Application => json!({
            "identifierUris": app.identifier_uris,
            "createdDateTime": app.registration.created,
            "web": {"redirectUris": app.redirect_uris},
            "api": {"requestedAccessTokenVersion": app.access_token_version},
            "tags": [],
            "uniqueName": null,
        }),
        AppObject::ServicePrincipal => json!({
            "appDisplayName": app.display_name,
            "accountEnabled": true,
            "servicePrincipalType": "Application",
            "servicePrincipalNames": [app.app_id],
            "tags": [],
        }),
    };
    let mut shown = own.as_object().cloned().unwrap_or_default();
    let common = json!({
        "id": app.object_id(view.object),
        "appId": app.app_id,
        "displayName": app.display_name,
        "signInAudience": "AzureADMyOrg",
        "deletedDateTime": null,
        "keyCredentials": keys(app, view),
        "passwordCredentials": secrets(app, view),
    });
    shown.extend(common.as_object().cloned().unwrap_or_default());
    if view.object == AppObject::Application {
        shown.extend(app.registration.properties.clone());
    }
    shown
}

fn keys(app: &App, view: View) -> Vec<Value> {
    let held = view.server.certificates(app, view.now);
    let held = held.filter(|held| app.keeper(held.key_id) == view.object);
    held.map(|held| key(app, held, view.switches)).collect()
}

pub(super) fn key(app: &App, held: &AppCertificate, switches: EntraSwitches) -> Value {
    let record = app.registration.records.get(&held.key_id);
    let certificate = x509::read(&held.der);
    let starts = certificate
        .as_ref()
        .and_then(x509::validity)
        .map(|(starts, _)| starts);
    json!({
        "customKeyIdentifier": certificate
            .and_then(|certificate| x509::thumbprint(&certificate, switches.thumbprints_are_base64)),
        "displayName": record.and_then(|record| record.display_name.as_deref()),
        "endDateTime": held.not_after,
        "key": null,
        "keyId": held.key_id,
        "startDateTime": record.map_or(starts, |record| Some(record.starts)),
        "type": "AsymmetricX509Cert",
        "usage": "Verify",
    })
}

fn secrets(app: &App, view: View) -> Vec<Value> {
    let held = view.server.secrets(app, view.now);
    let held = held.filter(|held| app.keeper(held.key_id) == view.object);
    held.map(|held| secret(app, held)).collect()
}

pub(super) fn secret(app: &App, held: &AppSecret) -> Value {
    let record = app.registration.records.get(&held.key_id);
    json!({
        "customKeyIdentifier": null,
        "displayName": record.and_then(|record| record.display_name.as_deref()),
        "endDateTime": held.not_after,
        "hint": record.and_then(|record| record.hint.as_deref()),
        "keyId": held.key_id,
        "secretText": null,
        "startDateTime": record.map(|record| record.starts),
    })
}

pub(super) fn list(request: &Request, object: AppObject) -> Outcome {
    request.may(READ_APPLICATIONS)?;
    let mut tenant = request.world.tenant();
    let view = View {
        object,
        server: server(&mut tenant),
        now: request.now,
        switches: tenant.switches.entra,
    };
    let resource = object.resource();
    let collection = Collection {
        resource,
        context: &format!("{resource}s"),
        default: &[],
    };
    let apps = tenant.directory.apps.values();
    let shown = apps.map(|app| etag::with_version(show(app, view), view));
    page::directory(request, collection, shown.collect())
}

pub(super) fn one(request: &Request, object: AppObject, key: &str) -> Outcome {
    request.may(READ_APPLICATIONS)?;
    let mut tenant = request.world.tenant();
    let view = View {
        object,
        server: server(&mut tenant),
        now: request.now,
        switches: tenant.switches.entra,
    };
    let full = etag::with_version(show(find(&tenant.directory, object, key)?, view), view);
    let resource = object.resource();
    let shown = page::select(&full, resource, &request.options.select, &[])?;
    Ok(entity(200, &format!("{resource}s/$entity"), shown))
}

/// As one among directory objects, such as owners.
pub(crate) fn as_directory_object(app: &App, object: AppObject, now: Timestamp) -> Entity {
    let view = View {
        object,
        server: Server::FIRST,
        now,
        switches: EntraSwitches::default(),
    };
    let mut shown = show(app, view);
    let kind = format!("#microsoft.graph.{}", object.resource());
    shown.insert("@odata.type".to_owned(), kind.into());
    shown
}
