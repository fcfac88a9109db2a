//! Tokens as an app gets and uses them.

mod browser;
mod client;
mod command_line;
mod consent;
mod credentials;
mod discovery;
mod federation;
mod fixture;
mod life;
mod people;
mod policies;
mod proofs;
mod refusals;
mod registration;
mod servers;
mod sign_in;
mod tokens_of_people;

use jiff::SignedDuration;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use serde_json::json;

use super::{Audience, BearerFault, SigningKey};
use crate::caller::Caller;
use fixture::{APP, Fixture, SHAREPOINT, TENANT, ask, assertion, bear, by_assertion, fixture, form};

#[test]
fn a_certificate_in_either_form_gives_a_token_with_the_granted_roles() {
    let fixture = fixture();
    for pss in [false, true] {
        let (status, body) = by_assertion(&fixture, &assertion(&fixture, pss, |_| ()));
        assert_eq!(status, 200, "{body}");
        let token = body["access_token"].as_str().unwrap();
        let Ok(Caller::App(app)) = bear(&fixture.world, token, Audience::SharePoint) else {
            panic!("not believed")
        };
        assert_eq!(app.roles, ["Sites.Selected"]);
        assert!(app.by_certificate);
    }
}

#[test]
fn a_secret_gives_a_token_that_says_so() {
    let fixture = fixture();
    let client = APP.to_string();
    let (_, body) = ask(
        &fixture.world,
        "contoso.onmicrosoft.com",
        &form(&client, SHAREPOINT, ("client_secret", "right")),
    );
    let token = body["access_token"].as_str().unwrap();
    let Ok(Caller::App(app)) = bear(&fixture.world, token, Audience::SharePoint) else {
        panic!("not believed")
    };
    assert!(!app.by_certificate);
}

#[test]
fn forged_expired_and_misdirected_tokens_are_refused() {
    let fixture = fixture();
    let (_, body) = by_assertion(&fixture, &assertion(&fixture, true, |_| ()));
    let token = body["access_token"].as_str().unwrap();
    let world = &fixture.world;
    assert_eq!(bear(world, token, Audience::Graph), Err(BearerFault::Audience));
    let forged = SigningKey::generate()
        .unwrap()
        .sign(&json!({"aud": "https://contoso.sharepoint.com"}))
        .unwrap();
    assert_eq!(
        bear(world, &forged, Audience::SharePoint),
        Err(BearerFault::Signature)
    );
    assert_eq!(
        bear(world, "abc", Audience::SharePoint),
        Err(BearerFault::Malformed)
    );
    world.clock.advance(SignedDuration::from_secs(3600));
    assert_eq!(
        bear(world, token, Audience::SharePoint),
        Err(BearerFault::Lifetime)
    );
}

#[test]
fn wrong_assertions_are_refused_with_entras_codes() {
    let fixture = fixture();
    let other = Fixture {
        key: PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap(),
        ..self::fixture()
    };
    let cases = [
        (assertion(&other, false, |_| ()), 700_027),
        (
            assertion(&fixture, false, |claims| {
                claims["aud"] = json!("https://elsewhere.example");
            }),
            700_023,
        ),
        (
            assertion(&fixture, false, |claims| claims["sub"] = json!("x")),
            700_021,
        ),
        (
            assertion(&fixture, false, |claims| claims["exp"] = json!(1.5)),
            700_024,
        ),
    ];
    for (text, code) in cases {
        let (status, body) = by_assertion(&fixture, &text);
        let expected = if code == 700_024 { 400 } else { 401 };
        assert_eq!(
            (status, &body["error_codes"]),
            (expected, &json!([code])),
            "{body}"
        );
    }
}

#[test]
fn a_certificate_counts_until_it_ends_or_goes_and_only_with_its_own_key() {
    let fixture = fixture();
    let end = fixture.world.clock.now();
    for app in fixture.world.tenant().directory.apps.values_mut() {
        app.certificates[0].not_after = end;
    }
    let (_, body) = by_assertion(&fixture, &assertion(&fixture, true, |_| ()));
    assert_eq!(body["error_codes"], json!([700_027]), "expired certificate");
    let text = body["error_description"].as_str().unwrap();
    assert!(text.contains("The key used is expired."), "{text}");
    for app in fixture.world.tenant().directory.apps.values_mut() {
        app.certificates[0].removed = true;
    }
    let (_, body) = by_assertion(&fixture, &assertion(&fixture, true, |_| ()));
    assert_eq!(body["error_codes"], json!([700_027]), "removed certificate");
    let fixture = self::fixture();
    let forger = Fixture {
        key: PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap(),
        ..self::fixture()
    };
    let (_, body) = by_assertion(&fixture, &assertion(&forger, true, |_| ()));
    assert_eq!(
        body["error_codes"],
        json!([700_027]),
        "right thumbprint, wrong key"
    );
}

#[test]
fn wrong_requests_are_refused_with_entras_codes() {
    let world = fixture().world;
    let (app, tenant) = (APP.to_string(), TENANT.to_string());
    let right = ("client_secret", "right");
    let cases = [
        ("nowhere.example", form(&app, SHAREPOINT, right), 90002),
        (&tenant, form("x", SHAREPOINT, right), 700_016),
        (&tenant, form(&app, "User.Read", right), 1_002_012),
        (
            &tenant,
            form(&app, "https://elsewhere.example/.default", right),
            500_011,
        ),
        (&tenant, form(&app, "", right), 900_144),
        (
            &tenant,
            form(&app, SHAREPOINT, ("client_secret", "wrong")),
            7_000_215,
        ),
        (
            &tenant,
            form(&app, SHAREPOINT, ("client_secret", "old")),
            7_000_222,
        ),
        (&tenant, form(&app, SHAREPOINT, ("other", "")), 7_000_218),
    ];
    for (tenant, form, code) in cases {
        let (_, body) = ask(&world, tenant, &form);
        assert_eq!(body["error_codes"], json!([code]), "{body}");
    }
}

#[test]
fn the_signing_key_survives_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let first = SigningKey::load_or_create(data.path()).unwrap();
    let again = SigningKey::load_or_create(data.path()).unwrap();
    assert_eq!(first.jwk().unwrap(), again.jwk().unwrap());
}
