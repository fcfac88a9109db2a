//! Changing an app's objects. A list of credentials in the body replaces what is there: who forgets one removes it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::keys::Certificate;
use super::{changeable, etag};
use crate::call::Reply;
use crate::directory::{App, AppId};
use crate::graph::fault::Fault;
use crate::graph::model::{self, Entity};
use crate::graph::permission::WRITE_APPLICATIONS;
use crate::graph::request::{Outcome, Request};
use crate::registration::AppObject;
use crate::world::Tenant;

/// Beside credentials and name; what else there is decides nothing here.
const PROPERTIES: [&str; 4] = ["description", "notes", "tags", "serviceManagementReference"];

pub(super) fn patch(request: &Request, object: AppObject, key: &str) -> Outcome {
    let mut changes = model::canonical(object.resource(), &request.object()?)?;
    let (keys, secrets) = (
        changes.remove("keyCredentials"),
        changes.remove("passwordCredentials"),
    );
    check_properties(object, &changes)?;
    let mut tenant = request.world.tenant();
    let switches = tenant.switches.entra;
    let app = changeable(request, &mut tenant.directory, object, key, WRITE_APPLICATIONS)?;
    etag::check(request, app, object, switches)?;
    let id = app.app_id;
    let keys = keys
        .map(|keys| Keys::read(request, &mut tenant, id, object, &keys))
        .transpose()?;
    let app = tenant
        .directory
        .apps
        .get_mut(&id)
        .ok_or_else(|| Fault::no_resource(key))?;
    let kept = secrets
        .map(|secrets| kept_secrets(app, object, &secrets))
        .transpose()?;
    let mut effects: Vec<Effect> = Vec::new();
    if let Some(keys) = keys {
        effects.extend(keys.apply(app, object, request.now));
    }
    if let Some(kept) = kept {
        effects.extend(drop_other_secrets(app, object, &kept, request.now));
    }
    let whom = format!("{}:{}", object.resource(), app.object_id(object).0);
    let renews = !changes.is_empty();
    apply(app, changes);
    for (verb, credential) in effects {
        request.record(&mut tenant, format!("graph:{verb}:{whom}:{credential}"));
    }
    if renews {
        request.record(&mut tenant, format!("graph:update:{whom}"));
    }
    Ok(Reply::empty(204))
}

