//! The tenant as it is born, read whole: what Graph shows of it has Graph's own shape (see `conformance`, which looks
//! at every answer of these tests). And what is asked for must have it.

use std::sync::LazyLock;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::world::{send, world};
use crate::graph::model;
use crate::seed;
use crate::world::World;

const ROLES: &[&str] = &[
    "Directory.Read.All",
    "Application.Read.All",
    "Group.Read.All",
    "Organization.Read.All",
    "Policy.Read.All",
];

/// Making keys is slow: one tenant for all tests, which only read.
static BORN: LazyLock<World> = LazyLock::new(|| {
    let data = tempfile::tempdir().unwrap();
    seed::world(7, data.path(), Timestamp::UNIX_EPOCH).unwrap()
});

fn get(world: &World, path: &str) -> Value {
    let (status, body) = send(world, ROLES, &format!("GET {path}"), &[], &Value::Null);
    assert_eq!(status, 200, "{path}: {body}");
    body
}

/// All properties of a type, none of which is another resource.
fn properties(resource: &str) -> String {
    let (_, members) = model::members(resource).unwrap();
    let own = members.iter().filter(|(_, kind)| !kind.starts_with("nav:"));
    own.map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(",")
}

#[test]
fn every_property_of_everything_that_is_born_has_graphs_shape() {
    let world = &*BORN;
    let sets = [
        ("users", "user"),
        ("groups", "group"),
        ("applications", "application"),
        ("servicePrincipals", "servicePrincipal"),
        ("subscribedSkus", "subscribedSku"),
        ("organization", "organization"),
    ];
    for (set, resource) in sets {
        get(world, &format!("/{set}"));
        let all = get(world, &format!("/{set}?$select={}&$top=5", properties(resource)));
        assert!(!all["value"].as_array().unwrap().is_empty(), "{set}");
        let one = all["value"][0]["id"].as_str().unwrap();
        get(world, &format!("/{set}/{one}"));
        get(world, &format!("/{set}/{one}?$select={}", properties(resource)));
    }
}

#[test]
fn what_leads_from_people_and_groups_to_others_has_it_too() {
    let world = &*BORN;
    let user = get(world, "/users?$top=1")["value"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for rest in [
        "memberOf",
        "transitiveMemberOf",
        "licenseDetails",
        "directReports",
    ] {
        get(world, &format!("/users/{user}/{rest}"));
    }
    get(world, &format!("/users/{user}?$expand=manager"));
    get(world, "/users/delta?$select=id,displayName,manager");
    get(world, "/groups/delta");
    let group = get(world, "/groups?$top=1")["value"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for rest in ["members", "transitiveMembers", "owners"] {
        get(world, &format!("/groups/{group}/{rest}"));
    }
    let ids = json!({"ids": [user, group]});
    let (status, _) = send(world, ROLES, "POST /directoryObjects/getByIds", &[], &ids);
    assert_eq!(status, 200);
    get(world, "/policies/defaultAppManagementPolicy");
}

fn refused(line: &str, body: &Value) -> (u16, String) {
    let roles = &["User.ReadWrite.All", "Group.ReadWrite.All"];
    let (status, answer) = send(&world(0), roles, line, &[], body);
    (
        status,
        answer["error"]["message"].as_str().unwrap_or_default().to_owned(),
    )
}

#[test]
fn a_member_that_the_type_does_not_have_is_refused_by_name_wherever_it_lies() {
    let wrong = [
        ("PATCH /users/x", json!({"dispalyName": "x"}), "user.dispalyName"),
        (
            "PATCH /users/x",
            json!({"employeeOrgData": {"centre": "x"}}),
            "employeeOrgData.centre",
        ),
        (
            "PATCH /users/x",
            json!({"accountEnabled": "true"}),
            "user.accountEnabled",
        ),
        (
            "POST /groups",
            json!({"maillEnabled": true}),
            "group.maillEnabled",
        ),
        (
            "POST /users/x/assignLicense",
            json!({"addLicenses": [{"sku": "x"}]}),
            "assignedLicense.sku",
        ),
        (
            "POST /users/x/assignLicense",
            json!({"add": []}),
            "assignLicense.add",
        ),
        ("POST /groups/x/owners/$ref", json!({"id": "x"}), "@odata.id"),
    ];
    for (line, body, place) in wrong {
        let (status, told) = refused(line, &body);
        assert!(status == 400 && told.contains(place), "{line}: {status} {told}");
    }
}

#[test]
fn a_call_that_the_reference_does_not_know_or_whose_permission_is_missing_is_refused_before_it_is_served() {
    assert_eq!(refused("GET /users/x/friends", &Value::Null).0, 501);
    assert_eq!(refused("PATCH /applications/x", &json!({})).0, 403);
    assert_eq!(
        refused("GET /users/x/mailboxSettings", &Value::Null).0,
        403,
        "described in words alone"
    );
}
