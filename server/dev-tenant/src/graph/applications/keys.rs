//! Certificates of an app, one by one: whoever holds an old one proves it and adds the next.

use serde_json::Value;

use super::passwords::{key_id, time};
use super::{change, changeable, find, proof, show, x509};
use crate::call::Reply;
use crate::caller::Caller;
use crate::directory::{App, AppCertificate, AppId, Directory};
use crate::graph::fault::Fault;
use crate::graph::model::{self, Entity};
use crate::graph::permission::WRITE_CREDENTIALS;
use crate::graph::policies::{Credential, permit};
use crate::graph::request::{Outcome, Request, entity, parameter};
use crate::registration::{AppObject, CredentialRecord};
use crate::world::{Ids, Tenant};

pub(super) fn add(request: &Request, object: AppObject, key: &str) -> Outcome {
    let mut tenant = request.world.tenant();
    let app = own(request, &mut tenant, object, key)?;
    let body = request.object()?;
    let asked = parameter(&body, "keyCredential").and_then(Value::as_object);
    let asked = asked.ok_or_else(|| Fault::required("keyCredential", "addKey"))?;
    let asked = model::canonical("keyCredential", asked)?;
    proven(request, &tenant, app, object, &body)?;
    let made = Certificate::read(request, &mut tenant.ids, object, &asked)?;
    made.permitted(&tenant.directory, app)?;
    let switches = tenant.switches.entra;
    let app = tenant
        .directory
        .apps
        .get_mut(&app)
        .ok_or_else(|| Fault::no_resource(key))?;
    let id = made.held.key_id;
    made.put(app);
    let held = app.certificates.last();
    let shown = held.map_or(Value::Null, |held| show::key(app, held, switches));
    let what = format!(
        "graph:add-certificate:{}:{}:{id}",
        object.resource(),
        app.object_id(object).0
    );
    request.record(&mut tenant, what);
    let shown = shown.as_object().cloned().unwrap_or_default();
    Ok(entity(200, "microsoft.graph.keyCredential", shown))
}

pub(super) fn remove(request: &Request, object: AppObject, key: &str) -> Outcome {
    let mut tenant = request.world.tenant();
    let app = own(request, &mut tenant, object, key)?;
    let body = request.object()?;
    let gone = key_id(&body)?;
    proven(request, &tenant, app, object, &body)?;
    let app = tenant
        .directory
        .apps
        .get_mut(&app)
        .ok_or_else(|| Fault::no_resource(key))?;
    if !change::drop_certificate(app, object, gone, request.now) {
        return Err(Fault::bad_request("No credentials found to be removed."));
    }
    let what = format!(
        "graph:remove-certificate:{}:{}:{gone}",
        object.resource(),
        app.object_id(object).0
    );
    request.record(&mut tenant, what);
    Ok(Reply::empty(204))
}

/// The app whose certificates the caller may roll; its own, where being the app is enough.
fn own(request: &Request, tenant: &mut Tenant, object: AppObject, key: &str) -> Result<AppId, Fault> {
    if let Caller::App(caller) = request.caller
        && !tenant.switches.entra.own_keys_need_permission
        && find(&tenant.directory, object, key)?.app_id == caller.app_id
    {
        return Ok(caller.app_id);
    }
    changeable(request, &mut tenant.directory, object, key, WRITE_CREDENTIALS).map(|app| app.app_id)
}

fn proven(
    request: &Request,
    tenant: &Tenant,
    app: AppId,
    object: AppObject,
    body: &Entity,
) -> Result<(), Fault> {
    let proof = parameter(body, "proof").and_then(Value::as_str);
    let proof = proof.ok_or_else(Fault::denied)?;
    if !tenant.switches.entra.takes_proofs {
        return Err(proof::refused());
    }
    let app = tenant.directory.apps.get(&app).ok_or_else(Fault::denied)?;
    proof::check(app, object, proof, request.now)
}

/// A certificate to be added, with what will be known of it.
pub(super) struct Certificate {
    held: AppCertificate,
    record: CredentialRecord,
}

impl Certificate {
    /// Reads a `keyCredential`, whose names are Graph's.
    pub(super) fn read(
        request: &Request,
        ids: &mut Ids,
        object: AppObject,
        asked: &Entity,
    ) -> Result<Self, Fault> {
        let text = |name: &str| asked.get(name).and_then(Value::as_str);
        match (text("type"), text("usage")) {
            (Some("AsymmetricX509Cert"), Some("Verify")) => {}
            (Some("X509CertAndPassword"), _) | (_, Some("Sign")) => {
                return Err(Fault::NotModelled("certificates by which Entra signs".to_owned()));
            }
            (_, Some("Verify")) => return Err(Fault::invalid("type", "keyCredential")),
            _ => return Err(Fault::invalid("usage", "keyCredential")),
        }
        let der = text("key").ok_or_else(|| Fault::required("key", "keyCredential"))?;
        let certificate = x509::read(der).ok_or_else(|| Fault::invalid("key", "keyCredential"))?;
        let valid = x509::validity(&certificate).ok_or_else(|| Fault::invalid("key", "keyCredential"))?;
        let starts = time(asked, "startDateTime")?.unwrap_or(valid.0);
        let ends = time(asked, "endDateTime")?.unwrap_or(valid.1);
        if ends <= starts || ends > valid.1 || ends <= request.now {
            return Err(Fault::bad_request("Key credential end date is invalid."));
        }
        let id = text("keyId").map(str::parse).transpose();
        let id = id.map_err(|_| Fault::invalid("keyId", "keyCredential"))?;
        let held = AppCertificate {
            key_id: id.unwrap_or_else(|| ids.uuid()),
            der: der.to_owned(),
            not_after: ends,
            removed: false,
        };
        let record = CredentialRecord {
            object,
            display_name: text("displayName").map(str::to_owned),
            starts,
            hint: None,
            added: request.now,
            removed: None,
        };
        Ok(Self { held, record })
    }

    pub(super) fn permitted(&self, directory: &Directory, app: AppId) -> Result<(), Fault> {
        let life = (self.record.starts, self.held.not_after);
        permit(directory, app, self.record.object, Credential::Certificate, life)
    }

    pub(super) fn id(&self) -> uuid::Uuid {
        self.held.key_id
    }

    /// Puts it last among the app's.
    pub(super) fn put(self, app: &mut App) {
        app.registration.records.insert(self.held.key_id, self.record);
        app.certificates.push(self.held);
    }
}
