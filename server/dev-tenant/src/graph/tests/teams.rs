use jiff::SignedDuration;
use serde_json::{Value, json};

use super::world::{bytes, header, send, unlimited, user};
use crate::world::World;

pub(super) const ROLES: &[&str] = &[
    "Team.Create",
    "TeamSettings.ReadWrite.All",
    "TeamMember.ReadWrite.All",
    "Group.ReadWrite.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
];

pub(super) fn call(world: &World, line: &str, body: &Value) -> (u16, Value) {
    send(world, ROLES, line, &[], body)
}

fn wait(world: &World, seconds: i64) {
    world.clock.advance(SignedDuration::from_secs(seconds));
}

pub(super) fn member(user: &str, roles: &Value) -> Value {
    json!({"@odata.type": "#microsoft.graph.aadUserConversationMember", "roles": roles,
        "user@odata.bind": format!("https://graph.microsoft.com/v1.0/users('{user}')")})
}

fn team(name: &str, members: &[Value]) -> Value {
    json!({"template@odata.bind": "https://graph.microsoft.com/v1.0/teamsTemplates('standard')", "displayName": name,
        "visibility": "Private", "members": members})
}

/// Creates a team owned by `owner`; its id, once it is there.
pub(super) fn made(world: &World, owner: &str) -> String {
    let body = team("Project", &[member(owner, &json!(["owner"]))]);
    let (status, headers) = header(world, ROLES, "POST /teams", &body);
    assert_eq!(status, 202);
    wait(world, 11);
    let location = headers
        .iter()
        .find(|(name, _)| name == "Content-Location")
        .unwrap();
    location
        .1
        .trim_start_matches("/teams('")
        .trim_end_matches("')")
        .to_owned()
}

