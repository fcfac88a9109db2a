//! Policies for single apps, which stand above the tenant's.

use serde_json::{Value, json};
use uuid::Uuid;

use super::read as changes;
use crate::call::Reply;
use crate::directory::Directory;
use crate::graph::fault::Fault;
use crate::graph::model::Entity;
use crate::graph::page::{self, Collection};
use crate::graph::permission::{READ_APP_POLICIES, WRITE_APP_POLICIES};
use crate::graph::request::{Outcome, Request, entity};
use crate::graph::{applications, objects};
use crate::registration::AppObject;

const RESOURCE: &str = "appManagementPolicy";
const CONTEXT: &str = "policies/appManagementPolicies";

/// The policy with this id.
pub(crate) fn find<'d>(directory: &'d Directory, key: &str) -> Result<(Uuid, &'d Entity), Fault> {
    let id = Uuid::try_parse(key).map_err(|_| Fault::no_resource(key))?;
    let found = directory.app_policies.custom.get(&id);
    found
        .map(|policy| (id, policy))
        .ok_or_else(|| Fault::no_resource(key))
}

pub(crate) fn show(id: Uuid, policy: &Entity) -> Entity {
    let mut shown = policy.clone();
    shown.insert("id".to_owned(), json!(id));
    shown
}

pub(super) fn list(request: &Request) -> Outcome {
    request.may(READ_APP_POLICIES)?;
    let tenant = request.world.tenant();
    let all = tenant.directory.app_policies.custom.iter();
    let collection = Collection {
        resource: RESOURCE,
        context: CONTEXT,
        default: &[],
    };
    page::directory(
        request,
        collection,
        all.map(|(id, policy)| show(*id, policy)).collect(),
    )
}

pub(super) fn one(request: &Request, key: &str) -> Outcome {
    request.may(READ_APP_POLICIES)?;
    let tenant = request.world.tenant();
    let (id, policy) = find(&tenant.directory, key)?;
    let shown = page::select(&show(id, policy), RESOURCE, &request.options.select, &[])?;
    Ok(entity(200, &format!("{CONTEXT}/$entity"), shown))
}

pub(super) fn create(request: &Request) -> Outcome {
    request.may_write(WRITE_APP_POLICIES)?;
    let mut policy = changes(RESOURCE, request)?;
    policy.remove("id");
    for name in ["displayName", "restrictions"] {
        if policy.get(name).is_none_or(Value::is_null) {
            return Err(Fault::required(name, RESOURCE));
        }
    }
    policy.entry("isEnabled").or_insert_with(|| json!(false));
    policy.entry("description").or_insert(Value::Null);
    let mut tenant = request.world.tenant();
    let id = tenant.ids.uuid();
    let shown = show(id, &policy);
    tenant.directory.app_policies.custom.insert(id, policy);
    request.record(&mut tenant, format!("graph:create:policy:{id}"));
    Ok(entity(201, &format!("{CONTEXT}/$entity"), shown))
}

pub(super) fn patch(request: &Request, key: &str) -> Outcome {
    request.may_write(WRITE_APP_POLICIES)?;
    let mut changes = changes(RESOURCE, request)?;
    changes.remove("id");
    let mut tenant = request.world.tenant();
    let (id, _) = find(&tenant.directory, key)?;
    let policy = tenant.directory.app_policies.custom.get_mut(&id);
    policy.ok_or_else(|| Fault::no_resource(key))?.extend(changes);
    request.record(&mut tenant, format!("graph:update:policy:{id}"));
    Ok(Reply::empty(204))
}

pub(super) fn delete(request: &Request, key: &str) -> Outcome {
    request.may_write(WRITE_APP_POLICIES)?;
    let mut tenant = request.world.tenant();
    let (id, _) = find(&tenant.directory, key)?;
    tenant.directory.app_policies.custom.remove(&id);
    for app in tenant.directory.apps.values_mut() {
        app.registration.policies.retain(|_, held| *held != id);
    }
    request.record(&mut tenant, format!("graph:delete:policy:{id}"));
    Ok(Reply::empty(204))
}

/// The objects that it is assigned to.
pub(super) fn applies_to(request: &Request, key: &str) -> Outcome {
    request.may(&[&["Application.Read.All"], READ_APP_POLICIES].concat())?;
    let tenant = request.world.tenant();
    let (id, _) = find(&tenant.directory, key)?;
    let mut found = Vec::new();
    for app in tenant.directory.apps.values() {
        for object in [AppObject::Application, AppObject::ServicePrincipal] {
            if app.registration.policies.get(&object) == Some(&id) {
                found.push(applications::show::as_directory_object(app, object, request.now));
            }
        }
    }
    objects::list(request, &found)
}
