use super::recorder::Recorder;
use crate::sharepoint::{ContentType, ListRef};

#[tokio::test]
async fn the_content_type_of_items_is_told_from_that_of_folders_and_renamed_by_its_id() {
    let types =
        r#"{"value":[{"StringId":"0x0100A1","Name":"Item"},{"StringId":"0x0120B2","Name":"Folder"}]}"#;
    let recorder = Recorder::start(&[(200, types), (204, "")]).await;
    let list = recorder.site().list(ListRef::Path("Lists/PFInbox".to_owned()));
    let types = list.content_types().await.unwrap();
    let of_items: Vec<_> = types.iter().map(ContentType::is_of_items).collect();
    assert_eq!(of_items, [true, false]);
    list.rename_content_type(&types[0].string_id, "申請")
        .await
        .unwrap();
    assert_eq!(
        recorder.lines()[1],
        "POST /sites/flow/_api/web/getlist('/sites/flow/Lists/PFInbox')/contenttypes('0x0100A1')"
    );
    let seen = recorder.seen();
    assert_eq!(seen[1].header("x-http-method"), "MERGE");
    assert_eq!(seen[1].json()["Name"], "申請");
}
