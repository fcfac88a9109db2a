//! App management policies: what credentials apps may have.

mod custom;
mod default;
mod restrictions;
mod rules;

pub(crate) use custom::{find, show};
pub(crate) use rules::{Credential, permit};

use super::fault::Fault;
use super::model::Entity;
use super::request::{Outcome, Request};

/// Id of the policy that always exists.
pub(crate) const DEFAULT: &str = "00000000-0000-0000-0000-000000000000";

pub(crate) fn route(request: &Request, method: &str, path: &[&str]) -> Option<Outcome> {
    Some(match (method, path) {
        ("GET", ["defaultAppManagementPolicy"]) => default::read(request),
        ("PATCH", ["defaultAppManagementPolicy"]) => default::patch(request),
        ("GET", ["appManagementPolicies"]) => custom::list(request),
        ("POST", ["appManagementPolicies"]) => custom::create(request),
        ("GET", ["appManagementPolicies", id]) => custom::one(request, id),
        ("PATCH", ["appManagementPolicies", id]) => custom::patch(request, id),
        ("DELETE", ["appManagementPolicies", id]) => custom::delete(request, id),
        ("GET", ["appManagementPolicies", id, "appliesTo"]) => custom::applies_to(request, id),
        _ => return None,
    })
}

/// The properties of a policy with what each restriction says checked.
fn read(resource: &str, request: &Request) -> Result<Entity, Fault> {
    let changes = super::model::canonical(resource, &request.object()?)?;
    for name in [
        "restrictions",
        "applicationRestrictions",
        "servicePrincipalRestrictions",
    ] {
        if let Some(restrictions) = changes.get(name) {
            restrictions::check(name, restrictions)?;
        }
    }
    Ok(changes)
}
