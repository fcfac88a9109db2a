//! Each server of Entra learns of credentials at its own moment; clocks differ.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::fixture::{Fixture, assertion, fixture};
use super::registration::{ALL, code_of_assertion, code_of_secret, credential, own, renewed, shown};

/// As many askings as reach every server.
const ASKINGS: usize = 40;
const LAG: u32 = 80;

fn lagging() -> Fixture {
    let fixture = fixture();
    fixture.world.tenant().switches.entra.credential_lag_seconds = LAG;
    fixture
}

/// How often a token was given, and the codes of the refusals.
fn tokens(ask: impl Fn() -> u64) -> (usize, Vec<u64>) {
    let codes: Vec<u64> = (0..ASKINGS).map(|_| ask()).collect();
    let mut refusals: Vec<u64> = codes.iter().copied().filter(|code| *code != 0).collect();
    refusals.dedup();
    (codes.iter().filter(|code| **code == 0).count(), refusals)
}

#[test]
fn a_new_secret_is_wrong_everywhere_then_here_and_there_then_nowhere_and_so_is_its_end() {
    let fixture = lagging();
    let (_, made) = own(&fixture, ALL, "POST", "/addPassword", &json!({}));
    let secret = made["secretText"].as_str().unwrap();
    let given = || tokens(|| code_of_secret(&fixture, secret));
    assert_eq!(given(), (0, vec![7_000_215]));
    fixture.world.clock.advance(SignedDuration::from_secs(50));
    let (some, refusals) = given();
    assert!((1..ASKINGS).contains(&some), "{some}");
    assert_eq!(refusals, [7_000_215]);
    fixture.world.clock.advance(SignedDuration::from_secs(31));
    assert_eq!(given().0, ASKINGS);

    let gone = json!({"keyId": made["keyId"]});
    assert_eq!(own(&fixture, ALL, "POST", "/removePassword", &gone).0, 204);
    assert_eq!(given().0, ASKINGS, "nobody has heard");
    fixture.world.clock.advance(SignedDuration::from_secs(50));
    assert!((1..ASKINGS).contains(&given().0));
    fixture.world.clock.advance(SignedDuration::from_secs(31));
    assert_eq!(given(), (0, vec![7_000_215]));
}

#[test]
fn a_new_certificate_is_unknown_to_servers_that_have_not_heard() {
    let (fixture, next) = (lagging(), renewed(9));
    let old = shown(&fixture)["keyCredentials"][0].clone();
    let both = json!({"keyCredentials": [old, credential(&next)]});
    assert_eq!(own(&fixture, ALL, "PATCH", "", &both).0, 204);
    let next = Fixture {
        world: fixture.world,
        ..next
    };
    let given = || tokens(|| code_of_assertion(&next, &assertion(&next, true, |_| ())));
    assert_eq!(given(), (0, vec![700_027]));
    next.world.clock.advance(SignedDuration::from_secs(50));
    assert!((1..ASKINGS).contains(&given().0));
    next.world.clock.advance(SignedDuration::from_secs(31));
    assert_eq!(given().0, ASKINGS);
}

#[test]
fn what_was_added_shows_in_the_registration_here_and_there_before_everywhere() {
    let fixture = fixture();
    fixture.world.tenant().switches.entra.registration_lag_seconds = LAG;
    let (_, made) = own(&fixture, ALL, "POST", "/addPassword", &json!({}));
    let seen = || {
        let lists = |_: &usize| {
            let shown = shown(&fixture);
            let all = shown["passwordCredentials"].as_array().unwrap();
            all.iter().any(|one| one["keyId"] == made["keyId"])
        };
        (0..ASKINGS).filter(lists).count()
    };
    assert_eq!(seen(), 0);
    fixture.world.clock.advance(SignedDuration::from_secs(50));
    assert!((1..ASKINGS).contains(&seen()));
    fixture.world.clock.advance(SignedDuration::from_secs(31));
    assert_eq!(seen(), ASKINGS);
    assert_eq!(code_of_secret(&fixture, made["secretText"].as_str().unwrap()), 0);
}

#[test]
fn a_clock_may_be_ahead_as_far_as_the_switch_says_and_behind_until_the_end() {
    let fixture = fixture();
    let begun_in = |seconds: i64| {
        assertion(&fixture, true, |claims: &mut Value| {
            let now = claims["nbf"].as_i64().unwrap();
            claims["nbf"] = json!(now + seconds);
            claims["exp"] = json!(now + seconds + 600);
        })
    };
    assert_eq!(code_of_assertion(&fixture, &begun_in(200)), 0);
    assert_eq!(code_of_assertion(&fixture, &begun_in(400)), 700_024);
    assert_eq!(code_of_assertion(&fixture, &begun_in(-500)), 0);
    assert_eq!(code_of_assertion(&fixture, &begun_in(-601)), 700_024);
    fixture.world.tenant().switches.entra.assertion_skew_seconds = 0;
    assert_eq!(code_of_assertion(&fixture, &begun_in(200)), 700_024);
}
