use serde_json::json;

use super::recorder::Recorder;
use crate::sharepoint::{ItemEvent, ListRef, ReceiverWish};

#[tokio::test]
async fn a_receiver_is_asynchronous_and_recognised_by_name_event_and_address() {
    let made = r#"{"value":[{"EventType":10001,"ReceiverAssembly":"","ReceiverClass":"","ReceiverName":"flow",
        "ReceiverId":"00000000-0000-0000-0000-0000000000aa","ReceiverUrl":"https://flow.example/a",
        "SequenceNumber":10000,"Synchronization":2}]}"#;
    let server = Recorder::start(&[(201, "{}"), (200, made), (200, "")]).await;
    let list = server.site().list(ListRef::Path("Lists/PFInbox".to_owned()));
    let wish = ReceiverWish {
        name: "flow",
        url: "https://flow.example/a",
        event: ItemEvent::Added,
    };
    list.add_receiver(&wish).await.unwrap();
    let found = list.receivers().await.unwrap().remove(0);
    assert!(wish.is_met_by(&found));
    let moved = ReceiverWish {
        url: "https://flow.example/b",
        ..wish
    };
    assert!(moved.is_about(&found) && !moved.is_met_by(&found));
    let other = ReceiverWish {
        event: ItemEvent::Updated,
        ..wish
    };
    assert!(!other.is_about(&found));
    list.remove_receiver(found.id).await.unwrap();
    let body = server.seen()[0].json();
    assert_eq!(
        (&body["EventType"], &body["Synchronization"]),
        (&json!(10_001), &json!(2))
    );
    insta::assert_json_snapshot!(server.lines());
}
