//! Credentials rolled over the wire, by an app that owns its registration.

use serde_json::{Value, json};

use super::house::{House, app_named};
use crate::entra::Audience;
use crate::registration::AppObject;
use crate::seed::OURS;

const OWNED: &str = "Application.ReadWrite.OwnedBy";

/// Gives our app the permission, and ownership of its own registration, as an administrator would; its app id.
async fn entitle(house: &House) -> String {
    let app = app_named(&house.running.world, OURS);
    let id = app.app_id.0;
    let role = format!("/apps/{id}/roles/{}/{OWNED}", Audience::Graph.app_id());
    assert_eq!(house.control("PUT", &role, Value::Null).await.status(), 204);
    let owner = format!("/apps/{id}/owners/{}", app.principal.0);
    assert_eq!(house.control("PUT", &owner, Value::Null).await.status(), 204);
    id.to_string()
}

async fn add_secret(house: &House, app: &str) -> (u16, Value) {
    let url = format!("https://graph.microsoft.com/v1.0/applications(appId='{app}')/addPassword");
    let call = house
        .bare("POST", &url)
        .bearer_auth(house.token(OURS, Audience::Graph));
    let answer = call
        .json(&json!({"passwordCredential": {"displayName": "next"}}))
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn a_secret_made_by_an_owner_gives_a_token_and_stands_nowhere_in_dump_and_ledger() {
    let house = House::open().await;
    let app = entitle(&house).await;
    let (status, made) = add_secret(&house, &app).await;
    assert_eq!(status, 200, "{made}");
    let secret = made["secretText"].as_str().unwrap();
    let tenant = house.running.world.names.id;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", app.as_str()),
        ("client_secret", secret),
        ("scope", "https://graph.microsoft.com/.default"),
    ];
    let url = format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token");
    let token = house.bare("POST", &url).form(&form).send().await.unwrap();
    assert_eq!(token.status(), 200);
    let key = made["keyId"].as_str().unwrap();
    for place in ["/dump", "/ledger"] {
        let text = house.look(place).await.to_string();
        assert!(text.contains(key) && !text.contains(secret), "{place}");
    }
    house.running.stop().await;
}

#[tokio::test]
async fn whoever_is_no_owner_any_more_is_refused_and_issuers_are_told_by_certificate() {
    let house = House::open().await;
    let app = entitle(&house).await;
    let principal = app_named(&house.running.world, OURS).principal.0;
    let owner = format!("/apps/{app}/owners/{principal}");
    assert_eq!(house.control("DELETE", &owner, Value::Null).await.status(), 204);
    assert_eq!(house.control("DELETE", &owner, Value::Null).await.status(), 404);
    assert_eq!(add_secret(&house, &app).await.0, 403);
    let ours = app_named(&house.running.world, OURS);
    assert_ne!(ours.object_id(AppObject::Application).0, ours.app_id.0);
    let pem = std::fs::read_to_string(house.data.path().join("wrong.pem")).unwrap();
    let told = json!({"issuer": "https://token.pipelines.example", "certificate": pem});
    assert_eq!(house.control("PUT", "/issuers", told).await.status(), 204);
    let nonsense = json!({"issuer": "https://token.pipelines.example", "certificate": "x"});
    assert_eq!(house.control("PUT", "/issuers", nonsense).await.status(), 400);
    house.running.stop().await;
}
