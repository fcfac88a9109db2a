//! Secrets and certificates by Graph, as the token endpoint then knows them.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::fixture::{Fixture, assertion, fixture};
use super::registration::{
    ALL, OWNED, code_of_assertion, code_of_secret, credential, graph, own, own_itself, renewed, shown,
};

fn add_secret(fixture: &Fixture, wish: &Value) -> Value {
    let (status, body) = own(
        fixture,
        ALL,
        "POST",
        "/addPassword",
        &json!({"passwordCredential": wish}),
    );
    assert_eq!(status, 200, "{body}");
    body
}

#[test]
fn a_secret_is_shown_once_works_until_it_ends_and_is_nowhere_else() {
    let fixture = fixture();
    let end = fixture.world.clock.now() + SignedDuration::from_hours(24);
    let made = add_secret(&fixture, &json!({"displayName": "pf-2027", "endDateTime": end}));
    let secret = made["secretText"].as_str().unwrap();
    assert!(secret.starts_with(made["hint"].as_str().unwrap()));
    assert_eq!(code_of_secret(&fixture, secret), 0);
    assert_eq!(
        code_of_secret(&fixture, made["keyId"].as_str().unwrap()),
        7_000_215,
        "the id is no secret"
    );

    let told = shown(&fixture);
    let told = told["passwordCredentials"].as_array().unwrap();
    let told = told.iter().find(|one| one["keyId"] == made["keyId"]).unwrap();
    assert_eq!(told["secretText"], Value::Null);
    assert_eq!(
        (&told["hint"], &told["displayName"]),
        (&made["hint"], &json!("pf-2027"))
    );
    let tenant = fixture.world.tenant();
    let dump = serde_json::to_string(&tenant.directory).unwrap();
    let ledger = serde_json::to_string(&tenant.ledger).unwrap();
    drop(tenant);
    let id = made["keyId"].as_str().unwrap();
    assert!(dump.contains(id) && ledger.contains("graph:add-secret:application:"));
    assert!(!dump.contains(secret) && !ledger.contains(secret));

    fixture.world.clock.advance(SignedDuration::from_hours(25));
    assert_eq!(code_of_secret(&fixture, secret), 7_000_222);
}

#[test]
fn a_secret_lives_two_years_unless_told_and_one_that_has_ended_is_none() {
    let fixture = fixture();
    let made = add_secret(&fixture, &Value::Null);
    let year = |name: &str| made[name].as_str().unwrap()[..4].parse::<i32>().unwrap();
    assert_eq!(year("endDateTime") - year("startDateTime"), 2);
    let past = json!({"passwordCredential": {"endDateTime": "2020-01-01T00:00:00Z"}});
    assert_eq!(own(&fixture, ALL, "POST", "/addPassword", &past).0, 400);
    let chosen = json!({"passwordCredential": {"secretText": "mine"}});
    assert_eq!(own(&fixture, ALL, "POST", "/addPassword", &chosen).0, 400);
}

#[test]
fn a_removed_secret_is_gone_and_cannot_be_removed_again() {
    let fixture = fixture();
    let made = add_secret(&fixture, &Value::Null);
    let gone = json!({"keyId": made["keyId"]});
    assert_eq!(own(&fixture, ALL, "POST", "/removePassword", &gone).0, 204);
    assert_eq!(
        code_of_secret(&fixture, made["secretText"].as_str().unwrap()),
        7_000_215
    );
    assert_eq!(own(&fixture, ALL, "POST", "/removePassword", &gone).0, 400);
    assert_eq!(code_of_secret(&fixture, "right"), 0, "others stay");
}

