//! Which function answers which path.

use super::applications;
use super::contacts;
use super::delta::{self, Kind};
use super::fault::Fault;
use super::request::{Outcome, Request};
use super::{deleted, flapping, groups, mail, objects, pictures, policies, sites, teams, tenant, users};
use crate::registration::AppObject;

pub(crate) fn route(request: &Request) -> Outcome {
    let segments: Vec<&str> = request.segments.iter().map(String::as_str).collect();
    let method = request.method.as_str();
    if request.options.delta_token.is_some() && !segments.last().is_some_and(|last| last.ends_with("delta")) {
        return Err(Fault::NotModelled(format!("$deltatoken of {}", request.path)));
    }
    flapping::check(request)?;
    match segments.as_slice() {
        ["users", rest @ ..] => users(request, method, rest),
        ["groups", rest @ ..] => groups(request, method, rest),
        ["teams", rest @ ..] => Some(teams::route(request, method, rest)),
        ["sites", rest @ ..] => sites::route(request, method, rest),
        ["applications", rest @ ..] => applications::route(request, AppObject::Application, method, rest),
        ["servicePrincipals", rest @ ..] => {
            applications::route(request, AppObject::ServicePrincipal, method, rest)
        }
        ["policies", rest @ ..] => policies::route(request, method, rest),
        _ => others(request, method, &segments),
    }
    .unwrap_or_else(|| Err(Fault::NotModelled(format!("{method} {}", request.path))))
}

fn users(request: &Request, method: &str, path: &[&str]) -> Option<Outcome> {
    Some(match (method, path) {
        ("GET", []) => users::read::list(request),
        ("POST", []) => users::create::create(request),
        ("GET", ["delta" | "microsoft.graph.delta"]) => delta::answer(request, Kind::Users),
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
        (
            "POST",
            [
                key,
                "reprocessLicenseAssignment" | "microsoft.graph.reprocessLicenseAssignment",
            ],
        ) => users::assign::reprocess(request, key),
        ("POST", [key, "revokeSignInSessions"]) => users::change::revoke_sessions(request, key),
        (_, [key, rest @ ..]) => return mail::route(request, method, key, rest),
        _ => return None,
    })
}

fn groups(request: &Request, method: &str, path: &[&str]) -> Option<Outcome> {
    Some(match (method, path) {
        ("GET", []) => groups::read::list(request),
        ("POST", []) => groups::create::create(request),
        ("GET", ["delta" | "microsoft.graph.delta"]) => delta::answer(request, Kind::Groups),
        ("GET", [key]) => groups::read::one(request, key),
        ("PATCH", [key]) => groups::change::patch(request, key),
        ("DELETE", [key]) => groups::change::delete(request, key),
        ("GET", [key, "members"]) => groups::read::members(request, key, false),
        ("GET", [key, "transitiveMembers"]) => groups::read::members(request, key, true),
        ("GET", [key, "owners"]) => groups::read::owners(request, key),
        ("POST", [key, "assignLicense"]) => groups::licences::assign(request, key),
        ("GET" | "PUT", [key, "team"]) => teams::of_group(request, method, key),
        ("PUT", [key, "photo", "$value"]) => pictures::put_of_group(request, key),
        ("GET", [key, "photo"]) => pictures::describe(request, key),
        ("GET", [key, "photo", "$value"]) => pictures::read(request, key),
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
        ("GET", ["subscribedSkus", id]) => users::licences::sku(request, id),
        ("GET", ["organization"]) => tenant::organizations(request),
        ("GET", ["organization", id]) => tenant::organization(request, id),
        ("GET", ["directoryObjects", id]) => objects::one(request, id),
        ("POST", ["directoryObjects", "getByIds" | "microsoft.graph.getByIds"]) => objects::by_ids(request),
        (_, ["directory", "deletedItems", rest @ ..]) => return deleted(request, method, rest),
        ("GET", ["contacts"]) => contacts::list(request),
        ("GET", ["contacts", id]) => contacts::one(request, id),
        _ => return None,
    })
}

fn deleted(request: &Request, method: &str, path: &[&str]) -> Option<Outcome> {
    Some(match (method, path) {
        ("GET", ["microsoft.graph.user" | "graph.user"]) => deleted::users(request),
        ("GET", ["microsoft.graph.group" | "graph.group"]) => deleted::groups(request),
        ("GET", [id]) => deleted::one(request, id),
        ("DELETE", [id]) => deleted::purge(request, id),
        ("POST", [id, "restore" | "microsoft.graph.restore"]) => deleted::restore(request, id),
        _ => return None,
    })
}
