//! Tokens that clients get for people, and what the services make of them.

use serde_json::json;

use super::browser::{Browser, header, text};
use super::client::{arrived, claims, fields, redemption, request};
use super::fixture::{TENANT, bear};
use super::people::{API, HANAKO, OLD_API, PRINCIPAL, PUBLIC, TARO, USER_ADMINISTRATOR, peopled};
use crate::caller::{Caller, Channel, PersonCaller};
use crate::entra::{Audience, BearerFault, WEB_CLIENT_EXTENSIBILITY, obo_token};

const GRAPH_SCOPE: &str = "openid profile email offline_access User.Read";

#[test]
fn a_code_becomes_tokens_that_graph_believes() {
    let world = peopled().world;
    let mut browser = Browser::new(&world);
    let back = browser.sign_in(&request(GRAPH_SCOPE, &[]), HANAKO);
    assert_eq!(back["state"], "s&1");
    let (reply, body) = browser.token(
        &redemption(&back["code"], &[]),
        Some("https://app.contoso.example"),
    );
    assert_eq!(reply.status, 200, "{body}");
    assert_eq!(
        header(&reply, "Access-Control-Allow-Origin").unwrap(),
        "https://app.contoso.example"
    );
    assert_eq!(body["scope"], "User.Read email offline_access openid profile");
    let person = PersonCaller {
        person: HANAKO,
        channel: Channel::Token {
            app_id: PUBLIC,
            scopes: ["User.Read", "email", "offline_access", "openid", "profile"]
                .map(str::to_owned)
                .into(),
        },
    };
    let token = body["access_token"].as_str().unwrap();
    assert_eq!(bear(&world, token, Audience::Graph), Ok(Caller::Person(person)));
    assert_eq!(
        bear(&world, token, Audience::SharePoint),
        Err(BearerFault::Audience)
    );
    let access = claims(&body["access_token"]);
    assert_eq!(access["upn"], "hanako@contoso.onmicrosoft.com");
    assert!(
        access["wids"]
            .as_array()
            .unwrap()
            .contains(&json!(USER_ADMINISTRATOR))
    );
    let id = claims(&body["id_token"]);
    assert_eq!((&id["nonce"], &id["aud"]), (&json!("n1"), &json!(PUBLIC)));
    assert_eq!(
        (&id["email"], &id["tid"]),
        (&json!("hanako@contoso.com"), &json!(TENANT))
    );
    assert!(bear(&world, body["id_token"].as_str().unwrap(), Audience::Graph).is_err());
}

#[test]
fn a_refresh_token_reaches_other_resources_in_the_version_they_ask_for() {
    let world = peopled().world;
    let mut browser = Browser::new(&world);
    let back = browser.sign_in(&request(GRAPH_SCOPE, &[]), TARO);
    let (_, first) = browser.token(&redemption(&back["code"], &[]), None);
    let refresh = first["refresh_token"].as_str().unwrap();
    let client = PUBLIC.0.to_string();
    let ask = |scope: &str| {
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", &client),
            ("refresh_token", refresh),
            ("scope", scope),
        ];
        browser.token(&fields(&form), None).1
    };
    let sharepoint = ask("https://contoso.sharepoint.com/AllSites.Write");
    let token = sharepoint["access_token"].as_str().unwrap();
    assert!(matches!(
        bear(&world, token, Audience::SharePoint),
        Ok(Caller::Person(_))
    ));
    let api = ask("api://flow/Read offline_access");
    assert_eq!(api["scope"], "api://flow/Read offline_access");
    assert!(api["refresh_token"].is_string());
    let api = claims(&api["access_token"]);
    assert_eq!(
        (&api["aud"], &api["ver"], &api["azp"]),
        (&json!(API), &json!("2.0"), &json!(PUBLIC))
    );
    assert_eq!(
        api["iss"],
        format!("https://login.microsoftonline.com/{TENANT}/v2.0")
    );
    assert_eq!(
        (&api["scp"], &api["oid"]),
        (&json!("Read offline_access"), &json!(TARO))
    );
    assert_eq!(ask("api://flow/Decide")["error_codes"], json!([65001]));
    assert_eq!(ask("api://flow/Nothing")["error_codes"], json!([650_053]));
    world
        .tenant()
        .directory
        .users
        .get_mut(&TARO)
        .unwrap()
        .account_enabled = false;
    assert_eq!(ask("User.Read")["error_codes"], json!([50057]));
}

