//! Exchange over the wire: its name, its tokens, and the faults that strike its cmdlets.

use reqwest::Response;
use serde_json::{Value, json};

use super::house::{House, app_named};
use crate::seed::ALMIGHTY;

const ADMINISTRATOR: &str = "29232cdf-9323-42fd-ade2-1d097af3e4de";

async fn invoke(house: &House, endpoint: &str, body: Value) -> Response {
    let tenant = house.running.world.names.id;
    let url = format!("https://outlook.office365.com/adminapi/beta/{tenant}/{endpoint}");
    house.call("POST", &url).json(&body).send().await.unwrap()
}

fn input(cmdlet: &str, parameters: &Value) -> Value {
    json!({"CmdletInput": {"CmdletName": cmdlet, "Parameters": parameters}})
}

fn contact(name: &str) -> Value {
    input(
        "New-MailContact",
        &json!({"Name": name, "ExternalEmailAddress": format!("{name}@fabrikam.com")}),
    )
}

#[tokio::test]
async fn a_cmdlet_reaches_the_seeded_mailboxes_and_reading_is_no_write() {
    let house = House::open().await;
    let shared = json!({"RecipientTypeDetails": ["SharedMailbox"], "ResultSize": "Unlimited"});
    let answer = invoke(&house, "InvokeCommand", input("Get-Mailbox", &shared)).await;
    assert_eq!(answer.status(), 200);
    let body: Value = answer.json().await.unwrap();
    let sender = &body["value"][0];
    assert_eq!(
        (&sender["Alias"], body["value"].as_array().unwrap().len()),
        (&json!("flow"), 1)
    );
    assert_eq!(
        invoke(&house, "InvokeCommand", contact("partner")).await.status(),
        200
    );
    let ledger = house.look("/ledger").await;
    assert_eq!(ledger["requests"].as_array().unwrap().len(), 1);
    assert_eq!(
        house.effects("exchange:"),
        ["exchange:create:contact:partner@fabrikam.com"]
    );
    let dump = house.look("/dump").await;
    assert_eq!(dump["directory"]["contacts"].as_object().unwrap().len(), 1);
    house.running.stop().await;
}

#[tokio::test]
async fn an_app_that_loses_its_directory_role_runs_nothing_by_its_next_token() {
    let house = House::open().await;
    let app = app_named(&house.running.world, ALMIGHTY).app_id.0;
    let role = format!("/apps/{app}/directory-roles/{ADMINISTRATOR}");
    assert_eq!(house.control("DELETE", &role, Value::Null).await.status(), 204);
    assert_eq!(house.control("DELETE", &role, Value::Null).await.status(), 404);
    let refused = invoke(&house, "InvokeCommand", contact("partner")).await;
    assert_eq!(refused.status(), 403);
    assert_eq!(house.control("PUT", &role, Value::Null).await.status(), 204);
    assert_eq!(
        invoke(&house, "InvokeCommand", contact("partner")).await.status(),
        200
    );
    house.running.stop().await;
}

#[tokio::test]
async fn a_fault_that_passes_strikes_one_part_of_a_batch() {
    let house = House::open().await;
    let rule = json!({"match": {"host": "outlook.office365.com", "pathContains": "/InvokeCommand"},
        "kind": {"transient": {"exception": "ServerBusyException"}}});
    let set = house.control("PUT", "/faults", json!({ "rules": [rule] })).await;
    assert_eq!(set.status(), 200);
    let tenant = house.running.world.names.id;
    let url = format!("https://outlook.office365.com/adminapi/beta/{tenant}/InvokeCommand");
    let part = |id: &str, name: &str| json!({"id": id, "method": "POST", "url": url, "body": contact(name)});
    let batch = json!({"requests": [part("1", "one"), part("2", "two")]});
    let answer: Value = invoke(&house, "$batch", batch).await.json().await.unwrap();
    let parts = answer["responses"].as_array().unwrap();
    assert_eq!(
        (&parts[0]["status"], &parts[1]["status"]),
        (&json!(400), &json!(200))
    );
    let message = parts[0]["body"]["error"]["details"][0]["message"]
        .as_str()
        .unwrap();
    assert!(message.contains("ServerBusyException"), "{message}");

    let elsewhere = json!({"kind": {"transient": {"exception": "ServerBusyException"}}});
    let refused = house
        .control("PUT", "/faults", json!({ "rules": [elsewhere] }))
        .await;
    assert_eq!(refused.status(), 400);
    house.running.stop().await;
}
