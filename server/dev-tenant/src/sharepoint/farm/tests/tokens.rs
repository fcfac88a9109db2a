//! High-trust tokens.

use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;

use super::add_in::{CLIENT, HOST, House, ISSUER, certificate, house, sign_as, thumbprint};
use crate::call::Reply;
use crate::sharepoint::farm::trust::Issuer;
use crate::sharepoint::state::people::GrantRole;

fn headers<'r>(reply: &'r Reply, name: &str) -> Vec<&'r str> {
    let found = reply.headers.iter().filter(|(own, _)| own == name);
    found.map(|(_, value)| value.as_str()).collect()
}

fn open(house: &House, token: &str) -> u16 {
    house.send(Some(token), "GET", "_api/web", &Value::Null).status
}

#[test]
fn the_realm_is_told_to_an_empty_bearer_and_to_nobody_else() {
    let house = house(GrantRole::FullControl);
    let bare = house.send(None, "GET", "_api/web", &Value::Null);
    assert_eq!(
        (bare.status, headers(&bare, "WWW-Authenticate")),
        (401, vec!["NTLM"])
    );
    let asked = house.send(Some(""), "GET", "_api/web", &Value::Null);
    let challenges = headers(&asked, "WWW-Authenticate");
    assert_eq!((asked.status, challenges.len()), (401, 2));
    assert!(
        challenges[1].starts_with(&format!("Bearer realm=\"{}\"", house.realm())),
        "{challenges:?}"
    );
    assert!(challenges[1].contains(&format!("trusted_issuers=\"{ISSUER}@{}", house.realm())));
}

#[test]
fn an_add_in_acts_alone_as_the_app_and_sees_the_farms_site() {
    let house = house(GrantRole::FullControl);
    let (status, web) = house.call("GET", "_api/web", &Value::Null);
    assert_eq!(status, 200, "{web}");
    assert_eq!(web["Url"], format!("https://{HOST}/sites/flow"));
    let (_, me) = house.call("GET", "_api/web/currentuser", &Value::Null);
    assert_eq!(me["Title"], "SharePoint App");
    let online = house.world.tenant().sharepoint.sites[0].id;
    assert_ne!(
        house.call("GET", "_api/site/id", &Value::Null).1["value"],
        json!(online)
    );
}

