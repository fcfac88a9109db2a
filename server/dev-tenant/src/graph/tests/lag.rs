use jiff::SignedDuration;
use serde_json::{Value, json};

use super::world::{SKU, call, person, user, world};

#[test]
fn a_new_user_is_unknown_until_it_has_replicated_but_its_name_is_taken() {
    let world = world(30);
    let id = user(&world, "a");
    let licence = json!({"addLicenses": [{"skuId": SKU}], "removeLicenses": []});
    assert_eq!(call(&world, &format!("GET /users/{id}"), &Value::Null).0, 404);
    assert_eq!(
        call(&world, &format!("POST /users/{id}/assignLicense"), &licence).0,
        404
    );
    let (_, listed) = call(&world, "GET /users?$filter=displayName%20eq%20'a'", &Value::Null);
    assert_eq!(listed["value"], json!([]));
    assert_eq!(call(&world, "POST /users", &person("a")).0, 400);
    world.clock.advance(SignedDuration::from_secs(31));
    assert_eq!(call(&world, &format!("GET /users/{id}"), &Value::Null).0, 200);
    assert_eq!(
        call(&world, &format!("POST /users/{id}/assignLicense"), &licence).0,
        200
    );
}

#[test]
fn a_young_user_comes_and_goes_and_an_older_one_stays() {
    let world = world(0);
    world.tenant().switches.replication_flaps_percent = 50;
    let id = user(&world, "a");
    let read = || call(&world, &format!("GET /users/{id}"), &Value::Null).0;
    let young: Vec<u16> = (0..40).map(|_| read()).collect();
    assert!(young.contains(&200) && young.contains(&404), "{young:?}");
    world.clock.advance(SignedDuration::from_secs(61));
    assert!((0..40).all(|_| read() == 200));
}
