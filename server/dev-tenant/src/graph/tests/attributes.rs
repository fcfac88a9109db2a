use serde_json::{Value, json};

use super::world::{ALL, call, person, send, user, world};
use crate::world::World;

fn patch(world: &World, id: &str, body: &Value) -> u16 {
    call(world, &format!("PATCH /users/{id}"), body).0
}

fn shown(world: &World, id: &str, select: &str) -> Value {
    call(world, &format!("GET /users/{id}?$select={select}"), &Value::Null).1
}

#[test]
fn every_attribute_of_the_table_is_written_and_shown_on_demand() {
    let world = world(0);
    let id = user(&world, "a");
    let mut all = json!({
        "displayName": "佐藤 花子", "mailNickname": "hanako", "userPrincipalName": "hanako@contoso.onmicrosoft.com",
        "onPremisesImmutableId": "abc==", "businessPhones": ["03-1111-2222"], "city": "東京", "country": "日本",
        "state": "東京都", "companyName": "コントソ", "department": "営業部", "employeeId": "100001",
        "employeeOrgData": {"division": "D", "costCenter": "C"}, "employeeType": "Employee", "faxNumber": "03-3333-4444",
        "givenName": "花子", "surname": "佐藤", "jobTitle": "主任", "mail": "hanako@contoso.onmicrosoft.com",
        "mobilePhone": "090-1111-2222", "officeLocation": "18F", "otherMails": ["h@fabrikam.com"], "postalCode": "100-0001",
        "streetAddress": "千代田 1-1", "preferredDataLocation": "JPN", "preferredLanguage": "ja-JP", "usageLocation": "JP",
    });
    for number in 1..=15 {
        all["onPremisesExtensionAttributes"][format!("extensionAttribute{number}")] =
            json!(format!("x{number}"));
    }
    assert_eq!(patch(&world, &id, &all), 204);
    for (name, value) in all.as_object().unwrap() {
        assert_eq!(&shown(&world, &id, name)[name], value, "{name}");
    }
    let (_, unasked) = call(&world, &format!("GET /users/{id}"), &Value::Null);
    assert!(unasked.get("department").is_none() && unasked.get("officeLocation").is_some());
}

#[test]
fn each_limit_holds_at_its_last_character() {
    let world = world(0);
    let id = user(&world, "a");
    for (name, most) in [
        ("displayName", 256),
        ("mailNickname", 64),
        ("city", 128),
        ("country", 128),
        ("state", 128),
        ("companyName", 64),
        ("department", 64),
        ("employeeId", 16),
        ("givenName", 64),
        ("surname", 64),
        ("jobTitle", 128),
        ("mobilePhone", 64),
        ("officeLocation", 128),
        ("postalCode", 40),
        ("streetAddress", 1024),
    ] {
        let body = |size: usize| json!({name: "x".repeat(size)});
        assert_eq!(
            (
                patch(&world, &id, &body(most)),
                patch(&world, &id, &body(most + 1))
            ),
            (204, 400),
            "{name}"
        );
    }
    let extension =
        |size: usize| json!({"onPremisesExtensionAttributes": {"extensionAttribute7": "x".repeat(size)}});
    assert_eq!(
        (
            patch(&world, &id, &extension(1024)),
            patch(&world, &id, &extension(1025))
        ),
        (204, 400)
    );
}

#[test]
fn values_that_mean_nothing_are_refused() {
    let world = world(0);
    let id = user(&world, "a");
    let many: Vec<String> = (0..251).map(|n| format!("a{n}@b.c")).collect();
    for body in [
        json!({"displayName": null}),
        json!({"usageLocation": null}),
        json!({"usageLocation": "JPN"}),
        json!({"preferredLanguage": "日本語"}),
        json!({"preferredLanguage": "ja_JP"}),
        json!({"preferredDataLocation": "Japan"}),
        json!({"businessPhones": ["1", "2"]}),
        json!({"otherMails": many}),
        json!({"mail": "日本@contoso.onmicrosoft.com"}),
        json!({"onPremisesImmutableId": "a_b"}),
        json!({"userPrincipalName": "a@fabrikam.com"}),
        json!({"onPremisesExtensionAttributes": {"extensionAttribute16": "x"}}),
        json!({"employeeOrgData": {"colour": "x"}}),
        json!({"employeeOrgData": {"division": 1}}),
        json!({"proxyAddresses": []}),
        json!({"jobTitle": 5}),
    ] {
        assert_eq!(patch(&world, &id, &body), 400, "{body}");
    }
}

