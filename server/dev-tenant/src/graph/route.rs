//! Which function answers which path.

use super::fault::Fault;
use super::request::{Outcome, Request};
use super::{groups, mail, objects, sites, tenant, users};

pub(crate) fn route(request: &Request) -> Outcome {
    let segments: Vec<&str> = request.segments.iter().map(String::as_str).collect();
    let method = request.method.as_str();
    match segments.as_slice() {
        ["users", rest @ ..] => users(request, method, rest),
        ["groups", rest @ ..] => groups(request, method, rest),
        ["sites", rest @ ..] => sites::route(request, method, rest),
        _ => others(request, method, &segments),
    }
    .unwrap_or_else(|| Err(Fault::NotModelled(format!("{method} {}", request.path))))
}

fn users(request: &Request, method: &str, path: &[&str]) -> Option<Outcome> {
    Some(match (method, path) {
        ("GET", []) => users::read::list(request),
        ("POST", []) => users::create::create(request),
        ("GET", [key]) => users::read::one(request, key),
        ("PATCH", [key]) => users::change::patch(request, key),
        ("DELETE", [key]) => users::remove::delete(request, key),
        ("GET", [key, "manager"]) => users::manager::read(request, key),
        ("PUT", [key, "manager", "$ref"]) => users::manager::set(request, key),
        ("DELETE", [key, "manager", "$ref"]) => users::manager::clear(request, key),
        ("GET", [key, "directReports"]) => users::manager::direct_reports(request, key),
        ("GET", [key, "memberOf"]) => users::read::member_of(request, key, false),
        ("GET", [key, "transitiveMemberOf"]) => users::read::member_of(request, key, true),
        ("GET", [key, "licenseDetails"]) => users::licences::details(request, key),
        ("POST", [key, "assignLicense"]) => users::assign::assign(request, key),
        ("POST", [key, "revokeSignInSessions"]) => users::change::revoke_sessions(request, key),
        (_, [key, rest @ ..]) => return mail::route(request, method, key, rest),
        _ => return None,
    })
}

fn groups(request: &Request, method: &str, path: &[&str]) -> Option<Outcome> {
    Some(match (method, path) {
        ("GET", []) => groups::read::list(request),
        ("POST", []) => groups::create::create(request),
        ("GET", [key]) => groups::read::one(request, key),
        ("PATCH", [key]) => groups::change::patch(request, key),
        ("DELETE", [key]) => groups::change::delete(request, key),
        ("GET", [key, "members"]) => groups::read::members(request, key, false),
        ("GET", [key, "transitiveMembers"]) => groups::read::members(request, key, true),
        ("GET", [key, "owners"]) => groups::read::owners(request, key),
        ("POST", [key, side @ ("members" | "owners"), "$ref"]) => groups::links::add(request, key, side),
        ("DELETE", [key, side @ ("members" | "owners"), id, "$ref"]) => {
            groups::links::remove(request, key, side, id)
        }
        _ => return None,
    })
}

fn others(request: &Request, method: &str, path: &[&str]) -> Option<Outcome> {
    Some(match (method, path) {
        ("GET", ["subscribedSkus"]) => users::licences::skus(request),
        ("GET", ["organization"]) => tenant::organizations(request),
        ("GET", ["organization", id]) => tenant::organization(request, id),
        ("GET", ["directoryObjects", id]) => objects::one(request, id),
        ("POST", ["directoryObjects", "getByIds" | "microsoft.graph.getByIds"]) => objects::by_ids(request),
        ("GET", ["directory", "deletedItems", "microsoft.graph.user" | "graph.user"]) => {
            users::remove::deleted(request)
        }
        ("POST", ["directory", "deletedItems", id, "restore"]) => users::remove::restore(request, id),
        ("GET", ["applications"]) => tenant::applications(request),
        ("GET", ["applications", key]) => tenant::application(request, key),
        ("GET", ["servicePrincipals"]) => tenant::service_principals(request),
        ("GET", ["servicePrincipals", key]) => tenant::service_principal(request, key),
        _ => return None,
    })
}
