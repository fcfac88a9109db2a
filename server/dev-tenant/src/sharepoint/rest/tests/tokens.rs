//! The way in: bearer tokens.

use serde_json::Value;

use super::harness::{call, house};

#[test]
fn without_a_believable_token_the_host_tells_its_realm_and_why() {
    let house = house();
    for (header, reason) in [
        (None, "there is no bearer token"),
        (Some("Bearer "), "there is no bearer token"),
        (Some("Bearer a.b.c"), "Token contains invalid signature."),
    ] {
        let headers: Vec<(&str, &str)> = header.into_iter().map(|value| ("authorization", value)).collect();
        let refused = crate::sharepoint::answer(&house.world, &call("GET", "web", &headers, ""));
        let named = |name: &str| {
            refused
                .headers
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.clone())
        };
        assert_eq!(refused.status, 401);
        assert!(refused.body.is_empty());
        assert!(named("x-ms-diagnostics").unwrap().contains(reason), "{reason}");
        let realm = format!("realm=\"{}\"", house.world.names.id);
        assert!(named("WWW-Authenticate").unwrap().contains(&realm));
    }
    house.world.tenant().switches.empty_401_bodies = false;
    let told = crate::sharepoint::answer(&house.world, &call("GET", "web", &[], ""));
    let body: Value = serde_json::from_slice(&told.body).unwrap();
    assert_eq!(body["error_description"], "there is no bearer token");
}
