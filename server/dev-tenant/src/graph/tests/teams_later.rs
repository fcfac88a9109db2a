//! Teams that are there: settings, archiving, deletion, pace and pictures.

use serde_json::{Value, json};

use super::teams::{ROLES, call, group, made, wait};
use super::world::{bytes, header, unlimited, user};

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
    world.tenant().switches.team_limits = true;
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
    world.tenant().switches.apps_set_team_pictures = true;
    assert_eq!(put(&format!("/teams/{id}"), jpeg).status, 204);
}
