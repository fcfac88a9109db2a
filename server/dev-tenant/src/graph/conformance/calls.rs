//! Who may make which call, by Microsoft's table of permissions (see `source` in permissions.json).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::caller::Caller;
use crate::graph::address;
use crate::graph::request::Request;

#[derive(Deserialize)]
struct Table {
    calls: BTreeMap<String, Permissions>,
}

/// Application permissions.
#[derive(Debug, Deserialize)]
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

static CALLS: LazyLock<Vec<Call>> = LazyLock::new(|| {
    let table: Table = serde_json::from_str(include_str!("../permissions.json"))
        .unwrap_or_else(|error| panic!("permissions.json: {error}"));
    let mut calls: Vec<Call> = table
        .calls
        .into_iter()
        .filter_map(|(call, permissions)| {
            let (method, path) = call.split_once(' ')?;
            let segments = address::segments(&format!("/v1.0{path}")).ok()?;
            Some(Call {
                method: method.to_owned(),
                path: path.to_owned(),
                segments,
                permissions,
            })
        })
        .collect();
    // What is spelled out goes before what any key fits.
    calls.sort_by_key(|call| call.segments.iter().filter(|segment| is_key(segment)).count());
    calls
});

pub(crate) fn calls() -> &'static [Call] {
    &CALLS
}

/// Documents say that being the app is enough for these; a switch decides.
const OWN: [&str; 2] = ["addKey", "removeKey"];

/// Why an app should not have been served.
pub(super) fn fault_of(request: &Request) -> Option<String> {
    let Caller::App(app) = request.caller else {
        return None;
    };
    let call = calls().iter().find(|call| call.is(request))?;
    let rolls_own = call
        .segments
        .last()
        .is_some_and(|last| OWN.contains(&last.as_str()));
    let may_roll = rolls_own && !request.world.tenant().switches.entra.own_keys_need_permission;
    // Exchange lets apps into mailboxes by roles of its own.
    let is_mail = call.segments.last().is_some_and(|last| last == "sendMail");
    let allowed = app.roles.iter().any(|role| call.allows(role));
    let why = || {
        format!(
            "none of the permissions for {} is held, only {:?}",
            call.path, app.roles
        )
    };
    (!allowed && !may_roll && !is_mail).then(why)
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
        self.method == request.method.as_str()
            && self.segments.len() == request.segments.len()
            && self
                .segments
                .iter()
                .zip(&request.segments)
                .all(|(own, asked)| fits(own, asked))
    }
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
