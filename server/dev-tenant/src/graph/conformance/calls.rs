//! Who may make which call, by Microsoft's table of permissions (see `source` in permissions.json).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::caller::Caller;
use crate::graph::address;
use crate::graph::fault::Fault;
use crate::graph::request::Request;

#[derive(Deserialize)]
struct Table {
    calls: BTreeMap<String, Permissions>,
    /// Calls for which the table names no permission of apps.
    others: Vec<String>,
}

/// Application permissions.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Permissions {
    #[cfg_attr(not(test), expect(dead_code, reason = "held against the tenant by a test"))]
    pub(crate) least: Vec<String>,
    pub(crate) all: Vec<String>,
}

/// A call of the table: its path with a name in braces for each key.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) path: String,
    segments: Vec<String>,
    pub(crate) permissions: Permissions,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../permissions.json"))
        .unwrap_or_else(|error| panic!("permissions.json: {error}"))
});

static CALLS: LazyLock<Vec<Call>> = LazyLock::new(|| {
    let rows = TABLE.calls.iter();
    let mut calls: Vec<Call> = rows
        .filter_map(|(call, permissions)| {
            let (method, path, segments) = read(call)?;
            Some(Call {
                method,
                path,
                segments,
                permissions: permissions.clone(),
            })
        })
        .collect();
    // What is spelled out goes before what any key fits.
    calls.sort_by_key(|call| call.segments.iter().filter(|segment| is_key(segment)).count());
    calls
});

/// Method, path and segments of a line of a table.
fn read(call: &str) -> Option<(String, String, Vec<String>)> {
    let (method, path) = call.split_once(' ')?;
    let segments = address::segments(&format!("/v1.0{path}")).ok()?;
    Some((method.to_owned(), path.to_owned(), segments))
}

pub(crate) fn calls() -> &'static [Call] {
    &CALLS
}

/// Documents say that being the app is enough for these; a switch decides.
const OWN: [&str; 2] = ["addKey", "removeKey"];

/// What the reference describes in words, or as actions that are bound to the type: mail and its settings, owners, keys and
/// policies.
const DESCRIBED: [&str; 18] = [
    "GET /users/{user-id}/messages",
    "POST /users/{user-id}/messages",
    "GET /users/{user-id}/messages/{message-id}",
    "POST /users/{user-id}/messages/{message-id}/send",
    "POST /users/{user-id}/messages/{message-id}/permanentDelete",
    "GET /users/{user-id}/mailFolders/{mailFolder-id}/messages",
    "GET /users/{user-id}/mailboxSettings",
    "PATCH /users/{user-id}/mailboxSettings",
    "GET /users/{user-id}/mailboxSettings/automaticRepliesSetting",
    "DELETE /applications/{application-id}/owners/{directoryObject-id}/$ref",
    "POST /servicePrincipals/{servicePrincipal-id}/addKey",
    "POST /servicePrincipals/{servicePrincipal-id}/removeKey",
    "POST /servicePrincipals/{servicePrincipal-id}/addPassword",
    "POST /servicePrincipals/{servicePrincipal-id}/removePassword",
    "GET /servicePrincipals/{servicePrincipal-id}/appManagementPolicies",
    "POST /servicePrincipals/{servicePrincipal-id}/appManagementPolicies/$ref",
    "DELETE /servicePrincipals/{servicePrincipal-id}/appManagementPolicies/{appManagementPolicy-id}/$ref",
    "DELETE /applications/{application-id}/appManagementPolicies/{appManagementPolicy-id}/$ref",
];

/// Sets of the table: what lies below them and is in neither list is no call of Graph that is known here.
const SETS: [&str; 11] = [
    "users",
    "groups",
    "teams",
    "applications",
    "servicePrincipals",
    "subscribedSkus",
    "organization",
    "contacts",
    "directoryObjects",
    "directory",
    "policies",
];

/// Whether the caller may ask for this at all: the call is one of Graph's, and a permission of the table is held.
pub(super) fn refusal_of(request: &Request) -> Option<Fault> {
    let Some(call) = calls().iter().find(|call| call.is(request)) else {
        return is_unknown(request).then(|| {
            Fault::NotModelled(format!(
                "{} {}, which is not among the calls of the reference",
                request.method, request.path
            ))
        });
    };
    (!is_allowed(request, call)).then(Fault::denied)
}

fn is_unknown(request: &Request) -> bool {
    let set = request.segments.first().map_or("", String::as_str);
    let others = TABLE.others.iter().map(String::as_str).chain(DESCRIBED);
    let mut known = others.filter_map(read);
    SETS.contains(&set) && !known.any(|(method, _, segments)| is(request, &method, &segments))
}

fn is_allowed(request: &Request, call: &Call) -> bool {
    let Caller::App(app) = request.caller else {
        return true;
    };
    let last = call.segments.last().map_or("", String::as_str);
    let may_roll = OWN.contains(&last) && !request.world.tenant().switches.entra.own_keys_need_permission;
    // Exchange lets apps into mailboxes by roles of its own.
    let is_mail = last == "sendMail";
    may_roll || is_mail || app.roles.iter().any(|role| call.allows(role))
}

/// What the table has no row for: one organisation is read by whoever reads their list, deleted groups are restored
/// by whoever writes groups, and a group's PATCH also adds members and creates by unique name.
const BESIDES: [(&str, &str, &str); 5] = [
    ("GET", "/organization/{organization-id}", "Organization.Read.All"),
    (
        "GET",
        "/organization/{organization-id}",
        "Organization.ReadWrite.All",
    ),
    (
        "POST",
        "/directory/deletedItems/{directoryObject-id}/restore",
        "Group.ReadWrite.All",
    ),
    ("PATCH", "/groups/{group-id}", "GroupMember.ReadWrite.All"),
    ("PATCH", "/groups/{group-id}", "Group.Create"),
];

impl Call {
    /// Whether a permission lets in: one of the table, and for reading a wider one of the same kind, which the table
    /// does not always name.
    pub(crate) fn allows(&self, role: &str) -> bool {
        let reads = |narrower: String| self.method == "GET" && self.permissions.all.contains(&narrower);
        self.permissions.all.iter().any(|own| own == role)
            || reads(role.replace(".ReadWrite.", ".Read."))
            || reads(
                role.replace(".ReadWrite.", ".Read.")
                    .replace(".Read.", ".ReadBasic."),
            )
            || BESIDES.contains(&(self.method.as_str(), self.path.as_str(), role))
    }

    fn is(&self, request: &Request) -> bool {
        is(request, &self.method, &self.segments)
    }
}

fn is(request: &Request, method: &str, segments: &[String]) -> bool {
    let mut pairs = segments.iter().zip(&request.segments);
    method == request.method.as_str()
        && segments.len() == request.segments.len()
        && pairs.all(|(own, asked)| fits(own, asked))
}

fn is_key(segment: &str) -> bool {
    segment.contains('{')
}

fn fits(own: &str, asked: &str) -> bool {
    match own.split_once('{') {
        Some((before, _)) => asked
            .get(..before.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(before)),
        None => plain(own) == plain(asked),
    }
}

/// A name without its namespace: `microsoft.graph.delta`, and the alias by which SDKs write it.
fn plain(name: &str) -> &str {
    let name = name.trim_start_matches("microsoft.");
    name.trim_start_matches("graph.")
}
