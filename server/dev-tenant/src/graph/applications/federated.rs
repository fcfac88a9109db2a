//! Whom else an app trusts: issuers elsewhere, whose tokens stand for a credential.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{changeable, find, server};
use crate::call::Reply;
use crate::directory::App;
use crate::graph::fault::Fault;
use crate::graph::model::{self, Entity};
use crate::graph::page::{self, Collection};
use crate::graph::permission::{READ_FEDERATED, WRITE_APPLICATIONS, WRITE_OWNED_APPLICATIONS};
use crate::graph::request::{Outcome, Request, entity};
use crate::registration::{AppObject, CredentialRecord, FederatedCredential};

const RESOURCE: &str = "federatedIdentityCredential";
const OBJECT: AppObject = AppObject::Application;
const MOST: usize = 20;

pub(super) fn route(request: &Request, method: &str, key: &str, rest: &[&str]) -> Option<Outcome> {
    Some(match (method, rest) {
        ("GET", []) => list(request, key),
        ("GET", [id]) => one(request, key, id),
        ("PATCH", [id]) => patch(request, key, id),
        ("DELETE", [id]) => delete(request, key, id),
        _ => return None,
    })
}

fn show(held: &FederatedCredential) -> Entity {
    let shown = json!({
        "id": held.id,
        "name": held.name,
        "issuer": held.issuer,
        "subject": held.subject,
        "description": held.description,
        "audiences": held.audiences,
    });
    shown.as_object().cloned().unwrap_or_default()
}

fn context(app: &App) -> String {
    format!(
        "applications('{}')/federatedIdentityCredentials",
        app.object_id(OBJECT).0
    )
}

fn list(request: &Request, key: &str) -> Outcome {
    request.may(READ_FEDERATED)?;
    let mut tenant = request.world.tenant();
    let server = server(&mut tenant);
    let app = find(&tenant.directory, OBJECT, key)?;
    let all = server.federated(app, request.now).map(show).collect();
    let collection = Collection {
        resource: RESOURCE,
        context: &context(app),
        default: &[],
    };
    page::directory(request, collection, all)
}

fn one(request: &Request, key: &str, id: &str) -> Outcome {
    request.may(&[WRITE_APPLICATIONS, &[WRITE_OWNED_APPLICATIONS]].concat())?;
    let mut tenant = request.world.tenant();
    let server = server(&mut tenant);
    let app = find(&tenant.directory, OBJECT, key)?;
    let mut held = server.federated(app, request.now);
    let held = held
        .find(|held| is(held, id))
        .ok_or_else(|| Fault::no_resource(id))?;
    let shown = page::select(&show(held), RESOURCE, &request.options.select, &[])?;
    Ok(entity(200, &format!("{}/$entity", context(app)), shown))
}

/// By id, or by its name.
fn is(held: &FederatedCredential, key: &str) -> bool {
    let name = crate::graph::address::named_key(key, "name");
    !held.removed
        && name.map_or_else(
            || held.id.to_string().eq_ignore_ascii_case(key),
            |name| held.name == name,
        )
}

pub(super) fn create(request: &Request, key: &str) -> Outcome {
    let asked = model::canonical(RESOURCE, &request.object()?)?;
    let mut tenant = request.world.tenant();
    let limited = tenant.switches.entra.limits_federated_credentials;
    let id = tenant.ids.uuid();
    let app = changeable(request, &mut tenant.directory, OBJECT, key, WRITE_APPLICATIONS)?;
    let made = Wish::read(&asked)?.made(id);
    check_distinct(app, &made)?;
    let number = app
        .registration
        .federated
        .iter()
        .filter(|held| !held.removed)
        .count();
    if limited && number >= MOST {
        return Err(Fault::bad_request(
            "The number of federated identity credentials of an application exceeds the maximum of 20.",
        ));
    }
    let record = CredentialRecord {
        object: OBJECT,
        display_name: None,
        starts: request.now,
        hint: None,
        added: request.now,
        removed: None,
    };
    let (shown, context) = (show(&made), context(app));
    app.registration.records.insert(id, record);
    app.registration.federated.push(made);
    let whom = app.object_id(OBJECT).0;
    request.record(
        &mut tenant,
        format!("graph:add-federated:application:{whom}:{id}"),
    );
    Ok(entity(201, &format!("{context}/$entity"), shown))
}