#[test]
fn a_list_of_certificates_replaces_what_is_there() {
    let (fixture, next) = (fixture(), renewed(9));
    let listed = |fixture: &Fixture| shown(fixture)["keyCredentials"].as_array().unwrap().clone();
    let old = listed(&fixture).remove(0);
    assert_eq!(
        (&old["key"], old["customKeyIdentifier"].as_str().unwrap().len()),
        (&Value::Null, 40)
    );

    let both = json!({"keyCredentials": [old, credential(&next)]});
    assert_eq!(own(&fixture, ALL, "PATCH", "", &both).0, 204);
    assert_eq!(listed(&fixture).len(), 2);
    let next = Fixture {
        world: fixture.world,
        ..next
    };
    assert_eq!(code_of_assertion(&next, &assertion(&next, true, |_| ())), 0);

    let changed = json!({"keyCredentials": [{"keyId": old["keyId"], "type": "AsymmetricX509Cert", "usage": "Verify",
        "key": credential(&next)["key"]}]});
    assert_eq!(
        own(&next, ALL, "PATCH", "", &changed).0,
        400,
        "what is there is not altered"
    );
    let forgotten = json!({"keyCredentials": [listed(&next)[1]]});
    assert_eq!(own(&next, ALL, "PATCH", "", &forgotten).0, 204);
    assert_eq!(listed(&next).len(), 1);
    let before = Fixture {
        world: next.world,
        ..self::fixture()
    };
    assert_eq!(
        code_of_assertion(&before, &assertion(&before, true, |_| ())),
        700_027
    );
}

#[test]
fn secrets_cannot_be_made_by_a_list_but_forgotten_ones_go() {
    let fixture = fixture();
    let made = add_secret(&fixture, &Value::Null);
    let new = json!({"passwordCredentials": [{"secretText": "mine"}]});
    assert_eq!(own(&fixture, ALL, "PATCH", "", &new).0, 400);
    let kept = json!({"passwordCredentials": [{"keyId": made["keyId"]}]});
    assert_eq!(own(&fixture, ALL, "PATCH", "", &kept).0, 204);
    assert_eq!(code_of_secret(&fixture, made["secretText"].as_str().unwrap()), 0);
    assert_eq!(code_of_secret(&fixture, "right"), 7_000_215);
}

#[test]
fn with_the_narrow_permission_an_app_changes_only_what_its_principal_owns() {
    let fixture = fixture();
    let add = || {
        own(
            &fixture,
            OWNED,
            "POST",
            "/addPassword",
            &Value::Object(serde_json::Map::new()),
        )
    };
    let (status, body) = add();
    assert_eq!(
        (status, &body["error"]["code"]),
        (403, &json!("Authorization_RequestDenied"))
    );
    assert_eq!(
        own(
            &fixture,
            "Application.Read.All",
            "POST",
            "/addPassword",
            &json!({})
        )
        .0,
        403
    );
    let principal = json!({"@odata.id": "https://graph.microsoft.com/v1.0/servicePrincipals/00000000-0000-0000-0000-000000000004"});
    assert_eq!(
        own(&fixture, OWNED, "POST", "/owners/$ref", &principal).0,
        403,
        "it cannot make itself owner"
    );
    assert_eq!(own(&fixture, ALL, "POST", "/owners/$ref", &principal).0, 204);
    assert_eq!(
        own(&fixture, ALL, "POST", "/owners/$ref", &principal).0,
        400,
        "twice"
    );
    let (_, owners) = own(&fixture, OWNED, "GET", "/owners", &Value::Null);
    assert_eq!(
        owners["value"][0]["@odata.type"],
        "#microsoft.graph.servicePrincipal"
    );
    assert_eq!(add().0, 200);
    let gone = "/owners/00000000-0000-0000-0000-000000000004/$ref";
    assert_eq!(own(&fixture, ALL, "DELETE", gone, &Value::Null).0, 204);
    assert_eq!(add().0, 403);
}

#[test]
fn credentials_of_the_principal_count_as_well_and_stand_with_it_alone() {
    let fixture = fixture();
    own_itself(&fixture);
    let path = "POST /servicePrincipals(appId='00000000-0000-0000-0000-000000000003')/addPassword";
    let (status, made) = graph(&fixture, OWNED, path, &json!({}));
    assert_eq!(status, 200, "{made}");
    assert_eq!(code_of_secret(&fixture, made["secretText"].as_str().unwrap()), 0);
    let lists = |shown: &Value| {
        let all = shown["passwordCredentials"].as_array().unwrap();
        all.iter().any(|one| one["keyId"] == made["keyId"])
    };
    assert!(!lists(&shown(&fixture)));
    let path = "GET /servicePrincipals/00000000-0000-0000-0000-000000000004";
    assert!(lists(&graph(&fixture, ALL, path, &Value::Null).1));
}
