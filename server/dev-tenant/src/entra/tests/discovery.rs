//! Discovery, as MSAL reads it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, Method};
use serde_json::{Value, json};

use super::fixture::{APP, SHAREPOINT, TENANT, ask, bear, call, fixture, form};
use crate::entra::{Audience, answer};
use crate::world::World;

fn read(world: &World, path: &str, query: &str) -> (u16, Value) {
    let mut call = call(Method::GET, "login.microsoftonline.com", path, String::new());
    query.clone_into(&mut call.query);
    let reply = answer(world, &call);
    (reply.status, serde_json::from_slice(&reply.body).unwrap())
}

#[test]
fn every_authority_tells_its_endpoints_in_both_versions() {
    let world = fixture().world;
    let guid = TENANT.to_string();
    for (tenant, base, id) in [
        (guid.as_str(), guid.as_str(), guid.as_str()),
        ("contoso.onmicrosoft.com", &guid, &guid),
        ("common", "common", "{tenantid}"),
        ("organizations", "organizations", "{tenantid}"),
    ] {
        let host = "https://login.microsoftonline.com";
        let (_, two) = read(
            &world,
            &format!("/{tenant}/v2.0/.well-known/openid-configuration"),
            "",
        );
        assert_eq!(two["issuer"], format!("{host}/{id}/v2.0"));
        assert_eq!(two["token_endpoint"], format!("{host}/{base}/oauth2/v2.0/token"));
        let (_, one) = read(&world, &format!("/{tenant}/.well-known/openid-configuration"), "");
        assert_eq!(one["issuer"], format!("https://sts.windows.net/{id}/"));
        for keys in [&one["jwks_uri"], &two["jwks_uri"]] {
            let path = keys.as_str().unwrap().strip_prefix(host).unwrap();
            assert_eq!(read(&world, path, "").1["keys"][0]["kty"], "RSA");
        }
    }
    let (status, body) = read(
        &world,
        "/nowhere.example/v2.0/.well-known/openid-configuration",
        "",
    );
    assert_eq!((status, &body["error_codes"]), (400, &json!([90002])));
}

#[test]
fn instance_discovery_knows_microsofts_authorities_alone() {
    let world = fixture().world;
    let ask = |host: &str| {
        let query =
            format!("api-version=1.1&authorization_endpoint=https://{host}/common/oauth2/v2.0/authorize");
        read(&world, "/common/discovery/instance", &query)
    };
    let (status, body) = ask("login.windows.net");
    assert_eq!(status, 200);
    assert!(
        body["tenant_discovery_endpoint"]
            .as_str()
            .unwrap()
            .ends_with("/common/v2.0/.well-known/openid-configuration")
    );
    assert_eq!(
        body["metadata"][0]["preferred_network"],
        "login.microsoftonline.com"
    );
    assert_eq!(ask("evil.example").1["error"], "invalid_instance");
}

#[test]
fn an_app_may_show_its_secret_by_basic_but_must_name_its_tenant() {
    let world = fixture().world;
    let mut call = call(
        Method::POST,
        "login.microsoftonline.com",
        &format!("/{TENANT}/oauth2/v2.0/token"),
        format!("grant_type=client_credentials&scope={SHAREPOINT}"),
    );
    let basic = STANDARD.encode(format!("{APP}:right"));
    let basic = HeaderValue::from_str(&format!("Basic {basic}")).unwrap();
    call.headers.insert("authorization", basic);
    assert_eq!(answer(&world, &call).status, 200);
    let client = APP.to_string();
    let (_, body) = ask(
        &world,
        "common",
        &form(&client, SHAREPOINT, ("client_secret", "right")),
    );
    assert_eq!(body["error_codes"], json!([50059]));
}

#[test]
fn version_1_of_the_token_endpoint_takes_a_resource_and_tells_numbers_as_text() {
    let world = fixture().world;
    let path = format!("/{TENANT}/oauth2/token");
    let resource = "https://graph.microsoft.com";
    let body =
        format!("grant_type=client_credentials&client_id={APP}&client_secret=right&resource={resource}");
    let reply = answer(
        &world,
        &call(Method::POST, "login.microsoftonline.com", &path, body),
    );
    let body: Value = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!(
        (&body["expires_in"], &body["resource"]),
        (&json!("3599"), &json!(resource))
    );
    let token = body["access_token"].as_str().unwrap();
    assert!(bear(&world, token, Audience::Graph).is_ok());
}
