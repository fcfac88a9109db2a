//! What the sign-in of people refuses, by AADSTS code.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::browser::{Browser, header, text};
use super::client::{Fields, arrived, redemption, request};
use super::fixture::{APP, assertion};
use super::people::{API, HANAKO, TARO, peopled};
use crate::world::World;

#[test]
fn requests_without_a_registered_address_are_answered_by_a_page() {
    let world = peopled().world;
    let mut browser = Browser::new(&world);
    let cases = [
        (("client_id", "x"), "AADSTS700016"),
        (("client_id", ""), "AADSTS900144"),
        (("redirect_uri", "https://evil.example/in"), "AADSTS50011"),
        (("redirect_uri", "https://app.contoso.example/in/"), "AADSTS50011"),
        (("redirect_uri", "http://localhost.evil.example"), "AADSTS50011"),
        (("redirect_uri", ""), "AADSTS900144"),
        (("response_mode", "web_message"), "AADSTS70007"),
    ];
    for (change, code) in cases {
        let reply = browser.authorize(&request("openid", &[change]));
        assert_eq!(
            (reply.status, header(&reply, "Location")),
            (400, None),
            "{change:?}"
        );
        assert!(text(&reply).contains(code), "{change:?}");
    }
}

#[test]
fn wrong_requests_go_back_to_the_client_with_their_code() {
    let world = peopled().world;
    let mut browser = Browser::new(&world);
    let cases = [
        (
            ("response_type", "token"),
            "unsupported_response_type",
            "AADSTS70005",
        ),
        (("response_type", ""), "invalid_request", "AADSTS900144"),
        (("scope", ""), "invalid_request", "AADSTS900144"),
        (("scope", "api://none/Read"), "invalid_resource", "AADSTS500011"),
        (
            ("scope", "api://flow/Read User.Read"),
            "invalid_request",
            "AADSTS28000",
        ),
        (("scope", "Mail.Send"), "consent_required", "AADSTS65001"),
        (
            ("code_challenge_method", "S512"),
            "invalid_request",
            "AADSTS90023",
        ),
        (("prompt", "never"), "invalid_request", "AADSTS90023"),
        (("prompt", "none"), "login_required", "AADSTS50058"),
    ];
    for (change, error, code) in cases {
        let back = arrived(&browser.authorize(&request("openid User.Read", &[change])));
        assert_eq!(
            (back["error"].as_str(), back["state"].as_str()),
            (error, "s&1"),
            "{change:?}"
        );
        assert!(back["error_description"].starts_with(code), "{change:?}");
    }
    let silent = [("response_type", "id_token"), ("nonce", "")];
    assert_eq!(
        arrived(&browser.authorize(&request("openid", &silent)))["error"],
        "invalid_request"
    );
}

fn code(world: &World, changes: &[(&str, &str)]) -> String {
    let back = Browser::new(world).sign_in(&request("openid offline_access User.Read", changes), HANAKO);
    back["code"].clone()
}

fn refused(world: &World, form: &Fields) -> Value {
    Browser::new(world).token(form, None).1["error_codes"][0].clone()
}

#[test]
fn codes_that_are_stolen_stale_or_spent_are_refused() {
    let world = peopled().world;
    let good = code(&world, &[]);
    let api = API.0.to_string();
    let cases = [
        (("code", "forged"), 70000),
        (("client_id", api.as_str()), 70000),
        (("redirect_uri", "http://localhost"), 500_112),
        (("code_verifier", "guessed"), 501_481),
        (("code_verifier", ""), 900_144),
        (("client_secret", "x"), 700_025),
        (("scope", "Mail.Send"), 65001),
    ];
    for (change, expected) in &cases[..6] {
        assert_eq!(
            refused(&world, &redemption(&good, &[*change])),
            json!(expected),
            "{change:?}"
        );
    }
    assert_eq!(refused(&world, &redemption(&good, &[])), Value::Null);
    assert_eq!(refused(&world, &redemption(&good, &[])), json!(54005));
    let (change, expected) = cases[6];
    assert_eq!(
        refused(&world, &redemption(&code(&world, &[]), &[change])),
        json!(expected)
    );
    let plain = code(
        &world,
        &[("code_challenge", "abc"), ("code_challenge_method", "plain")],
    );
    assert_eq!(
        refused(&world, &redemption(&plain, &[("code_verifier", "abd")])),
        json!(501_481)
    );
    assert_eq!(
        refused(&world, &redemption(&plain, &[("code_verifier", "abc")])),
        Value::Null
    );
    let bare = code(&world, &[("code_challenge", ""), ("code_challenge_method", "")]);
    assert_eq!(refused(&world, &redemption(&bare, &[])), json!(9_002_325));
    let stale = code(&world, &[]);
    world.clock.advance(SignedDuration::from_mins(10));
    assert_eq!(refused(&world, &redemption(&stale, &[])), json!(70008));
}

#[test]
fn a_confidential_client_proves_who_it_is_by_certificate_or_secret() {
    let fixture = peopled();
    let world = &fixture.world;
    let (app, address) = (APP.to_string(), "https://flow.contoso.example/in");
    let own = [("client_id", app.as_str()), ("redirect_uri", address)];
    let back = |proof: (&str, &str)| {
        let mut browser = Browser::new(world);
        let code = browser.sign_in(&request("openid profile", &own), TARO)["code"].clone();
        let (reply, body) = browser.token(
            &redemption(&code, &[own[0], own[1], proof]),
            Some("https://evil.example"),
        );
        assert_eq!(header(&reply, "Access-Control-Allow-Origin"), None);
        body
    };
    assert_eq!(back(("other", "x"))["error_codes"], json!([7_000_218]));
    assert_eq!(
        back(("client_secret", "wrong"))["error_codes"],
        json!([7_000_215])
    );
    assert!(back(("client_secret", "right"))["id_token"].is_string());
    let proof = assertion(&fixture, true, |claims| {
        claims["aud"] = json!("https://login.microsoftonline.com/common/oauth2/v2.0/token");
    });
    assert!(back(("client_assertion", &proof))["id_token"].is_string());
}

#[test]
fn refresh_tokens_end_by_time_by_revocation_and_at_other_clients() {
    let world = peopled().world;
    let browser = Browser::new(&world);
    let (_, body) = browser.token(&redemption(&code(&world, &[]), &[]), None);
    let token = body["refresh_token"].as_str().unwrap();
    let again = |changes: &[(&str, &str)]| {
        let mut all = vec![
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("code", ""),
            ("redirect_uri", ""),
            ("code_verifier", ""),
        ];
        all.extend(changes);
        refused(&world, &redemption("x", &all))
    };
    assert_eq!(again(&[]), Value::Null);
    assert_eq!(again(&[("client_id", &API.0.to_string())]), json!(70000));
    assert_eq!(again(&[("refresh_token", "x")]), json!(70000));
    assert_eq!(
        again(&[("refresh_token", body["access_token"].as_str().unwrap())]),
        json!(70000)
    );
    let now = json!(world.clock.now());
    let mut tenant = world.tenant();
    let user = tenant.directory.users.get_mut(&HANAKO).unwrap();
    user.properties
        .insert("signInSessionsValidFromDateTime".to_owned(), now);
    drop(tenant);
    assert_eq!(again(&[]), json!(50173));
    world.clock.advance(SignedDuration::from_hours(90 * 24));
    assert_eq!(again(&[]), json!(700_082));
}
