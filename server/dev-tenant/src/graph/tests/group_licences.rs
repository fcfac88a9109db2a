use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;

use super::world::{PLAN, SKU, call, user, world};
use crate::directory::Sku;
use crate::world::World;

const OTHER: Uuid = Uuid::from_u128(17);
const OTHER_PLAN: Uuid = Uuid::from_u128(18);
const OFFICE: Uuid = Uuid::from_u128(19);
const LIBRARY: Uuid = Uuid::from_u128(20);

/// Two seats of a suite, and a small plan that goes with no other mail.
fn shop() -> World {
    let world = world(0);
    let sku = |sku_id, part: &str, plans: &[(Uuid, &str)]| Sku {
        sku_id,
        part_number: part.to_owned(),
        enabled_units: 9,
        plans: plans.iter().map(|(id, name)| (*id, (*name).to_owned())).collect(),
    };
    world.tenant().directory.skus.extend([
        sku(OTHER, "EXCHANGESTANDARD", &[(OTHER_PLAN, "EXCHANGE_S_STANDARD")]),
        sku(
            OFFICE,
            "OFFICE",
            &[(OFFICE, "SHAREPOINTWAC"), (LIBRARY, "SHAREPOINTENTERPRISE")],
        ),
    ]);
    world
}

fn group(world: &World, members: &[&str]) -> String {
    let binds: Vec<String> = members
        .iter()
        .map(|id| format!("https://graph.microsoft.com/v1.0/users/{id}"))
        .collect();
    let body = json!({"displayName": "g", "mailNickname": "g", "mailEnabled": false, "securityEnabled": true, "members@odata.bind": binds});
    let (status, made) = call(world, "POST /groups", &body);
    assert_eq!(status, 201, "{made}");
    made["id"].as_str().unwrap().to_owned()
}

fn give(world: &World, to: &str, sku: Uuid, disabled: &[Uuid]) -> (u16, Value) {
    let body = json!({"addLicenses": [{"skuId": sku, "disabledPlans": disabled}], "removeLicenses": []});
    call(world, &format!("POST {to}/assignLicense"), &body)
}

fn take(world: &World, to: &str, sku: Uuid) -> (u16, Value) {
    call(
        world,
        &format!("POST {to}/assignLicense"),
        &json!({"addLicenses": [], "removeLicenses": [sku]}),
    )
}

fn states(world: &World, id: &str) -> Vec<(Value, Value)> {
    let (_, body) = call(
        world,
        &format!("GET /users/{id}?$select=licenseAssignmentStates"),
        &Value::Null,
    );
    let all = body["licenseAssignmentStates"].as_array().unwrap().iter();
    all.map(|state| (state["assignedByGroup"].clone(), state["error"].clone()))
        .collect()
}

fn wait(world: &World) {
    world.clock.advance(SignedDuration::from_secs(6));
}

#[test]
fn members_inherit_by_and_by_and_cannot_give_back() {
    let world = shop();
    let id = user(&world, "a");
    let group = group(&world, &[&id]);
    let (status, answered) = give(&world, &format!("/groups/{group}"), SKU, &[]);
    assert_eq!(
        (status, &answered["licenseProcessingState"]["state"]),
        (202, &json!("QueuedForProcessing"))
    );
    assert!(states(&world, &id).is_empty());
    wait(&world);
    assert_eq!(states(&world, &id), [(json!(group), json!("None"))]);
    let (_, shown) = call(
        &world,
        &format!("GET /groups/{group}?$select=licenseProcessingState,assignedLicenses"),
        &Value::Null,
    );
    assert_eq!(
        (
            &shown["licenseProcessingState"]["state"],
            &shown["assignedLicenses"][0]["skuId"]
        ),
        (&json!("ProcessingComplete"), &json!(SKU))
    );
    let (_, person) = call(
        &world,
        &format!("GET /users/{id}?$select=mail,assignedLicenses"),
        &Value::Null,
    );
    assert_eq!(
        (&person["mail"], &person["assignedLicenses"][0]["skuId"]),
        (&json!("a@contoso.onmicrosoft.com"), &json!(SKU))
    );
    let (status, refused) = take(&world, &format!("/users/{id}"), SKU);
    let text =
        "User license is inherited from a group membership and it cannot be removed directly from the user.";
    assert_eq!((status, &refused["error"]["message"]), (400, &json!(text)));
    assert_eq!(
        call(
            &world,
            &format!("DELETE /groups/{group}/members/{id}/$ref"),
            &Value::Null
        )
        .0,
        204
    );
    assert!(states(&world, &id).is_empty());
}

