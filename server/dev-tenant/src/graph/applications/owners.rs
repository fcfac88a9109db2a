//! Owners of an app's objects: people, and principals of apps that may change what they own.

use serde_json::json;

use super::{changeable, find};
use crate::call::Reply;
use crate::directory::ObjectId;
use crate::graph::fault::Fault;
use crate::graph::objects::{self, reference};
use crate::graph::permission::{READ_APPLICATIONS, WRITE_APPLICATIONS};
use crate::graph::request::{Outcome, Request, context_url, json as answer};
use crate::graph::users;
use crate::registration::AppObject;

/// By the path table, more than what else changes an application.
const WRITE_OWNERS: [&str; 2] = ["Directory.Read.All", "Directory.ReadWrite.All"];

pub(super) fn list(request: &Request, object: AppObject, key: &str) -> Outcome {
    request.may(READ_APPLICATIONS)?;
    let tenant = request.world.tenant();
    let owners = owners_of(find(&tenant.directory, object, key)?, object);
    objects::list(request, &objects::all(&tenant.directory, request.now, owners))
}

pub(super) fn references(request: &Request, object: AppObject, key: &str) -> Outcome {
    request.may(READ_APPLICATIONS)?;
    let tenant = request.world.tenant();
    let owners = owners_of(find(&tenant.directory, object, key)?, object);
    let all = owners.map(|owner| {
        let address = format!("https://graph.microsoft.com/v1.0/directoryObjects/{}", owner.0);
        json!({"@odata.id": address})
    });
    let context = context_url("Collection($ref)");
    Ok(answer(
        200,
        &json!({"@odata.context": context, "value": all.collect::<Vec<_>>()}),
    ))
}

fn owners_of(app: &crate::directory::App, object: AppObject) -> impl Iterator<Item = ObjectId> {
    app.registration
        .owners
        .get(&object)
        .into_iter()
        .flatten()
        .copied()
}

pub(super) fn add(request: &Request, object: AppObject, key: &str) -> Outcome {
    let wide = [WRITE_APPLICATIONS, &WRITE_OWNERS].concat();
    request.may(&[&wide, &[super::WRITE_OWNED_APPLICATIONS][..]].concat())?;
    let wanted = reference(&request.object()?)?;
    let mut tenant = request.world.tenant();
    let person = users::find(&tenant.directory, request.now, &wanted).map(|user| user.id);
    let principal = find(&tenant.directory, AppObject::ServicePrincipal, &wanted).map(|app| app.principal);
    let app = changeable(request, &mut tenant.directory, object, key, &wide)?;
    let owner = person.or(principal)?;
    if !app.registration.owners.entry(object).or_default().insert(owner) {
        return Err(Fault::bad_request(
            "One or more added object references already exist for the following modified properties: 'owners'.",
        ));
    }
    let whom = app.object_id(object).0;
    request.record(
        &mut tenant,
        format!("graph:add-owner:{}:{whom}:{}", object.resource(), owner.0),
    );
    Ok(Reply::empty(204))
}

pub(super) fn remove(request: &Request, object: AppObject, key: &str, gone: &str) -> Outcome {
    let mut tenant = request.world.tenant();
    let app = changeable(request, &mut tenant.directory, object, key, WRITE_APPLICATIONS)?;
    let gone = ObjectId(uuid::Uuid::try_parse(gone).map_err(|_| Fault::no_resource(gone))?);
    let owners = app.registration.owners.entry(object).or_default();
    if !owners.remove(&gone) {
        return Err(Fault::no_resource(&gone.0.to_string()));
    }
    let whom = app.object_id(object).0;
    request.record(
        &mut tenant,
        format!("graph:remove-owner:{}:{whom}:{}", object.resource(), gone.0),
    );
    Ok(Reply::empty(204))
}
