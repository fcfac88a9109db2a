//! Webhooks leave the tenant by TLS under the real name of their address.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Query, State};
use axum::routing::post;
use axum_server::Handle;
use axum_server::tls_openssl::OpenSSLConfig;
use serde::Deserialize;
use serde_json::{Value, json};

use super::house::{House, LIST};
use crate::shell::issue_leaf;

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<Value>>>);

#[derive(Deserialize)]
struct Asked {
    validationtoken: Option<String>,
}

async fn hear(State(heard): State<Heard>, Query(asked): Query<Asked>, body: String) -> String {
    if let Ok(notification) = serde_json::from_str(&body) {
        heard.0.lock().unwrap().push(notification);
    }
    asked.validationtoken.unwrap_or_default()
}

/// Our product's door, in small.
async fn receiver(house: &House, heard: Heard) -> (SocketAddr, Handle<SocketAddr>) {
    let leaf = issue_leaf(house.data.path(), &["flow.contoso.example"]).unwrap();
    let config = OpenSSLConfig::from_pem(&leaf.certificate, &leaf.key).unwrap();
    let handle = Handle::new();
    let app = Router::new().route("/hook", post(hear)).with_state(heard);
    let server = axum_server::bind_openssl("127.0.0.1:0".parse().unwrap(), config)
        .handle(handle.clone())
        .serve(app.into_make_service());
    tokio::spawn(server);
    (handle.listening().await.unwrap(), handle)
}

#[tokio::test]
async fn a_subscription_asks_its_address_first_and_tells_it_of_changes_when_they_are_due() {
    let house = House::open().await;
    house.make_list().await;
    let subscribe = || {
        let body = json!({
            "resource": format!("https://contoso.sharepoint.com{LIST}"),
            "notificationUrl": "https://flow.contoso.example/hook",
            "clientState": "state",
        });
        let url = format!("https://contoso.sharepoint.com{LIST}/subscriptions");
        house.call("POST", &url).json(&body).send()
    };
    let heard = Heard::default();
    let (address, handle) = receiver(&house, heard.clone()).await;
    let bend = "/bends/flow.contoso.example";
    let closed = json!({"address": "127.0.0.1:1"});
    assert_eq!(house.control("PUT", bend, closed).await.status(), 204);
    assert_eq!(subscribe().await.unwrap().status(), 400);
    let open = json!({ "address": address });
    assert_eq!(house.control("PUT", bend, open).await.status(), 204);
    assert_eq!(subscribe().await.unwrap().status(), 201);

    let items = format!("https://contoso.sharepoint.com{LIST}/items");
    let made = house.call("POST", &items).json(&json!({"Title": "x"}));
    assert_eq!(made.send().await.unwrap().status(), 201);
    house
        .control("POST", "/clock/advance", json!({"seconds": 61}))
        .await;
    let mut ticks = tokio::time::interval(Duration::from_millis(20));
    while heard.0.lock().unwrap().is_empty() {
        ticks.tick().await;
    }
    let first = heard.0.lock().unwrap()[0].clone();
    assert_eq!(first["value"][0]["clientState"], "state");
    handle.shutdown();
    house.running.stop().await;
}
