//! Certificates rolled by whoever holds an old one.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::fixture::{Fixture, assertion, fixture};
use super::registration::{
    ALL, OWNED, code_of_assertion, credential, own, own_itself, own_with, proof, renewed, shown,
};

fn add(fixture: &Fixture, role: &str, next: &Fixture, proof: &str) -> (u16, Value) {
    let body = json!({"keyCredential": credential(next), "passwordCredential": null, "proof": proof});
    own(fixture, role, "POST", "/addKey", &body)
}

#[test]
fn an_old_certificate_lets_the_next_one_in_and_the_next_one_takes_it_away() {
    let (fixture, next) = (fixture(), renewed(9));
    own_itself(&fixture);
    let old = shown(&fixture)["keyCredentials"][0]["keyId"].clone();
    let (status, made) = add(&fixture, OWNED, &next, &proof(&fixture.key, &fixture, |_| ()));
    assert_eq!((status, &made["key"]), (200, &Value::Null), "{made}");
    let next = Fixture {
        world: fixture.world,
        ..next
    };
    assert_eq!(code_of_assertion(&next, &assertion(&next, false, |_| ())), 0);
    let gone = json!({"keyId": old, "proof": proof(&next.key, &next, |_| ())});
    assert_eq!(own(&next, OWNED, "POST", "/removeKey", &gone).0, 204);
    let before = Fixture {
        world: next.world,
        ..self::fixture()
    };
    assert_eq!(
        code_of_assertion(&before, &assertion(&before, false, |_| ())),
        700_027
    );
    let (_, body) = add(&before, ALL, &renewed(9), &proof(&before.key, &before, |_| ()));
    assert_eq!(
        body["error"]["code"], "Authentication_MissingOrMalformed",
        "what is gone proves nothing"
    );
}

#[test]
fn a_proof_that_is_not_the_apps_own_fresh_word_is_refused() {
    let (fixture, next) = (fixture(), renewed(9));
    let key = &fixture.key;
    let now = fixture.world.clock.now().as_second();
    let wrong = [
        (
            "another audience",
            "aud",
            json!("00000003-0000-0000-c000-000000000000"),
        ),
        (
            "another issuer",
            "iss",
            json!("00000000-0000-0000-0000-000000000003"),
        ),
        ("too long", "exp", json!(now + 660)),
        ("over", "exp", json!(1)),
        ("not begun", "nbf", json!(now + 400)),
    ];
    for (what, claim, value) in wrong {
        let wrong = proof(key, &fixture, |claims| claims[claim] = value);
        let (status, body) = add(&fixture, ALL, &next, &wrong);
        assert_eq!(
            (status, &body["error"]["code"]),
            (401, &json!("Authentication_MissingOrMalformed")),
            "{what}"
        );
    }
    assert_eq!(
        add(&fixture, ALL, &next, &proof(&next.key, &fixture, |_| ())).0,
        401,
        "signed by the new key"
    );
    let body = json!({"keyCredential": credential(&next)});
    assert_eq!(own(&fixture, ALL, "POST", "/addKey", &body).0, 403, "no proof");
    let bare = proof(key, &fixture, |claims| {
        *claims = json!({"aud": claims["aud"], "iss": claims["iss"]});
    });
    assert_eq!(
        add(&fixture, ALL, &next, &bare).0,
        200,
        "audience and issuer are all that is required"
    );
}

#[test]
fn without_a_valid_certificate_nothing_is_proven() {
    let (fixture, next) = (fixture(), renewed(9));
    let end = fixture.world.clock.now();
    for app in fixture.world.tenant().directory.apps.values_mut() {
        app.certificates[0].not_after = end;
    }
    assert_eq!(
        add(&fixture, ALL, &next, &proof(&fixture.key, &fixture, |_| ())).0,
        401
    );
    let list = json!({"keyCredentials": [credential(&next)]});
    assert_eq!(
        own(&fixture, ALL, "PATCH", "", &list).0,
        204,
        "then the list is the way"
    );
}

#[test]
fn a_certificate_ends_no_later_than_it_says_itself_and_must_not_have_ended() {
    let (fixture, next) = (fixture(), renewed(9));
    let later = fixture.world.clock.now() + SignedDuration::from_hours(24 * 10);
    let mut body =
        json!({"keyCredential": credential(&next), "proof": proof(&fixture.key, &fixture, |_| ())});
    body["keyCredential"]["endDateTime"] = json!(later);
    assert_eq!(own(&fixture, ALL, "POST", "/addKey", &body).0, 400);
    fixture.world.clock.advance(SignedDuration::from_hours(24 * 10));
    let proof = proof(&fixture.key, &fixture, |_| ());
    assert_eq!(add(&fixture, ALL, &next, &proof).0, 400, "ended");
}

#[test]
fn being_the_app_is_enough_where_the_switch_says_so() {
    let (fixture, next) = (fixture(), renewed(9));
    let proof = proof(&fixture.key, &fixture, |_| ());
    assert_eq!(add(&fixture, "User.Read.All", &next, &proof).0, 403);
    fixture.world.tenant().switches.entra.own_keys_need_permission = false;
    assert_eq!(add(&fixture, "User.Read.All", &next, &proof).0, 200);
}

#[test]
fn where_no_proof_is_taken_the_list_alone_lets_a_certificate_in() {
    let (fixture, next) = (fixture(), renewed(9));
    fixture.world.tenant().switches.entra.takes_proofs = false;
    let (status, body) = add(&fixture, ALL, &next, &proof(&fixture.key, &fixture, |_| ()));
    assert_eq!(
        (status, &body["error"]["code"]),
        (401, &json!("Authentication_MissingOrMalformed"))
    );
    let mut keys = shown(&fixture)["keyCredentials"].clone();
    keys.as_array_mut().unwrap().push(credential(&next));
    let body = json!({"keyCredentials": keys});
    assert_eq!(own(&fixture, ALL, "PATCH", "", &body).0, 204);
    assert_eq!(shown(&fixture)["keyCredentials"].as_array().unwrap().len(), 2);
}

#[test]
fn a_change_of_a_version_that_is_no_longer_is_refused() {
    let fixture = fixture();
    let version = || shown(&fixture)["@odata.etag"].clone();
    let first = version();
    let change = |version: &Value, notes: &str| {
        let version = ("if-match", version.as_str().unwrap());
        own_with(&fixture, version, "PATCH", &json!({"notes": notes})).0
    };
    assert_eq!(change(&first, "one"), 204);
    let second = version();
    assert_ne!(first, second);
    assert_eq!(change(&first, "two"), 412);
    assert_eq!(version(), second, "nothing was changed");
    assert_eq!(change(&second, "two"), 204);
    assert_eq!(change(&json!("*"), "three"), 204);
    assert_eq!(own(&fixture, ALL, "PATCH", "", &json!({"notes": "four"})).0, 204);
    fixture.world.tenant().switches.entra.applications_have_etags = false;
    assert_eq!(version(), Value::Null);
    assert_eq!(change(&first, "five"), 204);
}
