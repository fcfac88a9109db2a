//! The control API.

use serde_json::{Value, json};

use super::house::{House, app_named, time};
use crate::entra::Audience;
use crate::seed::OURS;

#[tokio::test]
async fn the_clock_moves_is_written_for_others_and_stands_there_after_a_restart() {
    let house = House::open().await;
    let file = house.data.path().join("clock-offset");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "0");
    let before = house.look("/clock").await;
    let moved = house
        .control("POST", "/clock/advance", json!({"seconds": 86_400}))
        .await;
    let moved: Value = moved.json().await.unwrap();
    assert_eq!(moved["offsetMilliseconds"], 86_400_000);
    assert!(
        time(&moved["now"])
            .duration_since(time(&before["now"]))
            .as_hours()
            >= 24
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "86400000");
    let house = house.reopen().await;
    assert_eq!(house.look("/clock").await["offsetMilliseconds"], 86_400_000);
    house.running.stop().await;
}

#[tokio::test]
async fn the_dump_is_stable_and_holds_no_secret() {
    let house = House::open().await;
    let client = house.http1();
    assert_eq!(house.create_user(&client, "mei").await.unwrap().status(), 201);
    {
        let mut tenant = house.running.world.tenant();
        let list = *tenant.sharepoint.sites[0].lists.keys().next().unwrap();
        let id = uuid::Uuid::from_u128(5);
        let subscription = crate::sharepoint::state::subscription::Subscription {
            id,
            list,
            notification_url: "https://flow.contoso.example/hook".to_owned(),
            client_state: Some("webhook-secret".to_owned()),
            expires: jiff::Timestamp::MAX,
            creator: crate::sharepoint::state::subscription::SubscriptionOwner::App(crate::directory::AppId(
                id,
            )),
            pending_since: None,
            failures: 0,
            silent_until: None,
        };
        tenant.sharepoint.sites[0].subscriptions.insert(id, subscription);
    }
    let dump = house.look("/dump").await;
    assert_eq!(dump, house.look("/dump").await);
    let text = dump.to_string();
    assert!(text.contains("mei@contoso.onmicrosoft.com"));
    assert!(text.contains("https://flow.contoso.example/hook"));
    let secrets = [
        "Correct-Horse-9",
        "webhook-secret",
        "PRIVATE KEY",
        "digest_secret",
    ];
    for secret in secrets {
        assert!(!text.contains(secret), "{secret}");
    }
    house.running.stop().await;
}

#[tokio::test]
async fn a_dropped_permission_is_missing_from_the_next_token() {
    let house = House::open().await;
    let app = app_named(&house.running.world, OURS).app_id.0;
    let role = format!(
        "/apps/{app}/roles/{}/Sites.Selected",
        Audience::SharePoint.app_id()
    );
    assert_eq!(house.control("DELETE", &role, Value::Null).await.status(), 204);
    assert_eq!(house.control("DELETE", &role, Value::Null).await.status(), 404);
    let read = async || {
        let token = house.token(OURS, Audience::SharePoint);
        let web = house.bare("GET", "https://contoso.sharepoint.com/sites/flow/_api/web");
        web.bearer_auth(token)
            .header("accept", "application/json")
            .send()
            .await
            .unwrap()
            .status()
    };
    assert!(read().await.is_client_error());
    assert_eq!(house.control("PUT", &role, Value::Null).await.status(), 204);
    assert_eq!(read().await, 200);
    house.running.stop().await;
}

#[tokio::test]
async fn switches_are_set_as_a_whole_and_unknown_ones_are_refused() {
    let house = House::open().await;
    let wanted = json!({"webhook_delay_seconds": 0, "anyone_sets_editor": true});
    assert_eq!(house.control("PUT", "/switches", wanted).await.status(), 200);
    let switches = house.look("/switches").await;
    assert_eq!(switches["anyone_sets_editor"], true);
    assert_eq!(switches["webhook_delay_seconds"], 0);
    let unknown = house.control("PUT", "/switches", json!({"no_such": 1})).await;
    assert!(unknown.status().is_client_error());
    house.running.stop().await;
}

#[tokio::test]
async fn a_mailbox_shows_what_its_owner_was_sent() {
    let house = House::open().await;
    let message = json!({"message": {
        "subject": "承認のお願い",
        "body": {"contentType": "text", "content": "見てください"},
        "toRecipients": [{"emailAddress": {"address": "flow@contoso.onmicrosoft.com"}}],
    }});
    let url = "https://graph.microsoft.com/v1.0/users/flow@contoso.onmicrosoft.com/sendMail";
    let sent = house.call("POST", url).json(&message).send().await.unwrap();
    assert_eq!(sent.status(), 202);
    let mailbox = house.look("/mailboxes/flow@contoso.onmicrosoft.com").await;
    assert_eq!(mailbox["messages"][0]["content"]["subject"], "承認のお願い");
    let nobody = house.control("GET", "/mailboxes/nobody@contoso.example", Value::Null);
    assert_eq!(nobody.await.status(), 404);
    house.running.stop().await;
}

#[tokio::test]
async fn control_and_services_do_not_answer_at_each_others_door() {
    let house = House::open().await;
    for host in [
        "graph.microsoft.com",
        "contoso.sharepoint.com",
        "login.microsoftonline.com",
        "contoso-admin.sharepoint.com",
        "outlook.office365.com",
    ] {
        for path in ["/dump", "/ledger", "/clock", "/faults"] {
            let answer = house.bare("GET", &format!("https://{host}{path}"));
            assert_ne!(answer.send().await.unwrap().status(), 200, "{host}{path}");
        }
        let url = format!("http://{}/dump", house.running.control_address);
        let posing = reqwest::Client::builder()
            .build()
            .unwrap()
            .get(url)
            .header("host", host);
        assert_eq!(posing.send().await.unwrap().status(), 421, "{host}");
    }
    house.running.stop().await;
}
