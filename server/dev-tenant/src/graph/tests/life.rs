use jiff::SignedDuration;
use serde_json::{Value, json};

use super::world::{ALL, SKU, call, person, send, user, world};
use crate::world::World;

fn gone(world: &World, id: &str) {
    assert_eq!(call(world, &format!("DELETE /users/{id}"), &Value::Null).0, 204);
}

fn restore(world: &World, id: &str, body: &Value) -> (u16, Value) {
    call(world, &format!("POST /directory/deletedItems/{id}/restore"), body)
}

#[test]
fn a_rename_keeps_the_person_and_the_address_he_had() {
    let world = world(0);
    let id = user(&world, "hanako");
    let mail = |name: &str| json!({"userPrincipalName": format!("{name}@contoso.onmicrosoft.com"), "mail": format!("{name}@contoso.onmicrosoft.com"), "displayName": name});
    for name in ["hanako.sato", "hanako.ito"] {
        assert_eq!(call(&world, &format!("PATCH /users/{id}"), &mail(name)).0, 204);
    }
    let line = "GET /users/hanako.ito@contoso.onmicrosoft.com?$select=id,displayName,mail,proxyAddresses";
    let (_, body) = call(&world, line, &Value::Null);
    assert_eq!(
        (&body["id"], &body["displayName"]),
        (&json!(id), &json!("hanako.ito"))
    );
    assert_eq!(
        body["proxyAddresses"],
        json!([
            "SMTP:hanako.ito@contoso.onmicrosoft.com",
            "smtp:hanako.sato@contoso.onmicrosoft.com"
        ])
    );
    assert_eq!(
        call(&world, "GET /users/hanako@contoso.onmicrosoft.com", &Value::Null).0,
        404
    );
    let (status, body) = call(&world, "POST /users", &person("hanako.sato"));
    assert_eq!(status, 400, "an address that somebody has had stays his");
    assert_eq!(body["error"]["details"][0]["target"], "proxyAddresses");
}

#[test]
fn a_blocked_person_is_let_in_again_by_the_narrow_permission() {
    let world = world(0);
    let id = user(&world, "a");
    for enabled in [false, true] {
        let body = json!({"accountEnabled": enabled});
        let line = format!("PATCH /users/{id}");
        assert_eq!(send(&world, &["User.Read.All"], &line, &[], &body).0, 403);
        assert_eq!(
            send(&world, &["User.EnableDisableAccount.All"], &line, &[], &body).0,
            204
        );
        let (_, shown) = call(
            &world,
            &format!("GET /users/{id}?$select=accountEnabled"),
            &Value::Null,
        );
        assert_eq!(shown["accountEnabled"], enabled);
    }
}

#[test]
fn a_name_is_free_after_deletion_and_its_next_owner_is_somebody_else() {
    let world = world(0);
    let old = user(&world, "a");
    gone(&world, &old);
    let (status, deleted) = call(
        &world,
        &format!("GET /directory/deletedItems/{old}?$select=id,userPrincipalName"),
        &Value::Null,
    );
    assert_eq!(status, 200, "{deleted}");
    let prefixed = format!("{}a@contoso.onmicrosoft.com", old.replace('-', ""));
    assert_eq!(deleted["userPrincipalName"], prefixed);
    let new = user(&world, "a");
    assert_ne!(new, old);
    let (_, found) = call(&world, "GET /users/a@contoso.onmicrosoft.com", &Value::Null);
    assert_eq!(found["id"], json!(new));
    let (status, body) = restore(&world, &old, &Value::Null);
    assert_eq!(
        (status, &body["error"]["details"][0]["target"]),
        (400, &json!("userPrincipalName"))
    );
    let other = json!({"newUserPrincipalName": "a2@contoso.onmicrosoft.com"});
    assert_eq!(restore(&world, &old, &other).0, 200);
    let (_, back) = call(&world, "GET /users/a2@contoso.onmicrosoft.com", &Value::Null);
    assert_eq!(back["id"], json!(old));
}

