//! Which policy holds for an app alone.

use super::find;
use crate::call::Reply;
use crate::graph::fault::Fault;
use crate::graph::objects::reference;
use crate::graph::page::{self, Collection};
use crate::graph::permission::{READ_APP_POLICIES, READ_APPLICATIONS, WRITE_APP_POLICIES};
use crate::graph::policies;
use crate::graph::request::{Outcome, Request};
use crate::registration::AppObject;

pub(super) fn list(request: &Request, object: AppObject, key: &str) -> Outcome {
    request.may(&[READ_APP_POLICIES, READ_APPLICATIONS].concat())?;
    let tenant = request.world.tenant();
    let app = find(&tenant.directory, object, key)?;
    let held = app.registration.policies.get(&object);
    let shown = held.and_then(|id| {
        let (id, policy) = policies::find(&tenant.directory, &id.to_string()).ok()?;
        Some(policies::show(id, policy))
    });
    let collection = Collection {
        resource: "appManagementPolicy",
        context: "policies/appManagementPolicies",
        default: &[],
    };
    page::directory(request, collection, shown.into_iter().collect())
}

/// An object has one policy at most.
pub(super) fn assign(request: &Request, object: AppObject, key: &str) -> Outcome {
    request.may_write(WRITE_APP_POLICIES)?;
    let wanted = reference(&request.object()?)?;
    let mut tenant = request.world.tenant();
    let (policy, _) = policies::find(&tenant.directory, &wanted)?;
    let app = find(&tenant.directory, object, key)?.app_id;
    let app = tenant
        .directory
        .apps
        .get_mut(&app)
        .ok_or_else(|| Fault::no_resource(key))?;
    if app.registration.policies.contains_key(&object) {
        return Err(Fault::bad_request(
            "One or more added object references already exist for the following modified properties: 'appManagementPolicies'.",
        ));
    }
    app.registration.policies.insert(object, policy);
    let whom = app.object_id(object).0;
    request.record(
        &mut tenant,
        format!("graph:assign-policy:{}:{whom}:{policy}", object.resource()),
    );
    Ok(Reply::empty(204))
}

pub(super) fn unassign(request: &Request, object: AppObject, key: &str, gone: &str) -> Outcome {
    request.may_write(WRITE_APP_POLICIES)?;
    let mut tenant = request.world.tenant();
    let app = find(&tenant.directory, object, key)?.app_id;
    let app = tenant
        .directory
        .apps
        .get_mut(&app)
        .ok_or_else(|| Fault::no_resource(key))?;
    let held = app.registration.policies.get(&object);
    if held.is_none_or(|held| !held.to_string().eq_ignore_ascii_case(gone)) {
        return Err(Fault::no_resource(gone));
    }
    app.registration.policies.remove(&object);
    let whom = app.object_id(object).0;
    request.record(
        &mut tenant,
        format!("graph:unassign-policy:{}:{whom}:{gone}", object.resource()),
    );
    Ok(Reply::empty(204))
}
