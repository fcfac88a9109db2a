//! Between the farm and SharePoint Online, which share paths and nothing else.

use http::{HeaderMap, HeaderValue, Method};
use serde_json::{Value, json};

use super::add_in::{House, house};
use crate::call::{Call, Reply};
use crate::directory::AppId;
use crate::entra::{Audience, Credential, app_token};
use crate::graph;
use crate::seed::ALMIGHTY;
use crate::sharepoint::door;
use crate::sharepoint::state::people::GrantRole;

const ONLINE: &str = "contoso.sharepoint.com";

/// A token of Entra for the app that may do everything.
fn entra_token(house: &House, audience: Audience, aud: &str) -> String {
    let world = &house.world;
    let tenant = world.tenant();
    let app = tenant
        .directory
        .apps
        .values()
        .find(|app| app.display_name == ALMIGHTY)
        .cloned();
    drop(tenant);
    let key = world.signing_key().unwrap();
    app_token(world, key, &app.unwrap(), audience, aud, Credential::Certificate).unwrap()
}

fn online(house: &House, token: &str, path: &str) -> Reply {
    let mut headers = HeaderMap::new();
    headers.insert("accept", HeaderValue::from_static("application/json"));
    headers.insert(
        "authorization",
        HeaderValue::from_str(&format!("Bearer {token}")).unwrap(),
    );
    let call = Call {
        method: Method::GET,
        host: ONLINE.to_owned(),
        path: format!("/sites/flow/{path}"),
        query: String::new(),
        headers,
        body: bytes::Bytes::new(),
        request_id: house.world.tenant().ids.uuid(),
    };
    door::answer(&house.world, &call)
}

#[test]
fn neither_believes_the_others_tokens() {
    let house = house(GrantRole::FullControl);
    let entra = entra_token(&house, Audience::SharePoint, "https://contoso.sharepoint.com");
    assert_eq!(online(&house, &entra, "_api/web").status, 200);
    assert_eq!(
        house.send(Some(&entra), "GET", "_api/web", &Value::Null).status,
        401
    );
    assert_eq!(online(&house, &house.app_only(), "_api/web").status, 401);
    assert_eq!(
        online(&house, &house.as_person("toru.soma", |_| {}), "_api/web").status,
        401
    );
}

#[test]
fn there_are_no_webhooks_on_a_farm_and_receivers_on_both_sides() {
    let house = house(GrantRole::FullControl);
    let list = "_api/web/lists/getbytitle('Documents')";
    let body = json!({"notificationUrl": "https://flow.contoso.example/hook"});
    assert_eq!(house.call("POST", &format!("{list}/subscriptions"), &body).0, 404);
    assert_eq!(
        house
            .call("GET", &format!("{list}/eventreceivers"), &Value::Null)
            .0,
        200
    );
    let entra = entra_token(&house, Audience::SharePoint, "https://contoso.sharepoint.com");
    assert_eq!(
        online(&house, &entra, &format!("{list}/subscriptions")).status,
        200
    );
    assert_eq!(
        online(&house, &entra, &format!("{list}/eventreceivers")).status,
        200
    );
}

#[test]
fn graph_knows_the_site_online_alone_and_pages_are_not_modelled() {
    let house = house(GrantRole::FullControl);
    let id = |house: &House, at: usize| house.world.tenant().sharepoint.sites[at].id;
    let caller = crate::caller::Caller::App(crate::caller::AppCaller {
        app_id: AppId(uuid::Uuid::from_u128(1)),
        principal: crate::directory::ObjectId(uuid::Uuid::from_u128(2)),
        display_name: "Flow".to_owned(),
        roles: vec!["Sites.FullControl.All".to_owned()],
        wids: Vec::new(),
        by_certificate: true,
    });
    for (key, status) in [
        (format!("{ONLINE}:/sites/flow"), 200),
        (id(&house, 0).to_string(), 200),
        (id(&house, 1).to_string(), 404),
        ("sharepoint.contoso.local:/sites/flow".to_owned(), 404),
    ] {
        let call = Call {
            method: Method::GET,
            host: "graph.microsoft.com".to_owned(),
            path: format!("/v1.0/sites/{key}"),
            query: String::new(),
            headers: HeaderMap::new(),
            body: bytes::Bytes::new(),
            request_id: uuid::Uuid::from_u128(3),
        };
        assert_eq!(
            graph::answer_as(&house.world, &caller, &call).status,
            status,
            "{key}"
        );
    }
    assert_eq!(
        house
            .send(
                Some(&house.app_only()),
                "GET",
                "Lists/Things/AllItems.aspx",
                &Value::Null
            )
            .status,
        501
    );
}
