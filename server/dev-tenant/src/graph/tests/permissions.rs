//! Every call of Microsoft's table of permissions: who holds none of a call's permissions is refused, and each least
//! one suffices.

use std::collections::BTreeSet;

use serde_json::json;

use super::world::{send, unlimited};
use crate::graph::conformance::calls;
use crate::world::World;

/// Calls that the tenant does not model.
const UNMODELLED: &str = include_str!("unmodelled.txt");
/// Permissions that are granted for single teams, or lead to what is not modelled.
const ELSEWHERE: [&str; 3] = [
    ".Group",
    "DeviceManagementServiceConfig.Read.All",
    "DeviceManagementServiceConfig.ReadWrite.All",
];
/// The table's least permission for it is but one of two that are needed together.
const TOGETHER: &str = "/applications/{application-id}/appManagementPolicies/$ref";
const NOBODY: &str = "00000000-0000-0000-0000-0000000000ff";

/// The status of an answer to the call, made about what is not there.
fn status(world: &World, call: &str, roles: &[&str]) -> u16 {
    send(world, roles, call, &[], &json!({})).0
}

/// `GET /users/{user-id}` with keys for the names.
fn spelled(method: &str, path: &str) -> String {
    let mut spelled = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        spelled.push_str(before);
        spelled.push_str(NOBODY);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    format!("{method} {spelled}{rest}")
}

#[test]
fn a_call_without_any_of_its_permissions_is_refused_whatever_else_is_held() {
    let world = unlimited();
    let every: BTreeSet<&str> = calls()
        .iter()
        .flat_map(|call| &call.permissions.all)
        .map(String::as_str)
        .collect();
    let mut wrong = Vec::new();
    for call in calls() {
        let others: Vec<&str> = every.iter().filter(|role| !call.allows(role)).copied().collect();
        let status = status(&world, &spelled(&call.method, &call.path), &others);
        if status != 403 {
            wrong.push(format!("{status}: {} {}", call.method, call.path));
        }
    }
    assert!(calls().len() > 100 && wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_least_permission_for_a_call_suffices_and_only_what_is_not_modelled_is_said_to_be_so() {
    let world = unlimited();
    let unmodelled: BTreeSet<&str> = UNMODELLED.lines().collect();
    let mut wrong = Vec::new();
    for call in calls().iter().filter(|call| call.path != TOGETHER) {
        for role in &call.permissions.least {
            if ELSEWHERE.iter().any(|other| role.ends_with(other)) {
                continue;
            }
            let status = status(&world, &spelled(&call.method, &call.path), &[role]);
            let name = format!("{} {}", call.method, call.path);
            if status == 403 || (status == 501) != unmodelled.contains(name.as_str()) {
                wrong.push(format!("{status} with {role}: {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
