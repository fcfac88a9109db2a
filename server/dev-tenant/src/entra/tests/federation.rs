//! Tokens of an issuer elsewhere in place of a credential.

use serde_json::{Value, json};

use super::fixture::{Fixture, bear, by_assertion, fixture, jws};
use super::registration::{ALL, OWNED, code_of_assertion, own, renewed};
use crate::caller::Caller;
use crate::entra::Audience;

const ISSUER: &str = "https://token.pipelines.example";

fn trusted() -> Value {
    json!({"name": "pipeline", "issuer": ISSUER, "subject": "repo:flow:main", "audiences": ["api://AzureADTokenExchange"]})
}

fn token(signer: &Fixture, fixture: &Fixture, change: impl FnOnce(&mut Value)) -> String {
    let now = fixture.world.clock.now().as_second();
    let mut claims = json!({"iss": ISSUER, "sub": "repo:flow:main", "aud": "api://AzureADTokenExchange",
        "nbf": now, "exp": now + 300});
    change(&mut claims);
    jws(&signer.key, &json!({"alg": "RS256", "kid": "1"}), &claims)
}

/// The app trusts the pipeline, whose keys can be had.
fn trusting(pipeline: &Fixture) -> Fixture {
    let fixture = fixture();
    let (status, body) = own(&fixture, ALL, "POST", "/federatedIdentityCredentials", &trusted());
    assert_eq!(status, 201, "{body}");
    let pem = String::from_utf8(pipeline.certificate.to_pem().unwrap()).unwrap();
    fixture
        .world
        .tenant()
        .directory
        .issuers
        .insert(ISSUER.to_owned(), pem);
    fixture
}

#[test]
fn a_token_of_a_trusted_issuer_stands_for_a_credential_and_is_no_secret() {
    let pipeline = renewed(9);
    let fixture = trusting(&pipeline);
    let (status, body) = by_assertion(&fixture, &token(&pipeline, &fixture, |_| ()));
    assert_eq!(status, 200, "{body}");
    let Ok(Caller::App(app)) = bear(
        &fixture.world,
        body["access_token"].as_str().unwrap(),
        Audience::SharePoint,
    ) else {
        panic!("not believed")
    };
    assert!(app.by_certificate);
}

#[test]
fn issuer_subject_and_audience_count_letter_by_letter() {
    let pipeline = renewed(9);
    let fixture = trusting(&pipeline);
    let cases = [
        ("iss", json!("https://elsewhere.example"), 700_211),
        ("sub", json!("repo:Flow:main"), 700_213),
        ("aud", json!("api://other"), 700_212),
        ("exp", json!(1), 700_024),
    ];
    for (claim, value, code) in cases {
        let text = token(&pipeline, &fixture, |claims| claims[claim] = value);
        assert_eq!(code_of_assertion(&fixture, &text), code, "{claim}");
    }
    let forged = token(&renewed(9), &fixture, |_| ());
    assert_eq!(code_of_assertion(&fixture, &forged), 50_013);
    fixture.world.tenant().directory.issuers.clear();
    let text = token(&pipeline, &fixture, |_| ());
    assert_eq!(
        code_of_assertion(&fixture, &text),
        50_166,
        "its keys cannot be had"
    );
}

#[test]
fn trust_is_named_once_limited_changed_and_taken_back() {
    let pipeline = renewed(9);
    let fixture = trusting(&pipeline);
    let path = "/federatedIdentityCredentials";
    let send =
        |method: &str, rest: &str, body: &Value| own(&fixture, ALL, method, &format!("{path}{rest}"), body);
    assert_eq!(
        own(&fixture, OWNED, "POST", path, &trusted()).0,
        403,
        "not its owner"
    );
    assert_eq!(send("POST", "", &trusted()).0, 409, "the same name");
    assert_eq!(
        send(
            "POST",
            "",
            &json!({"name": "x", "issuer": ISSUER, "audiences": ["a"]})
        )
        .0,
        400,
        "no subject"
    );
    for number in 1..20 {
        let mut more = trusted();
        more["name"] = json!(format!("pipeline-{number}"));
        more["subject"] = json!(format!("repo:flow:{number}"));
        assert_eq!(send("POST", "", &more).0, 201, "{number}");
    }
    let mut more = trusted();
    more["name"] = json!("one too many");
    more["subject"] = json!("repo:flow:20");
    assert_eq!(send("POST", "", &more).0, 400);
    let (_, all) = send("GET", "", &Value::Null);
    let id = all["value"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(
        send("PATCH", &format!("/{id}"), &json!({"subject": "repo:flow:next"})).0,
        204
    );
    assert_eq!(
        code_of_assertion(&fixture, &token(&pipeline, &fixture, |_| ())),
        700_213
    );
    let next = token(&pipeline, &fixture, |claims| {
        claims["sub"] = json!("repo:flow:next");
    });
    assert_eq!(code_of_assertion(&fixture, &next), 0);
    assert_eq!(send("DELETE", &format!("/{id}"), &Value::Null).0, 204);
    assert_eq!(code_of_assertion(&fixture, &next), 700_213);
    assert_eq!(send("GET", &format!("/{id}"), &Value::Null).0, 404);
}
