//! `AppManifest.xml`, and the rights that come of it.

use serde_json::{Value, json};

use super::add_in::{CLIENT, House, house};
use crate::sharepoint::farm::manifest::{ManifestError, register};
use crate::sharepoint::state::ids::SiteId;
use crate::sharepoint::state::people::GrantRole;

fn manifest(policy: &str, requests: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<App xmlns="http://schemas.microsoft.com/sharepoint/2012/app/manifest" Name="flow" ProductID="{{2a1d35a9-1b4c-4a0e-9a8e-6b6d9a3f7c11}}" Version="1.0.0.0" SharePointMinVersion="15.0.0.0">
  <Properties><Title>Flow</Title><StartPage>https://flow.contoso.example/?{{StandardTokens}}</StartPage></Properties>
  <AppPrincipal><RemoteWebApplication ClientId="{CLIENT}"/></AppPrincipal>
  <AppPermissionRequests {policy}>{requests}</AppPermissionRequests>
</App>"#
    )
}

fn request(scope: &str, right: &str) -> String {
    format!(r#"<AppPermissionRequest Scope="http://sharepoint/content/{scope}" Right="{right}"/>"#)
}

const APP_ONLY: &str = r#"AllowAppOnlyPolicy="true""#;

/// What the add-in may do: open, create a list, change permissions.
fn may(house: &House) -> [u16; 3] {
    let list = json!({"Title": "Things", "BaseTemplate": 100});
    let level = json!({"Name": "Mine", "BasePermissions": {"High": "0", "Low": "1"}});
    [
        house.call("GET", "_api/web", &Value::Null).0,
        house.call("POST", "_api/web/lists", &list).0,
        house.call("POST", "_api/web/roledefinitions", &level).0,
    ]
}

#[test]
fn an_add_in_may_do_what_its_manifest_asked_for() {
    for (right, expected) in [
        ("Read", [200, 403, 403]),
        ("Write", [200, 403, 403]),
        ("Manage", [200, 201, 403]),
        ("FullControl", [200, 201, 201]),
    ] {
        for scope in ["tenant", "sitecollection", "sitecollection/web"] {
            let house = house(GrantRole::FullControl);
            house.register(&manifest(APP_ONLY, &request(scope, right)));
            assert_eq!(may(&house), expected, "{scope} {right}");
        }
    }
}

#[test]
fn without_the_policy_it_needs_a_person_and_without_a_request_it_has_no_right() {
    let house = house(GrantRole::FullControl);
    house.register(&manifest("", &request("sitecollection", "Read")));
    assert_eq!(may(&house), [401; 3]);
    let admin = house.as_person("toru.soma", |_| {});
    let act = |method: &str, path: &str, body: &Value| house.send(Some(&admin), method, path, body).status;
    assert_eq!(act("GET", "_api/web", &Value::Null), 200);
    let list = json!({"Title": "Things", "BaseTemplate": 100});
    assert_eq!(
        act("POST", "_api/web/lists", &list),
        403,
        "an administrator through a reading add-in"
    );
    house.register(&manifest(APP_ONLY, ""));
    assert_eq!(may(&house), [401; 3]);
    let mut claims = house.claims();
    claims["nameid"] = json!(format!("{}@{}", uuid::Uuid::from_u128(8), house.realm()));
    assert_eq!(
        house
            .send(Some(&house.sign(&claims)), "GET", "_api/web", &Value::Null)
            .status,
        401
    );
}

#[test]
fn wrong_manifests_are_refused_with_the_reason() {
    let site = SiteId(uuid::Uuid::from_u128(1));
    let good = manifest(APP_ONLY, &request("sitecollection", "Write"));
    assert!(register(&good, site).is_ok());
    for (from, to, reason) in [
        ("<App ", "<Application ", "no XML"),
        ("2012/app", "2013/app", "the root element"),
        ("ProductID=\"{", "ProductID=\"", "ProductID"),
        ("Name=\"flow\"", "", "Name is missing"),
        ("<Title>Flow</Title>", "<Title> </Title>", "Properties/Title"),
        ("<StartPage>", "<Start>", "no XML"),
        ("RemoteWebApplication", "Internal", "does not model"),
        ("\"true\"", "\"yes\"", "AllowAppOnlyPolicy"),
        ("content/sitecollection", "content/site", "Scope"),
        (
            "content/sitecollection",
            "content/sitecollection/web/list",
            "does not model",
        ),
        ("Right=\"Write\"", "Right=\"Edit\"", "Right"),
        ("</App>", "<Properties/></App>", "twice"),
    ] {
        let refused = register(&good.replace(from, to), site).unwrap_err();
        assert!(refused.to_string().contains(reason), "{from} -> {to}: {refused}");
    }
    let many = manifest(APP_ONLY, &request("tenant", "Read").repeat(1001));
    assert_eq!(register(&many, site), Err(ManifestError::TooMany));
}
