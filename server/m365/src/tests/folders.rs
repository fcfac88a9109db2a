use super::recorder::Recorder;
use crate::{
    Verdict,
    sharepoint::{ItemId, ListRef},
};

fn applications(recorder: &Recorder) -> crate::sharepoint::List {
    let list = ListRef::Path("Lists/PFApplications".to_owned());
    recorder.site().list(list)
}

#[tokio::test]
async fn a_folder_is_made_below_the_root_and_found_by_its_path() {
    let made = r#"{"value":[{"ErrorCode":0,"ErrorMessage":null,"FieldName":"Title","FieldValue":"f","HasException":false},
        {"ErrorCode":0,"ErrorMessage":null,"FieldName":"Id","FieldValue":"12","HasException":false}]}"#;
    let taken = r#"{"value":[{"ErrorCode":-2130575257,"ErrorMessage":"x","FieldName":"FileLeafRef","FieldValue":"f","HasException":true}]}"#;
    let recorder = Recorder::start(&[
        (404, ""),
        (200, r#"{"odata.null":true}"#),
        (200, made),
        (200, taken),
        (200, r#"{"Id":12,"ID":12}"#),
    ])
    .await;
    let list = applications(&recorder);
    assert_eq!(list.folder("f").await.unwrap(), None);
    assert_eq!(list.folder("f").await.unwrap(), None);
    assert_eq!(list.create_folder("f").await.unwrap(), ItemId(12));
    let again = list.create_folder("f").await.unwrap_err();
    assert_eq!(again.verdict, Verdict::Conflict);
    assert_eq!(list.folder("f").await.unwrap(), Some(ItemId(12)));
    let asked = recorder.seen()[2].json();
    assert_eq!(asked["listItemCreateInfo"]["UnderlyingObjectType"], 1);
    let root = &asked["listItemCreateInfo"]["FolderPath"]["DecodedUrl"];
    assert_eq!(root, "/sites/flow/Lists/PFApplications");
}

#[tokio::test]
async fn an_item_is_moved_by_the_address_that_it_has() {
    let at = r#"{"Id":7,"FileRef":"/sites/flow/Lists/PFApplications/7_.000"}"#;
    let moved = r#"{"Id":7,"FileRef":"/sites/flow/Lists/PFApplications/f/7_.000"}"#;
    let recorder = Recorder::start(&[
        (200, at),
        (200, at),
        (200, r#"{"odata.null":true}"#),
        (200, moved),
    ])
    .await;
    let list = applications(&recorder);
    assert_eq!(list.folder_of(ItemId(7)).await.unwrap(), None);
    list.move_into(ItemId(7), "f").await.unwrap();
    assert_eq!(list.folder_of(ItemId(7)).await.unwrap().as_deref(), Some("f"));
    assert_eq!(
        recorder.lines()[2],
        "POST /sites/flow/_api/web/GetFileByServerRelativePath(decodedUrl=\
         '/sites/flow/Lists/PFApplications/7_.000')/MoveToUsingPath(DecodedUrl=\
         '/sites/flow/Lists/PFApplications/f/7_.000',moveOperations=0)"
    );
}

#[tokio::test]
async fn where_the_first_way_to_name_a_folder_is_refused_the_second_is_taken() {
    let refused = r#"{"odata.error":{"code":"-2147024809, System.ArgumentException","message":{"lang":"x","value":"y"}}}"#;
    let made = r#"{"value":[{"ErrorCode":0,"ErrorMessage":null,"FieldName":"Id","FieldValue":"12","HasException":false}]}"#;
    let recorder = Recorder::start(&[(400, refused), (200, made)]).await;
    assert_eq!(
        applications(&recorder).create_folder("f").await.unwrap(),
        ItemId(12)
    );
    let seen = recorder.seen();
    let (first, second) = (seen[0].json(), seen[1].json());
    assert_eq!(first["formValues"][1]["FieldName"], "FileLeafRef");
    assert_eq!(second["listItemCreateInfo"]["LeafName"]["DecodedUrl"], "f");
    assert_eq!(second["formValues"].as_array().unwrap().len(), 1);
}
