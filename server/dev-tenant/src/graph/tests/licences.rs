use serde_json::{Value, json};
use uuid::Uuid;

use super::world::{PLAN, SKU, call, user, world};

fn add(sku: Uuid) -> Value {
    json!({"addLicenses": [{"skuId": sku, "disabledPlans": []}], "removeLicenses": []})
}

#[test]
fn seats_never_run_below_zero_however_many_ask_at_once() {
    let world = world(0);
    let ids: Vec<String> = (0..8).map(|n| user(&world, &format!("user{n}"))).collect();
    let world = &world;
    let given = std::thread::scope(|scope| {
        let asked: Vec<_> = ids
            .iter()
            .map(|id| {
                scope.spawn(move || call(world, &format!("POST /users/{id}/assignLicense"), &add(SKU)).0)
            })
            .collect();
        asked
            .into_iter()
            .map(|one| one.join().unwrap())
            .filter(|status| *status == 200)
            .count()
    });
    assert_eq!(given, 2);
    let (_, body) = call(world, "GET /subscribedSkus", &Value::Null);
    assert_eq!(body["value"][0]["consumedUnits"], json!(2));
}

#[test]
fn licences_are_refused_in_graphs_words() {
    let world = world(0);
    let id = user(&world, "a");
    let line = format!("POST /users/{id}/assignLicense");
    let unknown = Uuid::from_u128(5);
    for (body, message) in [
        (
            add(unknown),
            format!("License {unknown} does not correspond to a valid company License."),
        ),
        (
            json!({"addLicenses": [], "removeLicenses": [SKU]}),
            "User does not have a corresponding license.".to_owned(),
        ),
    ] {
        let (status, answer) = call(&world, &line, &body);
        assert_eq!((status, &answer["error"]["message"]), (400, &json!(message)));
    }
    assert_eq!(call(&world, &line, &json!({"addLicenses": []})).0, 400);
    for person in world.tenant().directory.users.values_mut() {
        person.properties.remove("usageLocation");
    }
    let (_, answer) = call(&world, &line, &add(SKU));
    assert_eq!(
        answer["error"]["message"],
        "License assignment cannot be done for user with invalid usage location."
    );
}

#[test]
fn an_exchange_plan_brings_an_address_unless_it_is_disabled() {
    let world = world(0);
    let (with, without) = (user(&world, "with"), user(&world, "without"));
    call(&world, &format!("POST /users/{with}/assignLicense"), &add(SKU));
    let disabled = json!({"addLicenses": [{"skuId": SKU, "disabledPlans": [PLAN]}], "removeLicenses": []});
    call(&world, &format!("POST /users/{without}/assignLicense"), &disabled);
    let mail = |id: &str| call(&world, &format!("GET /users/{id}"), &Value::Null).1["mail"].clone();
    assert_eq!(mail(&with), json!("with@contoso.onmicrosoft.com"));
    assert_eq!(mail(&without), Value::Null);
}

#[test]
fn one_subscription_is_read_by_its_id_and_a_users_licences_are_looked_at_anew() {
    let world = world(0);
    let id = user(&world, "a");
    let (_, all) = call(&world, "GET /subscribedSkus", &Value::Null);
    let sku = all["value"][0]["id"].as_str().unwrap();
    let (status, one) = call(&world, &format!("GET /subscribedSkus/{sku}"), &Value::Null);
    assert_eq!((status, &one["skuPartNumber"]), (200, &json!("SPE_E3")));
    assert_eq!(call(&world, "GET /subscribedSkus/x", &Value::Null).0, 404);
    let (status, body) = call(
        &world,
        &format!("POST /users/{id}/reprocessLicenseAssignment"),
        &Value::Null,
    );
    assert_eq!((status, &body["id"]), (200, &json!(id)));
}

#[test]
fn services_that_are_off_are_a_whole_list_that_shows_and_only_of_the_licence() {
    let world = world(0);
    let id = user(&world, "a");
    let line = format!("POST /users/{id}/assignLicense");
    let without = |plans: &[Uuid]| {
        let licence = json!({"skuId": SKU, "disabledPlans": plans});
        call(
            &world,
            &line,
            &json!({"addLicenses": [licence], "removeLicenses": []}),
        )
    };
    let shown = || {
        let path = format!("GET /users/{id}?$select=assignedLicenses,licenseAssignmentStates");
        let (_, user) = call(&world, &path, &Value::Null);
        ["assignedLicenses", "licenseAssignmentStates"].map(|name| user[name][0]["disabledPlans"].clone())
    };
    assert_eq!(without(&[PLAN]).0, 200);
    assert_eq!(shown(), [json!([PLAN]), json!([PLAN])]);
    let (status, answer) = without(&[PLAN, Uuid::from_u128(5)]);
    let told = answer["error"]["message"].as_str().unwrap();
    assert!(
        status == 400 && told.contains("do not belong to license"),
        "{told}"
    );
    assert_eq!(shown(), [json!([PLAN]), json!([PLAN])]);
    assert_eq!(without(&[]).0, 200);
    assert_eq!(shown(), [json!([]), json!([])]);
}
