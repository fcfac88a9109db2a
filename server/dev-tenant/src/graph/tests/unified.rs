use serde_json::{Value, json};

use super::world::{call, user, world};
use crate::world::World;

fn unified(name: &str) -> Value {
    json!({"displayName": name, "mailNickname": name, "mailEnabled": true, "securityEnabled": false, "groupTypes": ["Unified"]})
}

fn create(world: &World, body: &Value) -> String {
    let (status, made) = call(world, "POST /groups", body);
    assert_eq!(status, 201, "{made}");
    made["id"].as_str().unwrap().to_owned()
}

fn reference(id: &str) -> Value {
    json!({"@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}")})
}

#[test]
fn a_microsoft_365_group_has_an_address_that_nobody_else_has() {
    let world = world(0);
    let id = create(&world, &unified("sales"));
    let (_, shown) = call(&world, &format!("GET /groups/{id}"), &Value::Null);
    assert_eq!(
        (&shown["mail"], &shown["visibility"]),
        (&json!("sales@contoso.onmicrosoft.com"), &json!("Public"))
    );
    assert_eq!(
        shown["proxyAddresses"],
        json!(["SMTP:sales@contoso.onmicrosoft.com"])
    );
    let (status, refused) = call(&world, "POST /groups", &unified("sales"));
    assert_eq!(
        (status, &refused["error"]["details"][0]["target"]),
        (400, &json!("mailNickname"))
    );
    user(&world, "hanako");
    let mail = json!({"mail": "hr@contoso.onmicrosoft.com"});
    assert_eq!(
        call(&world, "PATCH /users/hanako@contoso.onmicrosoft.com", &mail).0,
        204
    );
    assert_eq!(call(&world, "POST /groups", &unified("hr")).0, 400);
}

#[test]
fn an_address_that_somebody_took_meanwhile_keeps_a_deleted_group_where_it_is() {
    let world = world(0);
    let id = create(&world, &unified("sales"));
    assert_eq!(call(&world, &format!("DELETE /groups/{id}"), &Value::Null).0, 204);
    let other = create(&world, &unified("sales"));
    let restore = format!("POST /directory/deletedItems/{id}/restore");
    assert_eq!(call(&world, &restore, &Value::Null).0, 400);
    assert_eq!(
        call(&world, &format!("DELETE /groups/{other}"), &Value::Null).0,
        204
    );
    assert_eq!(call(&world, &restore, &Value::Null).0, 200);
}

#[test]
fn it_holds_people_alone_and_keeps_an_owner() {
    let world = world(0);
    let (a, b) = (user(&world, "a"), user(&world, "b"));
    let id = create(&world, &unified("sales"));
    let nested =
        json!({"displayName": "n", "mailNickname": "n", "mailEnabled": false, "securityEnabled": true});
    let nested = create(&world, &nested);
    let bind = |id: &str| format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}");
    let patch = |body: Value| call(&world, &format!("PATCH /groups/{id}"), &body).0;
    assert_eq!(patch(json!({"members@odata.bind": [bind(&nested)]})), 400);
    assert_eq!(
        patch(json!({"members@odata.bind": [bind(&a), bind(&b)], "owners@odata.bind": [bind(&a)]})),
        204
    );
    let remove = |owner: &str| {
        call(
            &world,
            &format!("DELETE /groups/{id}/owners/{owner}/$ref"),
            &Value::Null,
        )
    };
    let (status, refused) = remove(&a);
    assert_eq!(
        (status, &refused["error"]["message"]),
        (
            400,
            &json!("The group must have at least one owner, hence this owner cannot be removed.")
        )
    );
    assert_eq!(
        call(&world, &format!("POST /groups/{id}/owners/$ref"), &reference(&b)).0,
        204
    );
    assert_eq!(remove(&a).0, 204);
}

#[test]
fn an_app_s_security_group_keeps_its_owner_too() {
    let world = world(0);
    let a = user(&world, "a");
    let body = json!({"displayName": "s", "mailNickname": "s", "mailEnabled": false, "securityEnabled": true,
        "owners@odata.bind": [format!("https://graph.microsoft.com/v1.0/users/{a}")]});
    let id = create(&world, &body);
    assert_eq!(
        call(
            &world,
            &format!("DELETE /groups/{id}/owners/{a}/$ref"),
            &Value::Null
        )
        .0,
        400
    );
}

#[test]
fn what_graph_computes_and_what_is_too_long_is_refused() {
    let world = world(0);
    let id = create(&world, &unified("sales"));
    for body in [
        json!({"mail": "x@contoso.onmicrosoft.com"}),
        json!({"proxyAddresses": []}),
        json!({"description": "x".repeat(1025)}),
        json!({"visibility": "Secret"}),
        json!({"displayName": "x".repeat(257)}),
    ] {
        assert_eq!(
            call(&world, &format!("PATCH /groups/{id}"), &body).0,
            400,
            "{body}"
        );
    }
}