fn group(world: &World, name: &str, owners: &[&str]) -> String {
    let owners: Vec<String> = owners
        .iter()
        .map(|id| format!("https://graph.microsoft.com/v1.0/users/{id}"))
        .collect();
    let mut body = json!({"displayName": name, "mailNickname": name, "mailEnabled": true, "securityEnabled": false, "groupTypes": ["Unified"]});
    if !owners.is_empty() {
        body["owners@odata.bind"] = json!(owners);
    }
    let (status, made) = call(world, "POST /groups", &body);
    assert_eq!(status, 201, "{made}");
    made["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_team_is_made_by_and_by_and_tells_how_far_it_is() {
    let world = unlimited();
    let owner = user(&world, "a");
    let (status, headers) = header(
        &world,
        ROLES,
        "POST /teams",
        &team("Project", &[member(&owner, &json!(["owner"]))]),
    );
    let get = |name: &str| headers.iter().find(|(known, _)| known == name).unwrap().1.clone();
    let (location, content) = (get("Location"), get("Content-Location"));
    assert_eq!(status, 202);
    assert!(
        location.starts_with("/teams('") && location.contains("/operations('"),
        "{location}"
    );
    let state = || call(&world, &format!("GET {location}"), &Value::Null).1["status"].clone();
    let there = || call(&world, &format!("GET {content}"), &Value::Null).0;
    assert_eq!((state(), there()), (json!("notStarted"), 404));
    wait(&world, 5);
    assert_eq!((state(), there()), (json!("inProgress"), 404));
    wait(&world, 6);
    assert_eq!((state(), there()), (json!("succeeded"), 200));
    let (_, shown) = call(
        &world,
        &format!("GET {content}?$select=visibility,isArchived,summary"),
        &Value::Null,
    );
    assert_eq!(
        (&shown["visibility"], &shown["summary"]["ownersCount"]),
        (&json!("private"), &json!(1))
    );
}

#[test]
fn an_app_names_one_owner_and_an_operation_that_fails_leaves_no_team() {
    let world = unlimited();
    let (a, b) = (user(&world, "a"), user(&world, "b"));
    let owner = |id: &str| member(id, &json!(["owner"]));
    let status = |members: &[Value]| call(&world, "POST /teams", &team("P", members));
    let (code, refused) = status(&[]);
    assert_eq!(code, 400);
    assert!(
        refused["error"]["message"]
            .as_str()
            .unwrap()
            .contains("A team owner must be provided when creating a team in application context.")
    );
    assert_eq!(status(&[member(&a, &json!([]))]).0, 400);
    assert_eq!(status(&[owner(&a), owner(&b)]).0, 400);
    world.tenant().switches.teams.operation_failed_percent = 100;
    let (_, headers) = header(&world, ROLES, "POST /teams", &team("P", &[owner(&a)]));
    let location = &headers.iter().find(|(name, _)| name == "Location").unwrap().1;
    wait(&world, 11);
    let (_, failed) = call(&world, &format!("GET {location}"), &Value::Null);
    assert_eq!(failed["status"], "failed");
    assert!(failed["error"]["code"].is_string());
    let id = failed["targetResourceId"].as_str().unwrap();
    assert_eq!(call(&world, &format!("GET /teams/{id}"), &Value::Null).0, 404);
}

#[test]
fn a_group_becomes_a_team_when_it_is_old_enough_and_owned_and_only_once() {
    let world = unlimited();
    let owner = user(&world, "a");
    let (settled, orphan) = (group(&world, "settled", &[&owner]), group(&world, "orphan", &[]));
    let put = |id: &str| {
        call(
            &world,
            &format!("PUT /groups/{id}/team"),
            &json!({"memberSettings": {"allowDeleteChannels": false}}),
        )
    };
    assert_eq!(put(&settled).0, 404, "too young");
    wait(&world, 11);
    assert_eq!(put(&orphan).0, 400);
    let (status, made) = put(&settled);
    assert_eq!(
        (status, &made["memberSettings"]["allowDeleteChannels"]),
        (201, &json!(false))
    );
    assert_eq!(put(&settled).0, 409);
    let (_, shown) = call(
        &world,
        &format!("GET /groups/{settled}?$select=resourceProvisioningOptions"),
        &Value::Null,
    );
    assert_eq!(shown["resourceProvisioningOptions"], json!(["Team"]));
    let (status, refused) = call(&world, &format!("GET /teams/{orphan}"), &Value::Null);
    assert_eq!(
        (status, &refused["error"]["message"]),
        (404, &json!(format!("No team found with Group Id {orphan}")))
    );
}

#[test]
fn settings_change_one_by_one_and_archiving_takes_its_time() {
    let world = unlimited();
    let id = made(&world, &user(&world, "a"));
    let patch = |body: &Value| call(&world, &format!("PATCH /teams/{id}"), body).0;
    assert_eq!(
        patch(&json!({"memberSettings": {"allowDeleteChannels": false}, "displayName": "Other"})),
        204
    );
    assert_eq!(
        patch(&json!({"memberSettings": {"allowAddRemoveApps": false}})),
        204
    );
    assert_eq!(patch(&json!({"memberSettings": {"allowEverything": true}})), 400);
    assert_eq!(patch(&json!({"isArchived": true})), 400);
    let shown = || call(&world, &format!("GET /teams/{id}"), &Value::Null).1;
    assert_eq!(shown()["displayName"], "Other");
    assert_eq!(
        (
            &shown()["memberSettings"]["allowDeleteChannels"],
            &shown()["memberSettings"]["allowAddRemoveApps"]
        ),
        (&json!(false), &json!(false))
    );
    for (verb, archived) in [("archive", true), ("unarchive", false)] {
        let (status, headers) = header(&world, ROLES, &format!("POST /teams/{id}/{verb}"), &Value::Null);
        assert_eq!((status, shown()["isArchived"].clone()), (202, json!(!archived)));
        assert!(
            headers
                .iter()
                .any(|(name, value)| name == "Location" && value.starts_with("/teams("))
        );
        wait(&world, 11);
        assert_eq!(shown()["isArchived"], json!(archived));
    }
}

#[test]
fn a_deleted_group_takes_its_team_along_and_brings_it_back() {
    let world = unlimited();
    let id = made(&world, &user(&world, "a"));
    assert_eq!(call(&world, &format!("DELETE /groups/{id}"), &Value::Null).0, 204);
    assert_eq!(call(&world, &format!("GET /teams/{id}"), &Value::Null).0, 404);
    assert_eq!(
        call(
            &world,
            &format!("POST /directory/deletedItems/{id}/restore"),
            &Value::Null
        )
        .0,
        200
    );
    assert_eq!(call(&world, &format!("GET /teams/{id}"), &Value::Null).0, 200);
}

#[test]
fn whoever_hurries_on_one_team_is_told_to_wait() {
    let world = unlimited();
    let id = made(&world, &user(&world, "a"));
    world.tenant().switches.teams.limits = true;
    let (status, refused) = (0..100)
        .map(|_| call(&world, &format!("GET /teams/{id}"), &Value::Null))
        .find(|(status, _)| *status != 200)
        .unwrap();
    assert_eq!(
        (status, &refused["error"]["code"]),
        (429, &json!("TooManyRequests"))
    );
    wait(&world, 2);
    assert_eq!(call(&world, &format!("GET /teams/{id}"), &Value::Null).0, 200);
}

#[test]
fn a_picture_waits_for_the_group_and_the_way_by_the_team_is_closed_to_apps() {
    let world = unlimited();
    let id = group(&world, "g", &[&user(&world, "a")]);
    let jpeg = [&[0xFF, 0xD8, 0xFF, 0xE0][..], &[0; 64]].concat();
    let put = |path: &str, body: Vec<u8>| {
        bytes(
            &world,
            ROLES,
            &format!("PUT {path}/photo/$value"),
            "image/jpeg",
            body,
        )
    };
    assert_eq!(
        call(&world, &format!("GET /groups/{id}/photo"), &Value::Null).1["error"]["code"],
        "ImageNotFound"
    );
    assert_eq!(
        put(&format!("/groups/{id}"), jpeg.clone()).status,
        404,
        "too young"
    );
    wait(&world, 11);
    assert_eq!(put(&format!("/groups/{id}"), b"text".to_vec()).status, 400);
    assert_eq!(
        put(&format!("/groups/{id}"), vec![0xFF; 4 * 1024 * 1024]).status,
        413
    );
    assert_eq!(put(&format!("/teams/{id}"), jpeg.clone()).status, 502);
    assert_eq!(put(&format!("/groups/{id}"), jpeg.clone()).status, 200);
    let read = bytes(
        &world,
        ROLES,
        &format!("GET /groups/{id}/photo/$value"),
        "image/jpeg",
        Vec::new(),
    );
    assert_eq!(read.body, jpeg);
    let narrow = bytes(
        &world,
        &["Group.Read.All"],
        &format!("PUT /groups/{id}/photo/$value"),
        "image/jpeg",
        jpeg.clone(),
    );
    assert_eq!(narrow.status, 403);
    world.tenant().switches.teams.apps_set_pictures = true;
    assert_eq!(put(&format!("/teams/{id}"), jpeg).status, 204);
}