#[test]
fn a_person_through_the_add_in_is_himself_and_a_windows_account() {
    let house = house(GrantRole::FullControl);
    let reply = house.send(
        Some(&house.as_person("sanae.miura", |_| {})),
        "GET",
        "_api/web/currentuser",
        &Value::Null,
    );
    let me: Value = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!(reply.status, 200, "{me}");
    assert_eq!(me["LoginName"], "i:0#.w|contoso\\sanae.miura");
    assert_eq!(
        (&me["AadObjectId"], &me["UserPrincipalName"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(
        me["UserId"],
        json!({"NameId": house.sid("sanae.miura"), "NameIdIssuer": "urn:office:idp:activedirectory"})
    );
    for login in [
        "i:0#.w|contoso\\sanae.miura",
        "CONTOSO\\sanae.miura",
        "contoso\\Sanae.Miura",
    ] {
        let (status, found) = house.call("POST", "_api/web/ensureuser", &json!({"logonName": login}));
        assert_eq!((status, &found["Id"]), (200, &me["Id"]), "{login}");
    }
    let stranger = json!({"logonName": "fabrikam\\sanae.miura"});
    assert_eq!(house.call("POST", "_api/web/ensureuser", &stranger).0, 400);
}

#[test]
fn every_claim_of_the_actor_counts() {
    let house = house(GrantRole::FullControl);
    let realm = house.realm();
    let now = house.world.clock.now().as_second();
    let other = Uuid::from_u128(7);
    let bends: [(&str, Value); 13] = [
        ("aud", json!("")),
        (
            "aud",
            json!(format!(
                "00000003-0000-0ff1-ce00-000000000000/contoso.sharepoint.com@{realm}"
            )),
        ),
        (
            "aud",
            json!(format!("00000003-0000-0ff1-ce00-000000000000/{HOST}@{other}")),
        ),
        ("iss", json!(format!("{other}@{realm}"))),
        ("iss", json!(format!("{ISSUER}@{other}"))),
        (
            "iss",
            json!(format!("{}@{realm}", ISSUER.to_string().to_uppercase())),
        ),
        ("nbf", json!(now + 3600)),
        ("exp", json!(now)),
        ("exp", Value::Null),
        ("nbf", Value::Null),
        ("nameid", json!(format!("{other}@{realm}"))),
        ("nameid", json!(CLIENT)),
        ("trustedfordelegation", json!("true")),
    ];
    assert_eq!(open(&house, &house.app_only()), 200);
    for (claim, value) in bends {
        let mut claims = house.claims();
        claims[claim] = value.clone();
        assert_eq!(open(&house, &house.sign(&claims)), 401, "{claim}: {value}");
    }
    let with_port = format!("00000003-0000-0ff1-ce00-000000000000/{HOST}:443@{realm}");
    let mut claims = house.claims();
    claims["aud"] = json!(with_port);
    assert_eq!(open(&house, &house.sign(&claims)), 200);
}

#[test]
fn the_signature_is_that_of_the_registered_certificate_named_by_x5t() {
    let house = house(GrantRole::FullControl);
    let (wrong_key, wrong) = certificate("wrong");
    let (key, _) = certificate("app");
    let header = |alg: &str, print: &str| json!({"typ": "JWT", "alg": alg, "x5t": print});
    let own = thumbprint(&house.certificate);
    let claims = house.claims();
    for (header, key) in [
        (header("RS256", &own), &wrong_key),
        (header("RS256", &thumbprint(&wrong)), &key),
        (header("RS256", &thumbprint(&wrong)), &wrong_key),
        (header("RS512", &own), &key),
        (json!({"typ": "JWT", "alg": "RS256"}), &key),
        (json!({"alg": "RS256", "x5t": own}), &key),
    ] {
        assert_eq!(open(&house, &sign_as(&claims, &header, key)), 401, "{header}");
    }
    assert_eq!(open(&house, &sign_as(&claims, &header("RS256", &own), &key)), 200);
    let reply = house.send(Some("a.b.c"), "GET", "_api/web", &Value::Null);
    assert!(headers(&reply, "x-ms-diagnostics")[0].contains("invalid_client"));
    house.world.clock.advance(SignedDuration::from_hours(24 * 366));
    assert_eq!(open(&house, &house.app_only()), 401, "the certificate has ended");
}

#[test]
fn an_issuer_that_is_no_trust_broker_speaks_for_itself_alone() {
    let house = house(GrantRole::FullControl);
    let own = |id: Uuid, is_trust_broker: bool| {
        let issuer = Issuer {
            certificate: house.certificate.clone(),
            is_trust_broker,
        };
        house.world.farm().unwrap().trust().issuers.insert(id, issuer);
    };
    own(ISSUER, false);
    assert_eq!(open(&house, &house.app_only()), 401);
    own(CLIENT, false);
    let mut claims = house.claims();
    claims["iss"] = claims["nameid"].clone();
    assert_eq!(open(&house, &house.sign(&claims)), 200);
}

#[test]
fn the_token_around_an_actor_is_checked_as_well() {
    let house = house(GrantRole::FullControl);
    let realm = house.realm();
    let me = "sanae.miura";
    let plain = house.sign(&house.claims());
    assert_eq!(open(&house, &house.as_person(me, |_| {})), 200);
    let bends: [(&str, Value); 7] = [
        ("aud", json!("x")),
        ("exp", json!(0)),
        ("iss", json!(format!("{ISSUER}@{realm}"))),
        ("nii", json!("trusted:adfs")),
        ("nameid", json!("s-1-5-21-1-2-3-4")),
        ("nameid", json!(house.sid(me).to_uppercase())),
        ("actortoken", json!(plain)),
    ];
    for (claim, value) in bends {
        let token = house.as_person(me, |claims| claims[claim] = value.clone());
        assert_eq!(open(&house, &token), 401, "{claim}: {value}");
    }
    let signed = house.as_person(me, |_| {}) + "c2lnbmVk";
    assert_eq!(open(&house, &signed), 401, "an unsigned token has no signature");
    for user in house.world.tenant().directory.users.values_mut() {
        user.account_enabled = false;
    }
    assert_eq!(
        open(&house, &house.as_person(me, |_| {})),
        401,
        "a blocked account"
    );
}