#[test]
fn a_complex_value_is_replaced_but_extension_attributes_stand_each_for_itself() {
    for (replaces, left) in [(true, Value::Null), (false, json!("D"))] {
        let world = world(0);
        world.tenant().switches.complex_values_are_replaced = replaces;
        let id = user(&world, "a");
        assert_eq!(
            patch(&world, &id, &json!({"employeeOrgData": {"division": "D"}})),
            204
        );
        assert_eq!(
            patch(&world, &id, &json!({"employeeOrgData": {"costCenter": "C"}})),
            204
        );
        let data = shown(&world, &id, "employeeOrgData")["employeeOrgData"].clone();
        assert_eq!((&data["division"], &data["costCenter"]), (&left, &json!("C")));
        for number in [1, 2] {
            let one = json!({"onPremisesExtensionAttributes": {format!("extensionAttribute{number}"): "x"}});
            assert_eq!(patch(&world, &id, &one), 204);
        }
        let all =
            shown(&world, &id, "onPremisesExtensionAttributes")["onPremisesExtensionAttributes"].clone();
        assert_eq!(
            (&all["extensionAttribute1"], &all["extensionAttribute2"]),
            (&json!("x"), &json!("x"))
        );
    }
}

fn sync(world: &World, synced: bool) {
    for person in world.tenant().directory.users.values_mut() {
        person
            .properties
            .insert("onPremisesSyncEnabled".to_owned(), json!(synced));
    }
}

#[test]
fn who_is_mastered_on_premises_is_changed_there() {
    let world = world(0);
    let (id, boss) = (user(&world, "a"), user(&world, "boss"));
    sync(&world, true);
    for body in [
        json!({"department": "x"}),
        json!({"accountEnabled": false}),
        json!({"usageLocation": "US", "city": "x"}),
    ] {
        assert_eq!(patch(&world, &id, &body), 400, "{body}");
    }
    assert_eq!(patch(&world, &id, &json!({"usageLocation": "US"})), 204);
    let manager = json!({"@odata.id": format!("https://graph.microsoft.com/v1.0/users/{boss}")});
    assert_eq!(
        call(&world, &format!("PUT /users/{id}/manager/$ref"), &manager).0,
        400
    );
    sync(&world, false);
    assert_eq!(patch(&world, &id, &json!({"department": "x"})), 204);
    let extension = json!({"onPremisesExtensionAttributes": {"extensionAttribute1": "x"}});
    assert_eq!(
        patch(&world, &id, &extension),
        400,
        "read-only since he was synchronised"
    );
}

#[test]
fn administrators_are_out_of_reach_for_what_is_sensitive() {
    let world = world(0);
    let id = user(&world, "a");
    let role = uuid::Uuid::from_u128(0xfe93);
    let person = crate::directory::ObjectId(id.parse().unwrap());
    world.tenant().directory.roles.insert(person, [role].into());
    for body in [
        json!({"accountEnabled": false}),
        json!({"mobilePhone": "1"}),
        json!({"otherMails": []}),
    ] {
        assert_eq!(patch(&world, &id, &body), 403, "{body}");
    }
    assert_eq!(patch(&world, &id, &json!({"department": "x"})), 204);
    assert_eq!(call(&world, &format!("DELETE /users/{id}"), &Value::Null).0, 403);
    world.tenant().switches.administrators_are_protected = false;
    assert_eq!(patch(&world, &id, &json!({"accountEnabled": false})), 204);
}

#[test]
fn creation_keeps_the_same_rules() {
    let world = world(0);
    let mut body = person("a");
    body["preferredLanguage"] = json!("japanese language");
    assert_eq!(send(&world, ALL, "POST /users", &[], &body).0, 400);
    body["preferredLanguage"] = json!("en");
    assert_eq!(send(&world, ALL, "POST /users", &[], &body).0, 201);
}