#[test]
fn an_address_taken_meanwhile_is_left_to_its_new_owner_only_when_asked() {
    let world = world(0);
    let old = user(&world, "a");
    let mail = json!({"mail": "shared@contoso.onmicrosoft.com"});
    assert_eq!(call(&world, &format!("PATCH /users/{old}"), &mail).0, 204);
    gone(&world, &old);
    let new = user(&world, "b");
    assert_eq!(call(&world, &format!("PATCH /users/{new}"), &mail).0, 204);
    assert_eq!(restore(&world, &old, &Value::Null).0, 400);
    assert_eq!(
        restore(&world, &old, &json!({"autoReconcileProxyConflict": true})).0,
        200
    );
    let (_, back) = call(
        &world,
        &format!("GET /users/{old}?$select=mail,proxyAddresses"),
        &Value::Null,
    );
    assert_eq!(
        (&back["mail"], &back["proxyAddresses"]),
        (&Value::Null, &json!([]))
    );
}

#[test]
fn thirty_days_or_a_purge_end_it() {
    let world = world(0);
    let (a, b, boss) = (user(&world, "a"), user(&world, "b"), user(&world, "boss"));
    let manager = json!({"@odata.id": format!("https://graph.microsoft.com/v1.0/users/{b}")});
    assert_eq!(
        call(&world, &format!("PUT /users/{boss}/manager/$ref"), &manager).0,
        204
    );
    gone(&world, &a);
    gone(&world, &b);
    let line = format!("DELETE /directory/deletedItems/{a}");
    assert_eq!(send(&world, &["User.Read.All"], &line, &[], &Value::Null).0, 403);
    assert_eq!(
        send(&world, &["User.DeleteRestore.All"], &line, &[], &Value::Null).0,
        204
    );
    assert_eq!(call(&world, &line, &Value::Null).0, 404);
    let there = |id: &str| call(&world, &format!("GET /directory/deletedItems/{id}"), &Value::Null).0;
    world.clock.advance(SignedDuration::from_hours(30 * 24 - 1));
    assert_eq!((there(&a), there(&b)), (404, 200));
    world.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(there(&b), 404);
    assert_eq!(restore(&world, &b, &Value::Null).0, 404);
    assert!(
        world
            .tenant()
            .directory
            .users
            .values()
            .all(|user| user.manager.is_none())
    );
}

#[test]
fn licences_come_back_as_far_as_there_are_seats() {
    let world = world(0);
    let add = json!({"addLicenses": [{"skuId": SKU}], "removeLicenses": []});
    let people = ["a", "b", "c", "d"].map(|name| user(&world, name));
    let licence = |id: &str| {
        assert_eq!(
            call(&world, &format!("POST /users/{id}/assignLicense"), &add).0,
            200
        );
    };
    licence(&people[0]);
    licence(&people[1]);
    gone(&world, &people[0]);
    gone(&world, &people[1]);
    licence(&people[2]);
    for id in &people[..2] {
        assert_eq!(restore(&world, id, &Value::Null).0, 200);
    }
    let held = |id: &str| {
        let line = format!("GET /users/{id}?$select=assignedLicenses");
        let (_, body) = send(&world, ALL, &line, &[], &Value::Null);
        body["assignedLicenses"].as_array().unwrap().len()
    };
    assert_eq!(
        (held(&people[0]), held(&people[1]), held(&people[2])),
        (1, 0, 1),
        "two seats"
    );
}

#[test]
fn a_microsoft_365_group_lies_there_with_its_members_and_a_security_group_does_not() {
    let world = world(0);
    let member = user(&world, "a");
    let make = |name: &str, kinds: &Value, mail: bool| {
        let body = json!({"displayName": name, "mailNickname": name, "mailEnabled": mail, "securityEnabled": !mail, "groupTypes": kinds,
            "members@odata.bind": [format!("https://graph.microsoft.com/v1.0/users/{member}")]});
        let (status, made) = call(&world, "POST /groups", &body);
        assert_eq!(status, 201, "{made}");
        let id = made["id"].as_str().unwrap().to_owned();
        assert_eq!(call(&world, &format!("DELETE /groups/{id}"), &Value::Null).0, 204);
        id
    };
    let (team, security) = (
        make("team", &json!(["Unified"]), true),
        make("plain", &json!([]), false),
    );
    let (_, listed) = call(
        &world,
        "GET /directory/deletedItems/microsoft.graph.group",
        &Value::Null,
    );
    assert_eq!(listed["value"][0]["id"], json!(team));
    assert_eq!(restore(&world, &security, &Value::Null).0, 404);
    let (status, back) = restore(&world, &team, &Value::Null);
    assert_eq!(
        (status, &back["@odata.type"]),
        (200, &json!("#microsoft.graph.group"))
    );
    let (_, members) = call(&world, &format!("GET /groups/{team}/members"), &Value::Null);
    assert_eq!(members["value"][0]["id"], json!(member));
}