#[test]
fn who_finds_no_seat_is_told_with_himself_alone() {
    let world = shop();
    let ids = ["a", "b", "c"].map(|name| user(&world, name));
    let group = group(&world, &[&ids[0], &ids[1], &ids[2]]);
    assert_eq!(give(&world, &format!("/groups/{group}"), SKU, &[]).0, 202);
    wait(&world);
    let errors: Vec<Value> = ids.iter().map(|id| states(&world, id)[0].1.clone()).collect();
    assert_eq!(
        errors
            .iter()
            .filter(|error| **error == json!("CountViolation"))
            .count(),
        1
    );
    let (_, skus) = call(&world, "GET /subscribedSkus", &Value::Null);
    assert_eq!(skus["value"][0]["consumedUnits"], 2);
    let lucky = &ids[usize::from(errors[0] != json!("None"))];
    assert_eq!(
        call(
            &world,
            &format!("DELETE /groups/{group}/members/{lucky}/$ref"),
            &Value::Null
        )
        .0,
        204
    );
    for id in ids.iter().filter(|id| *id != lucky) {
        assert_eq!(states(&world, id)[0].1, "None", "the free seat is taken");
    }
}

#[test]
fn plans_that_exclude_or_need_each_other_are_named() {
    let world = shop();
    let id = user(&world, "a");
    let line = format!("/users/{id}");
    assert_eq!(give(&world, &line, SKU, &[]).0, 200);
    let (status, refused) = give(&world, &line, OTHER, &[]);
    let message = refused["error"]["message"].as_str().unwrap();
    assert!(
        status == 400 && message.contains("mutually exclusive") && message.contains(&OTHER_PLAN.to_string()),
        "{message}"
    );
    assert_eq!(give(&world, &line, OTHER, &[OTHER_PLAN]).0, 200);
    assert_eq!(give(&world, &line, SKU, &[PLAN]).0, 200);
    assert_eq!(
        give(&world, &line, OTHER, &[]).0,
        200,
        "now that the other plan is disabled"
    );
    let (status, refused) = give(&world, &line, OFFICE, &[LIBRARY]);
    let message = refused["error"]["message"].as_str().unwrap();
    assert!(status == 400 && message.contains("depends on"), "{message}");
    assert_eq!(give(&world, &line, OFFICE, &[]).0, 200);
}

#[test]
fn an_inherited_plan_that_quarrels_is_an_error_of_the_member() {
    let world = shop();
    let id = user(&world, "a");
    assert_eq!(give(&world, &format!("/users/{id}"), SKU, &[]).0, 200);
    let group = group(&world, &[&id]);
    assert_eq!(give(&world, &format!("/groups/{group}"), OTHER, &[]).0, 202);
    wait(&world);
    assert_eq!(
        states(&world, &id),
        [
            (Value::Null, json!("None")),
            (json!(group), json!("MutuallyExclusiveViolation"))
        ]
    );
}

#[test]
fn an_assignment_may_be_merely_accepted() {
    let world = shop();
    let id = user(&world, "a");
    world.tenant().switches.assign_licence_is_accepted = true;
    assert_eq!(give(&world, &format!("/users/{id}"), SKU, &[]).0, 202);
    assert_eq!(states(&world, &id).len(), 1);
}
