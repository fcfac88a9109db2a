use serde_json::json;
use uuid::Uuid;

use super::recorder::Recorder;
use crate::{
    Verdict,
    graph::{Followed, Removed},
};

const USER: Uuid = Uuid::from_u128(7);

fn page(entries: &str, kind: &str) -> String {
    format!(r#"{{"value":[{entries}],"@odata.{kind}":"{{origin}}/v1.0/users/delta?$token=next"}}"#)
}

#[tokio::test]
async fn following_begins_with_what_changes_from_now_on_and_goes_where_graph_says() {
    let entries = format!(
        r#"{{"id":"{USER}","mail":null,"displayName":"佐藤","manager@delta":[]}},
            {{"id":"{USER}","@removed":{{"reason":"changed"}}}},{{"id":"{USER}","@removed":{{"reason":"deleted"}}}}"#
    );
    let (latest, first, last) = (
        page("", "deltaLink"),
        page("", "nextLink"),
        page(&entries, "deltaLink"),
    );
    let recorder = Recorder::start(&[(200, &latest), (200, &first), (200, &last)]).await;
    let graph = recorder.tenant().graph();
    let link = graph.delta_from_now(Followed::Users).await.unwrap();
    let empty = graph.delta(&link).await.unwrap().unwrap();
    assert!(empty.entries.is_empty() && empty.more);
    let full = graph.delta(&empty.next).await.unwrap().unwrap();
    assert!(!full.more);
    let removed: Vec<_> = full.entries.iter().map(|entry| entry.removed).collect();
    assert_eq!(removed, [None, Some(Removed::Restorable), Some(Removed::Purged)]);
    let properties = &full.entries[0].properties;
    assert_eq!(
        json!(properties),
        json!({ "displayName": "佐藤", "mail": null }),
        "an emptied property is told, annotations are not"
    );
    let lines = recorder.lines();
    assert!(
        lines[0].starts_with("GET /v1.0/users/delta?$select=") && lines[0].ends_with("$deltatoken=latest")
    );
    assert_eq!(lines[1], "GET /v1.0/users/delta?$token=next");
}

#[tokio::test]
async fn a_link_that_graph_has_outlived_is_told_and_is_no_failure() {
    let gone = r#"{"error":{"code":"Directory_ExpiredPageToken","message":"m"}}"#;
    let lost = r#"{"error":{"code":"SyncStateNotFound","message":"m"}}"#;
    let wrong = r#"{"error":{"code":"Request_BadRequest","message":"m"}}"#;
    let latest = page("", "deltaLink");
    let recorder = Recorder::start(&[(200, &latest), (410, gone), (400, lost), (400, wrong)]).await;
    let graph = recorder.tenant().graph();
    let link = graph.delta_from_now(Followed::Group(USER)).await.unwrap();
    assert_eq!(graph.delta(&link).await.unwrap(), None);
    assert_eq!(graph.delta(&link).await.unwrap(), None);
    assert_eq!(graph.delta(&link).await.unwrap_err().verdict, Verdict::Invalid);
    assert!(recorder.lines()[0].contains(&format!("$filter=id eq '{USER}'")));
}

#[tokio::test]
async fn a_link_to_another_host_is_not_followed() {
    let foreign = r#"{"value":[],"@odata.deltaLink":"https://evil.example/v1.0/users/delta?$deltatoken=x"}"#;
    let recorder = Recorder::start(&[(200, foreign)]).await;
    let graph = recorder.tenant().graph();
    let link = graph.delta_from_now(Followed::Users).await.unwrap();
    assert_eq!(graph.delta(&link).await.unwrap_err().verdict, Verdict::Invalid);
    assert_eq!(recorder.lines().len(), 1);
}