#[test]
fn the_spfx_runtime_starts_silently_and_gets_its_on_behalf_of_seed() {
    let world = peopled().world;
    let mut browser = Browser::new(&world);
    let (client, page) = (
        WEB_CLIENT_EXTENSIBILITY.0.to_string(),
        "https://contoso.sharepoint.com/_forms/spfxsinglesignon.aspx",
    );
    let start = request(
        "https://graph.microsoft.com/.default openid profile offline_access",
        &[
            ("client_id", &client),
            ("redirect_uri", page),
            ("prompt", "none"),
            ("response_mode", "fragment"),
            ("client_info", "1"),
        ],
    );
    assert_eq!(arrived(&browser.authorize(&start))["error"], "login_required");
    let page_now = browser.get("https://contoso.sharepoint.com/_layouts/15/Authenticate.aspx");
    let posted = browser.choose(&page_now, HANAKO);
    browser.submit(&posted, &[]);
    let back = arrived(&browser.authorize(&start));
    assert!(back.contains_key("client_info") && back.contains_key("session_state"));
    let form = redemption(&back["code"], &[("client_id", &client), ("redirect_uri", page)]);
    let (reply, body) = browser.token(&form, Some("https://contoso.sharepoint.com"));
    assert!(header(&reply, "Access-Control-Allow-Origin").is_some());
    let scope = format!("{}/.default openid profile offline_access", PRINCIPAL.0);
    let refresh = body["refresh_token"].as_str().unwrap();
    let form = fields(&[
        ("grant_type", "refresh_token"),
        ("client_id", &client),
        ("refresh_token", refresh),
        ("scope", &scope),
    ]);
    let (_, body) = browser.token(&form, Some("https://contoso.sharepoint.com"));
    assert_eq!(
        claims(&body["access_token"])["scp"],
        "user_impersonation offline_access openid profile",
        "{body}"
    );
}

#[test]
fn web_parts_get_what_was_granted_to_their_principal_and_no_more() {
    let world = peopled().world;
    let new = json!(obo_token(&world, HANAKO, "api://flow").unwrap());
    assert_eq!(
        (&claims(&new)["scp"], &claims(&new)["azp"]),
        (&json!("Read"), &json!(PRINCIPAL))
    );
    let old = claims(&json!(obo_token(&world, HANAKO, "api://old").unwrap()));
    assert_eq!(
        (&old["aud"], &old["ver"], &old["appid"]),
        (&json!("api://old"), &json!("1.0"), &json!(PRINCIPAL))
    );
    let by_id = claims(&json!(obo_token(&world, HANAKO, &OLD_API.0.to_string()).unwrap()));
    assert_eq!(by_id["aud"], json!(OLD_API));
    let graph = obo_token(&world, HANAKO, "https://graph.microsoft.com").unwrap();
    assert!(matches!(
        bear(&world, &graph, Audience::Graph),
        Ok(Caller::Person(_))
    ));
    assert_eq!(obo_token(&world, HANAKO, "api://none").unwrap_err().code, 500_011);
    assert_eq!(
        obo_token(&world, HANAKO, "https://contoso.sharepoint.com")
            .unwrap_err()
            .code,
        65001
    );
    world.tenant().directory.delegated_grants.clear();
    assert_eq!(obo_token(&world, HANAKO, "api://flow").unwrap_err().code, 65001);
}

#[test]
fn answers_travel_as_the_client_asked() {
    let world = peopled().world;
    let mut browser = Browser::new(&world);
    browser.sign_in(&request("openid", &[]), HANAKO);
    let both = [("response_type", "id_token code"), ("response_mode", "form_post")];
    let page = text(&browser.authorize(&request("openid", &both)));
    assert!(
        page.contains("action=\"https://app.contoso.example/in\""),
        "{page}"
    );
    assert!(
        page.contains("name=\"code\"")
            && page.contains("name=\"id_token\"")
            && page.contains("value=\"s&amp;1\"")
    );
    let location = header(
        &browser.authorize(&request("openid", &[("response_type", "id_token")])),
        "Location",
    );
    assert!(
        location
            .unwrap()
            .starts_with("https://app.contoso.example/in#id_token=")
    );
    let local = request("openid", &[("redirect_uri", "http://localhost:53211")]);
    assert!(arrived(&browser.authorize(&local)).contains_key("code"));
    let other = request(
        "openid",
        &[("login_hint", "taro@contoso.onmicrosoft.com"), ("prompt", "none")],
    );
    assert_eq!(arrived(&browser.authorize(&other))["error"], "login_required");
    for prompt in ["login", "select_account"] {
        assert_eq!(
            browser
                .authorize(&request("openid", &[("prompt", prompt)]))
                .status,
            200
        );
    }
}
