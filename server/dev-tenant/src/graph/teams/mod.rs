//! Teams.

pub(crate) mod archive;
pub(crate) mod bulk;
pub(crate) mod create;
pub(crate) mod members;
pub(crate) mod operations;
mod pace;
mod roster;
pub(crate) mod settings;
pub(crate) mod show;
pub(crate) mod state;
pub(crate) mod teamify;

use jiff::Timestamp;

use super::fault::Fault;
use super::groups;
use super::request::{Outcome, Request};
use crate::directory::{Directory, Group};
pub(crate) use pace::Calls;
use pace::Pace;
use state::Team;

pub(crate) fn route(request: &Request, method: &str, path: &[&str]) -> Outcome {
    pace::admit(request, kind(method, path), path.first().copied())?;
    routed(request, method, path)
        .unwrap_or_else(|| Err(Fault::NotModelled(format!("{method} {}", request.path))))
}

fn kind(method: &str, path: &[&str]) -> Pace {
    match (method, path) {
        ("POST", []) => Pace::Create,
        ("GET", [_]) => Pace::Read,
        ("GET", [_, "members", ..]) => Pace::ReadMembers,
        _ => Pace::Other,
    }
}

fn routed(request: &Request, method: &str, path: &[&str]) -> Option<Outcome> {
    Some(match (method, path) {
        ("POST", []) => create::create(request),
        ("GET", []) => show::list(request),
        ("GET", [key]) => show::one(request, key),
        ("PATCH", [key]) => settings::patch(request, key),
        ("POST", [key, "archive"]) => archive::archive(request, key, true),
        ("POST", [key, "unarchive"]) => archive::archive(request, key, false),
        ("GET", [key, "operations"]) => operations::list(request, key),
        ("GET", [key, "operations", id]) => operations::one(request, key, id),
        ("GET", [key, "members"]) => members::list(request, key),
        ("POST", [key, "members"]) => members::add(request, key),
        ("POST", [key, "members", "add"]) => bulk::add(request, key),
        ("POST", [key, "members", "remove"]) => bulk::remove(request, key),
        ("GET", [key, "members", id]) => members::one(request, key, id),
        ("PATCH", [key, "members", id]) => members::change(request, key, id),
        ("DELETE", [key, "members", id]) => members::remove(request, key, id),
        ("PUT", [key, "photo", "$value"]) => super::pictures::put_of_team(request, key),
        ("GET", [key, "photo"]) => super::pictures::describe(request, key),
        ("GET", [key, "photo", "$value"]) => super::pictures::read(request, key),
        _ => return None,
    })
}

/// `PUT` and `GET /groups/{id}/team`.
pub(crate) fn of_group(request: &Request, method: &str, key: &str) -> Outcome {
    let kind = if method == "PUT" {
        Pace::Teamify
    } else {
        Pace::Read
    };
    pace::admit(request, kind, Some(key))?;
    match method {
        "PUT" => teamify::put(request, key),
        _ => show::of_group(request, key),
    }
}

/// The team and its group, once both are there.
fn find<'d>(directory: &'d Directory, now: Timestamp, key: &str) -> Result<(&'d Group, &'d Team), Fault> {
    let missing = || Fault::refused(404, "NotFound", format!("No team found with Group Id {key}"));
    let group = groups::find(directory, now, key).map_err(|_| missing())?;
    let team = group.team.as_ref().filter(|team| team.ready_from <= now);
    Ok((group, team.ok_or_else(missing)?))
}

/// The group that bears the team, to change it.
fn bearer<'d>(directory: &'d mut Directory, now: Timestamp, key: &str) -> Result<&'d mut Group, Fault> {
    let id = find(directory, now, key)?.0.id;
    directory
        .groups
        .get_mut(&id)
        .ok_or_else(|| Fault::no_resource(key))
}

fn bad_request(message: impl Into<String>) -> Fault {
    Fault::refused(400, "BadRequest", message)
}