/// What became of which credential, in the words of the ledger.
type Effect = (&'static str, Uuid);

fn check_properties(object: AppObject, changes: &Entity) -> Result<(), Fault> {
    let known = |name: &str| name == "displayName" || PROPERTIES.contains(&name);
    match changes
        .keys()
        .find(|name| object == AppObject::ServicePrincipal || !known(name))
    {
        Some(name) => Err(Fault::NotModelled(format!(
            "changing {name} of an {}",
            object.resource()
        ))),
        None => Ok(()),
    }
}

fn apply(app: &mut App, changes: Entity) {
    for (name, value) in changes {
        match (name.as_str(), value) {
            ("displayName", Value::String(text)) => app.display_name = text,
            (_, value) => {
                app.registration.properties.insert(name, value);
            }
        }
    }
}

/// The certificates that a body names: those to stay, and new ones.
struct Keys {
    kept: BTreeSet<Uuid>,
    new: Vec<Certificate>,
}

impl Keys {
    fn read(
        request: &Request,
        tenant: &mut Tenant,
        app: AppId,
        object: AppObject,
        listed: &Value,
    ) -> Result<Self, Fault> {
        let mut keys = Self {
            kept: BTreeSet::new(),
            new: Vec::new(),
        };
        for entry in entries(listed, "keyCredential")? {
            if let Some(id) = tenant
                .directory
                .apps
                .get(&app)
                .and_then(|app| known(app, object, &entry))
            {
                let app = tenant.directory.apps.get(&app).ok_or_else(Fault::denied)?;
                check_unchanged(app, id, &entry)?;
                keys.kept.insert(id);
                continue;
            }
            let new = Certificate::read(request, &mut tenant.ids, object, &entry)?;
            new.permitted(&tenant.directory, app)?;
            keys.new.push(new);
        }
        Ok(keys)
    }

    fn apply(self, app: &mut App, object: AppObject, now: Timestamp) -> Vec<Effect> {
        let held: Vec<Uuid> = app.certificates.iter().map(|held| held.key_id).collect();
        let gone = held.into_iter().filter(|id| !self.kept.contains(id));
        let gone: Vec<Uuid> = gone
            .filter(|id| drop_certificate(app, object, *id, now))
            .collect();
        let mut effects: Vec<Effect> = gone.into_iter().map(|id| ("remove-certificate", id)).collect();
        for new in self.new {
            effects.push(("add-certificate", new.id()));
            new.put(app);
        }
        effects
    }
}

/// The entries of a list, in Graph's spelling.
fn entries(listed: &Value, resource: &str) -> Result<Vec<Entity>, Fault> {
    let all = listed.as_array().into_iter().flatten();
    all.map(|entry| {
        let entry = entry
            .as_object()
            .ok_or_else(|| Fault::invalid("value", resource))?;
        model::canonical(resource, entry)
    })
    .collect()
}

/// The certificate in the registration that an entry means.
fn known(app: &App, object: AppObject, entry: &Entity) -> Option<Uuid> {
    let id = entry.get("keyId")?.as_str()?.parse().ok()?;
    let mut held = app.certificates.iter();
    held.any(|held| held.key_id == id && !held.removed && app.keeper(id) == object)
        .then_some(id)
}

/// What stands in the registration cannot be altered; the key itself is never sent back.
fn check_unchanged(app: &App, id: Uuid, entry: &Entity) -> Result<(), Fault> {
    let key = entry.get("key").and_then(Value::as_str);
    let mut held = app.certificates.iter();
    if held.any(|held| held.key_id == id && key.is_none_or(|key| key == held.der)) {
        return Ok(());
    }
    Err(Fault::bad_request(format!(
        "Update to existing credential with KeyId '{id}' is not allowed."
    )))
}

/// The secrets that a body names; new ones cannot come this way.
fn kept_secrets(app: &App, object: AppObject, listed: &Value) -> Result<BTreeSet<Uuid>, Fault> {
    let entries = entries(listed, "passwordCredential")?;
    let kept = entries.iter().map(|entry| {
        let id = entry.get("keyId").and_then(Value::as_str);
        let id = id.and_then(|id| id.parse().ok());
        let mut held = app.secrets.iter();
        id.filter(|id| held.any(|held| held.key_id == *id && !held.removed && app.keeper(*id) == object))
    });
    kept.collect::<Option<_>>()
        .ok_or_else(|| Fault::bad_request("New password credentials must be generated with service actions."))
}

fn drop_other_secrets(
    app: &mut App,
    object: AppObject,
    kept: &BTreeSet<Uuid>,
    now: Timestamp,
) -> Vec<Effect> {
    let held = app.secrets.iter().filter(|held| !held.removed);
    let held = held.map(|held| held.key_id);
    let gone: Vec<Uuid> = held
        .filter(|id| !kept.contains(id) && app.keeper(*id) == object)
        .collect();
    for secret in app.secrets.iter_mut().filter(|held| gone.contains(&held.key_id)) {
        secret.removed = true;
    }
    for id in &gone {
        app.note_removal(*id, now);
    }
    gone.into_iter().map(|id| ("remove-secret", id)).collect()
}

/// Takes a certificate out; false where the object has none such.
pub(super) fn drop_certificate(app: &mut App, object: AppObject, id: Uuid, now: Timestamp) -> bool {
    if app.keeper(id) != object {
        return false;
    }
    let mut held = app.certificates.iter_mut();
    let Some(held) = held.find(|held| held.key_id == id && !held.removed) else {
        return false;
    };
    held.removed = true;
    app.note_removal(id, now);
    true
}
