//! What all directory objects share: references, look-up by id, replication lag.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use super::applications::show::as_directory_object;
use super::fault::Fault;
use super::model::Entity;
use super::page::{self, Collection};
use super::permission::READ_DIRECTORY;
use super::request::{Outcome, Request, entity, parameter};
use super::{address, contacts, groups, users};
use crate::directory::{Directory, ObjectId};
use crate::registration::AppObject;
use crate::world::Tenant;

/// Microsoft Graph, "directoryObject: getByIds": at most 1000 ids.
const MOST_IDS: usize = 1000;

/// When an object born now becomes visible: a seeded part of the switched lag.
pub(crate) fn fresh(tenant: &mut Tenant, now: Timestamp) -> Timestamp {
    let longest = tenant.switches.replication_lag_seconds;
    if longest == 0 {
        return now;
    }
    let seconds = 1 + tenant.ids.below(u64::from(longest));
    let lag = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
    now.saturating_add(lag).unwrap_or(Timestamp::MAX)
}

/// The key at the end of `{"@odata.id": "https://graph.microsoft.com/v1.0/users/{key}"}`.
pub(crate) fn reference(body: &Entity) -> Result<String, Fault> {
    parameter(body, "@odata.id")
        .and_then(Value::as_str)
        .and_then(key_of)
        .ok_or_else(|| Fault::bad_request("Invalid object identifier in '@odata.id'."))
}

/// The key of a resource address.
pub(crate) fn key_of(address: &str) -> Option<String> {
    let (_, path) = address.split_once("graph.microsoft.com")?;
    let segments = address::segments(path).ok()?;
    match segments.as_slice() {
        [_, key] => Some(key.clone()),
        [policies, _, key] if policies == "policies" => Some(key.clone()),
        _ => None,
    }
}

/// A visible user, group, contact or object of an app as a directory object, with its type.
fn object(directory: &Directory, now: Timestamp, id: ObjectId) -> Option<Entity> {
    let user = directory
        .users
        .get(&id)
        .filter(|user| user.deleted.is_none() && user.visible_from <= now);
    let group = directory
        .groups
        .get(&id)
        .filter(|group| group.deleted.is_none() && group.visible_from <= now);
    let contact = directory
        .contacts
        .get(&id)
        .filter(|contact| contact.visible_from <= now);
    let (mut shown, kind) = match (user, group, contact) {
        (Some(user), ..) => (users::show::show(user), "#microsoft.graph.user"),
        (None, Some(group), _) => (groups::show::show(group), "#microsoft.graph.group"),
        (None, None, Some(contact)) => (contacts::show(contact), "#microsoft.graph.orgContact"),
        (None, None, None) => return object_of_app(directory, now, id),
    };
    shown.insert("@odata.type".to_owned(), kind.into());
    Some(shown)
}

fn object_of_app(directory: &Directory, now: Timestamp, id: ObjectId) -> Option<Entity> {
    directory.apps.values().find_map(|app| {
        let objects = [AppObject::Application, AppObject::ServicePrincipal].into_iter();
        let mut objects = objects.filter(|object| app.object_id(*object) == id);
        objects.next().map(|object| as_directory_object(app, object, now))
    })
}

fn shown(full: &Entity, chosen: &[String]) -> Result<Entity, Fault> {
    let (resource, default) = match full.get("@odata.type").and_then(Value::as_str) {
        Some("#microsoft.graph.user") => ("user", users::show::DEFAULT),
        Some("#microsoft.graph.orgContact") => ("orgContact", &[][..]),
        Some("#microsoft.graph.application") => ("application", &[][..]),
        Some("#microsoft.graph.servicePrincipal") => ("servicePrincipal", &[][..]),
        _ => ("group", &[][..]),
    };
    page::select(full, resource, chosen, default)
}

/// Members or owners as directory objects.
pub(crate) fn all(
    directory: &Directory,
    now: Timestamp,
    ids: impl IntoIterator<Item = ObjectId>,
) -> Vec<Entity> {
    ids.into_iter()
        .filter_map(|id| object(directory, now, id))
        .collect()
}

pub(crate) fn list(request: &Request, entities: &[Entity]) -> Outcome {
    let entities = entities
        .iter()
        .map(|full| shown(full, &request.options.select))
        .collect::<Result<Vec<_>, _>>()?;
    let collection = Collection {
        resource: "directoryObject",
        context: "directoryObjects",
        default: &[],
    };
    page::unselected(request, collection, &entities, page::PAGE)
}

pub(crate) fn one(request: &Request, key: &str) -> Outcome {
    request.may(READ_DIRECTORY)?;
    let tenant = request.world.tenant();
    let full = Uuid::try_parse(key)
        .ok()
        .and_then(|id| object(&tenant.directory, request.now, ObjectId(id)))
        .ok_or_else(|| Fault::no_resource(key))?;
    Ok(entity(
        200,
        "directoryObjects/$entity",
        shown(&full, &request.options.select)?,
    ))
}

/// Unknown ids are left out of the answer.
pub(crate) fn by_ids(request: &Request) -> Outcome {
    request.may(READ_DIRECTORY)?;
    let body = request.object()?;
    let ids = parameter(&body, "ids")
        .and_then(Value::as_array)
        .ok_or_else(|| Fault::required("ids", "getByIds"))?;
    if ids.len() > MOST_IDS {
        return Err(Fault::bad_request("Too many ids: at most 1000 are allowed."));
    }
    let types: Vec<&str> = parameter(&body, "types")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let wanted = |entity: &Entity| {
        let kind = entity
            .get("@odata.type")
            .and_then(Value::as_str)
            .unwrap_or_default();
        types.is_empty()
            || types
                .iter()
                .any(|name| *name == "directoryObject" || kind.ends_with(&format!(".{name}")))
    };
    let tenant = request.world.tenant();
    let ids = ids
        .iter()
        .filter_map(Value::as_str)
        .filter_map(|id| Uuid::try_parse(id).ok());
    let mut found = all(&tenant.directory, request.now, ids.map(ObjectId));
    found.retain(wanted);
    list(request, &found)
}
