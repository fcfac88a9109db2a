//! What stands behind which host, and what the ledger keeps of it.

use serde_json::{Value, json};

use super::house::{House, LIST, options};
use crate::entra::Audience;
use crate::seed::OURS;
use crate::shell::{StartError, start};

const SITE: &str = "https://contoso.sharepoint.com/sites/flow";

#[tokio::test]
async fn the_tenant_keeps_its_ca_its_keys_and_its_ids_over_a_restart() {
    let house = House::open().await;
    let keys = format!(
        "https://login.microsoftonline.com/{}/discovery/v2.0/keys",
        house.running.world.names.id
    );
    let before = house
        .bare("GET", &keys)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let ca = std::fs::read(&house.running.ca_file).unwrap();
    let house = house.reopen().await;
    let after = house
        .bare("GET", &keys)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(before.contains("\"kid\""), "{before}");
    assert_eq!(before, after);
    assert_eq!(ca, std::fs::read(&house.running.ca_file).unwrap());
    house.running.stop().await;
}

#[tokio::test]
async fn without_a_token_graph_and_sharepoint_refuse_each_in_its_own_shape() {
    let house = House::open().await;
    let graph = house.bare("GET", "https://graph.microsoft.com/v1.0/users");
    let graph = graph.send().await.unwrap();
    assert_eq!(graph.status(), 401);
    let error: Value = graph.json().await.unwrap();
    assert_eq!(error["error"]["code"], "InvalidAuthenticationToken");

    let rest = house
        .bare("GET", &format!("{SITE}/_api/web"))
        .send()
        .await
        .unwrap();
    assert_eq!(rest.status(), 401);
    let challenge = rest.headers()["www-authenticate"].to_str().unwrap();
    let realm = format!("realm=\"{}\"", house.running.world.names.id);
    assert!(challenge.contains(&realm), "{challenge}");
    assert_eq!(rest.text().await.unwrap(), "");
    house.running.stop().await;
}

#[tokio::test]
async fn a_page_sends_a_stranger_to_sign_in_and_a_host_of_others_is_misdirected() {
    let house = House::open().await;
    let page = house.bare("GET", &format!("{SITE}/SitePages/Home.aspx"));
    let page = page.send().await.unwrap();
    assert_eq!(page.status(), 302);
    assert!(page.headers().contains_key("location"));

    let stray = house.http1().get("https://graph.microsoft.com/v1.0/users");
    let stray = stray.header("host", "elsewhere.example").send().await.unwrap();
    assert_eq!(stray.status(), 421);
    house.running.stop().await;
}

#[tokio::test]
async fn our_app_reads_its_site_by_its_grant_alone() {
    let house = House::open().await;
    let token = house.token(OURS, Audience::SharePoint);
    let web = format!("{SITE}/_api/web");
    let read = || {
        house
            .bare("GET", &web)
            .header("accept", "application/json")
            .bearer_auth(&token)
            .send()
    };
    assert_eq!(read().await.unwrap().status(), 200);
    let app = super::house::app_named(&house.running.world, OURS).app_id.0;
    let grant = format!("/grants/{app}?site=/sites/flow");
    let revoked = house.control("DELETE", &grant, Value::Null).await;
    assert_eq!(revoked.status(), 204);
    assert!(read().await.unwrap().status().is_client_error());
    let again = house.control("PUT", &grant, json!({"role": "read"})).await;
    assert_eq!(again.status(), 204);
    assert_eq!(read().await.unwrap().status(), 200);
    house.running.stop().await;
}

#[tokio::test]
async fn the_ledger_notes_each_write_request_once_and_no_reading() {
    let house = House::open().await;
    house.make_list().await;
    let url = format!("https://contoso.sharepoint.com{LIST}/items");
    house.call("GET", &url).send().await.unwrap();
    let part = |title: &str| {
        format!(
            "--b\r\nContent-Type: application/http\r\n\r\nPOST {url} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{{\"Title\":\"{title}\"}}\r\n"
        )
    };
    let batch = house
        .call("POST", &format!("{SITE}/_api/$batch"))
        .header("content-type", "multipart/mixed; boundary=b")
        .body(format!("{}{}--b--\r\n", part("one"), part("two")));
    assert_eq!(batch.send().await.unwrap().status(), 200);
    let refused = house.bare("POST", &url).body("{}").send().await.unwrap();
    assert_eq!(refused.status(), 401);

    let ledger = house.look("/ledger").await;
    let requests: Vec<(u64, u64, bool)> = ledger["requests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|request| {
            (
                request["status"].as_u64().unwrap(),
                request["operations"].as_u64().unwrap(),
                request["who"].as_str().unwrap().starts_with("app:"),
            )
        })
        .collect();
    assert_eq!(requests, [(201, 1, true), (200, 2, true), (401, 1, false)]);
    assert_eq!(ledger["effects"].as_array().unwrap().len(), 3);
    house.running.stop().await;
}

#[tokio::test]
async fn the_control_api_is_not_offered_in_the_open() {
    let data = tempfile::tempdir().unwrap();
    let open = crate::shell::Options {
        control: "0.0.0.0:0".parse().unwrap(),
        ..options(data.path())
    };
    assert!(matches!(start(open).await, Err(StartError::ControlInTheOpen(_))));
}
