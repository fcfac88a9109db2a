//! What app management policies rule out.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::fixture::{Fixture, fixture};
use super::registration::{ALL, POLICIES, credential, graph, own, proof, renewed};

const TENANTS: &str = "/policies/defaultAppManagementPolicy";

fn set(fixture: &Fixture, passwords: &Value, keys: &Value) {
    let body = json!({"isEnabled": true,
        "applicationRestrictions": {"passwordCredentials": passwords, "keyCredentials": keys}});
    let (status, body) = graph(fixture, POLICIES, &format!("PATCH {TENANTS}"), &body);
    assert_eq!(status, 204, "{body}");
}

/// Status and code of a secret for so many days.
fn secret(fixture: &Fixture, days: i64) -> (u16, Value) {
    let end = fixture.world.clock.now() + SignedDuration::from_hours(24 * days);
    let wish = json!({"passwordCredential": {"endDateTime": end}});
    let (status, body) = own(fixture, ALL, "POST", "/addPassword", &wish);
    (status, body["error"]["code"].clone())
}

#[test]
fn the_tenants_policy_is_there_and_restricts_nothing_until_it_is_enabled() {
    let fixture = fixture();
    let (status, policy) = graph(&fixture, POLICIES, &format!("GET {TENANTS}"), &Value::Null);
    assert_eq!((status, &policy["isEnabled"]), (200, &json!(false)));
    assert_eq!(
        graph(&fixture, ALL, &format!("GET {TENANTS}"), &Value::Null).0,
        403
    );
    let off = json!({"applicationRestrictions": {"passwordCredentials": [{"restrictionType": "passwordAddition"}]}});
    assert_eq!(
        graph(&fixture, POLICIES, &format!("PATCH {TENANTS}"), &off).0,
        204
    );
    assert_eq!(secret(&fixture, 900).0, 200);
    let nonsense = json!({"applicationRestrictions": {"passwordCredentials": [{"restrictionType": "passwordLifetime"}]}});
    assert_eq!(
        graph(&fixture, POLICIES, &format!("PATCH {TENANTS}"), &nonsense).0,
        400,
        "how long?"
    );
}

#[test]
fn a_credential_that_would_live_too_long_is_refused_by_name_of_the_policy() {
    let fixture = fixture();
    set(
        &fixture,
        &json!([{"restrictionType": "passwordLifetime", "state": "enabled", "maxLifetime": "P90D"}]),
        &json!([{"restrictionType": "asymmetricKeyLifetime", "state": "enabled", "maxLifetime": "P30D"}]),
    );
    assert_eq!(
        secret(&fixture, 91),
        (400, json!("CredentialInvalidLifetimeAsPerAppPolicy"))
    );
    assert_eq!(secret(&fixture, 89).0, 200);
    for (days, expected) in [(40, 400), (20, 200)] {
        let body = json!({"keyCredential": credential(&renewed(days)), "proof": proof(&fixture.key, &fixture, |_| ())});
        let (status, body) = own(&fixture, ALL, "POST", "/addKey", &body);
        assert_eq!(status, expected, "{body}");
        let list = json!({"keyCredentials": [credential(&renewed(days))]});
        assert_eq!(
            own(&fixture, ALL, "PATCH", "", &list).0 < 300,
            expected < 300,
            "{days} by the list"
        );
    }
}

#[test]
fn secrets_can_be_banned_for_apps_that_are_young_enough() {
    let fixture = fixture();
    let ban = |since: &str| {
        json!([{"restrictionType": "passwordAddition", "state": "enabled",
            "restrictForAppsCreatedAfterDateTime": since}])
    };
    set(&fixture, &ban("1980-01-01T00:00:00Z"), &json!([]));
    assert_eq!(secret(&fixture, 1).0, 200, "the app is older");
    set(&fixture, &ban("1960-01-01T00:00:00Z"), &json!([]));
    assert_eq!(
        secret(&fixture, 1),
        (400, json!("CredentialTypeNotAllowedAsPerAppPolicy"))
    );
}

#[test]
fn an_apps_own_policy_stands_above_the_tenants() {
    let fixture = fixture();
    set(
        &fixture,
        &json!([{"restrictionType": "passwordAddition"}]),
        &json!([]),
    );
    let looser = json!({"displayName": "looser", "isEnabled": true, "restrictions": {"passwordCredentials":
        [{"restrictionType": "passwordLifetime", "maxLifetime": "P10D"}]}});
    let (status, policy) = graph(
        &fixture,
        POLICIES,
        "POST /policies/appManagementPolicies",
        &looser,
    );
    assert_eq!(status, 201, "{policy}");
    let id = policy["id"].as_str().unwrap();
    let reference =
        json!({"@odata.id": format!("https://graph.microsoft.com/v1.0/policies/appManagementPolicies/{id}")});
    let link = |method: &str, rest: &str, body: &Value| {
        let path = format!("/appManagementPolicies/{rest}$ref");
        own(&fixture, POLICIES, method, &path, body).0
    };
    assert_eq!(link("POST", "", &reference), 204);
    assert_eq!(secret(&fixture, 9).0, 200);
    assert_eq!(
        secret(&fixture, 11),
        (400, json!("CredentialInvalidLifetimeAsPerAppPolicy"))
    );
    let whom = format!("GET /policies/appManagementPolicies/{id}/appliesTo");
    let (_, whom) = graph(&fixture, POLICIES, &whom, &Value::Null);
    assert_eq!(whom["value"][0]["appId"], "00000000-0000-0000-0000-000000000003");
    assert_eq!(link("DELETE", &format!("{id}/"), &Value::Null), 204);
    assert_eq!(
        secret(&fixture, 9),
        (400, json!("CredentialTypeNotAllowedAsPerAppPolicy"))
    );
}