/// A name is one credential's, and so are issuer and subject together.
fn check_distinct(app: &App, made: &FederatedCredential) -> Result<(), Fault> {
    let mut others = app
        .registration
        .federated
        .iter()
        .filter(|held| !held.removed && held.id != made.id);
    let same = |held: &FederatedCredential| {
        held.name == made.name || (held.issuer == made.issuer && held.subject == made.subject)
    };
    if others.any(same) {
        return Err(Fault::refused(
            409,
            "Request_MultipleObjectsWithSameKeyValue",
            "FederatedIdentityCredential with the same name, or with the same issuer and subject, already exists on this application.",
        ));
    }
    Ok(())
}

/// What a body says of a credential; all but the description must be said of a new one.
struct Wish {
    name: String,
    issuer: String,
    subject: String,
    audiences: Vec<String>,
    description: Option<String>,
}

impl Wish {
    fn read(asked: &Entity) -> Result<Self, Fault> {
        let text = |name: &str| {
            asked
                .get(name)
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
        };
        let need = |name: &str| {
            text(name)
                .map(str::to_owned)
                .ok_or_else(|| Fault::required(name, RESOURCE))
        };
        let audiences = asked
            .get("audiences")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let audiences: Vec<_> = audiences.filter_map(Value::as_str).map(str::to_owned).collect();
        if audiences.len() != 1 {
            return Err(Fault::invalid("audiences", RESOURCE));
        }
        let issuer = need("issuer")?;
        if !issuer.starts_with("https://") {
            return Err(Fault::invalid("issuer", RESOURCE));
        }
        Ok(Self {
            name: need("name")?,
            issuer,
            subject: need("subject")?,
            audiences,
            description: text("description").map(str::to_owned),
        })
    }

    fn made(self, id: Uuid) -> FederatedCredential {
        FederatedCredential {
            id,
            name: self.name,
            issuer: self.issuer,
            subject: self.subject,
            audiences: self.audiences,
            description: self.description,
            removed: false,
        }
    }
}

fn patch(request: &Request, key: &str, id: &str) -> Outcome {
    let changes = model::canonical(RESOURCE, &request.object()?)?;
    if changes.contains_key("name") {
        return Err(Fault::bad_request(
            "Property 'name' is read-only and cannot be set.",
        ));
    }
    let mut tenant = request.world.tenant();
    let app = changeable(request, &mut tenant.directory, OBJECT, key, WRITE_APPLICATIONS)?;
    let held = app.registration.federated.iter().find(|held| is(held, id));
    let held = held.ok_or_else(|| Fault::no_resource(id))?;
    let mut whole = show(held);
    whole.extend(changes);
    let made = Wish::read(&whole)?.made(held.id);
    check_distinct(app, &made)?;
    let id = made.id;
    app.registration.federated.retain(|held| held.id != id);
    app.registration.federated.push(made);
    let whom = app.object_id(OBJECT).0;
    request.record(
        &mut tenant,
        format!("graph:update-federated:application:{whom}:{id}"),
    );
    Ok(Reply::empty(204))
}

fn delete(request: &Request, key: &str, id: &str) -> Outcome {
    let mut tenant = request.world.tenant();
    let app = changeable(request, &mut tenant.directory, OBJECT, key, WRITE_APPLICATIONS)?;
    let held = app.registration.federated.iter_mut().find(|held| is(held, id));
    let held = held.ok_or_else(|| Fault::no_resource(id))?;
    held.removed = true;
    let id = held.id;
    app.note_removal(id, request.now);
    let whom = app.object_id(OBJECT).0;
    request.record(
        &mut tenant,
        format!("graph:remove-federated:application:{whom}:{id}"),
    );
    Ok(Reply::empty(204))
}
