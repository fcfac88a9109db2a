//! The tenant allows no secret, or has no such app.

use e2e::house::House;
use e2e::registration::said;
use serde_json::json;

use super::hindered::{obstacles, refused};
use super::{house, phase, renew};

const ANOTHER: &str = "9b1f0c52-6a3e-4c1d-8f27-5d0e6b7a9c14";

async fn secrets(house: &House) -> usize {
    let registration = house.registration().await;
    registration["passwordCredentials"].as_array().map_or(0, Vec::len)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_allows_no_secret_is_told_beforehand_and_even_where_it_cannot_be_read() {
    let house = house("secret = true").await;
    let before = house.thumbprints().await;
    let rules = json!({
        "keyCredentials": [],
        "passwordCredentials": [{
            "restrictionType": "passwordAddition", "state": "enabled",
            "restrictForAppsCreatedAfterDateTime": "2000-01-01T00:00:00Z",
        }],
    });
    house.forbid(&rules).await;
    // Without Policy.Read.All the refusal itself tells, and the way back is open.
    let stopped = house.run(&["credentials", "renew"]);
    assert!(
        !stopped.status.success() && said(&stopped).contains("CredentialTypeNotAllowed"),
        "{}",
        said(&stopped)
    );
    assert_eq!((phase(&house), secrets(&house).await), ("made".to_owned(), 0));
    assert!(house.run(&["credentials", "verify"]).status.success());
    let back = house.run(&["credentials", "rollback"]);
    assert!(back.status.success(), "{}", said(&back));
    assert_eq!(house.thumbprints().await, before);
    house.consent("Policy.Read.All");
    house.consent("Application.Read.All");
    assert_eq!(obstacles(&house), ["secretForbidden"]);
    let told = refused(&house);
    assert!(told.contains("credentials.renewal.secret を false"), "{told}");
    assert_eq!((house.thumbprints().await, secrets(&house).await), (before, 0));
    house.configure(|text| text.replace("secret = true", "secret = false"));
    renew(&house);
    assert_eq!((phase(&house), secrets(&house).await), ("switched".to_owned(), 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_the_tenant_does_not_have_is_told_of_by_the_key_of_the_configuration() {
    let house = house("").await;
    let before = house.thumbprints().await;
    let ours = house.our_app().app_id.0.to_string();
    house.configure(|text| text.replace(&ours, ANOTHER));
    assert_eq!(obstacles(&house), ["noApplication"]);
    let told = refused(&house);
    assert!(told.contains("app.client_id") && told.contains("同意"), "{told}");
    let doctor = house.run(&["doctor"]);
    assert!(
        !doctor.status.success() && said(&doctor).contains("app.client_id"),
        "{}",
        said(&doctor)
    );
    house.configure(|text| text.replace(ANOTHER, &ours));
    assert_eq!(house.thumbprints().await, before);
    renew(&house);
    assert_eq!(phase(&house), "switched");
}
