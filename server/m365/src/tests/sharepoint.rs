use std::collections::BTreeSet;

use bytes::Bytes;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::recorder::Recorder;
use crate::{
    Verdict,
    csom::{FieldValue, Grant, Seal, SetAccess},
    sharepoint::{
        ChangeKind, ChangeToken, Filter, ItemId, ItemQuery, LIMITED_ACCESS_LOCKDOWN, List, ListRef,
        PrincipalId, RoleDefinitionId, Site,
    },
};

fn inbox(site: &Site) -> List {
    site.list(ListRef::Path("Lists/PFInbox".to_owned()))
}

fn fields(value: &Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

#[tokio::test]
async fn items_are_read_page_by_page_in_order_of_id() {
    let recorder = Recorder::start(&[
        (200, r#"{"value":[{"Id":1,"Title":"a"}],"odata.nextLink":"{origin}/sites/flow/_api/web/x?%24skiptoken=p"}"#),
        (200, r#"{"value":[{"Id":2,"Title":"b"}]}"#),
    ])
    .await;
    let query = ItemQuery::select(&["Title"])
        .filter(Filter::text("PFSource", "O'Neil 7.1"))
        .top(1);
    let items = inbox(&recorder.site()).items(&query).await.unwrap();
    assert_eq!(items.iter().map(|item| item.id.0).collect::<Vec<_>>(), [1, 2]);
    insta::assert_debug_snapshot!(recorder.lines());
}

#[tokio::test]
async fn a_link_to_another_host_is_never_followed() {
    let page = r#"{"value":[{"Id":1}],"odata.nextLink":"https://evil.example/_api/web"}"#;
    let recorder = Recorder::start(&[(200, page)]).await;
    let error = inbox(&recorder.site())
        .items(&ItemQuery::default())
        .await
        .unwrap_err();
    assert_eq!((error.verdict, error.status), (Verdict::Invalid, None));
}

#[tokio::test]
async fn an_update_names_the_state_it_was_made_from() {
    let recorder = Recorder::start(&[(200, r#"{"Id":5,"Title":"a"}"#), (204, ""), (412, "")]).await;
    let list = inbox(&recorder.site());
    let item = list
        .item(ItemId(5), &ItemQuery::select(&["Title"]))
        .await
        .unwrap()
        .unwrap();
    let etag = item.etag.unwrap();
    let change = fields(&json!({ "PFStatus": "IA" }));
    assert!(
        list.update_item(ItemId(5), &etag, &change)
            .await
            .unwrap()
            .is_some()
    );
    let seen = recorder.seen()[1].clone();
    assert_eq!(
        seen.header("if-match"),
        r#""68be87d5-0000-0000-0000-000000000001,9""#
    );
    assert_eq!(
        (seen.header("x-http-method"), seen.header("authorization")),
        ("MERGE", "Bearer t")
    );
    let error = list.update_item(ItemId(5), &etag, &change).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::SaveConflict);
}

#[tokio::test]
async fn a_form_value_refused_inside_http_200_is_an_error() {
    let rows = r#"{"value":[{"ErrorCode":0,"ErrorMessage":null,"FieldName":"Title","HasException":false},
        {"ErrorCode":-2130575305,"ErrorMessage":"Save Conflict","FieldName":"PFStatus","HasException":true}]}"#;
    let recorder = Recorder::start(&[(200, rows)]).await;
    let error = inbox(&recorder.site())
        .validate_update(ItemId(5), &[("PFStatus", "IA")])
        .await
        .unwrap_err();
    assert_eq!(error.verdict, Verdict::SaveConflict);
    assert!(error.message.starts_with("PFStatus"));
}

#[tokio::test]
async fn versions_come_oldest_first_with_their_editor_in_either_spelling() {
    let rows = r#"{"value":[
        {"VersionId":1024,"VersionLabel":"2.0","IsCurrentVersion":true,"Created":"2026-11-22T01:00:00Z",
         "Editor":{"LookupId":12,"LookupValue":"B","Email":""},"PFDecision":"承認"},
        {"VersionId":512,"VersionLabel":"1.0","IsCurrentVersion":false,"Created":"2026-11-22T00:00:00Z","EditorId":11}]}"#;
    let recorder = Recorder::start(&[(200, rows)]).await;
    let versions = inbox(&recorder.site())
        .versions(ItemId(5), &["PFDecision"])
        .await
        .unwrap();
    let editors: Vec<_> = versions.iter().map(|version| version.editor).collect();
    assert_eq!(editors, [Some(PrincipalId(11)), Some(PrincipalId(12))]);
    assert_eq!(versions[1].text("PFDecision"), Some("承認"));
}

#[tokio::test]
async fn changes_tell_what_happened_and_an_old_token_asks_for_a_scan() {
    let lines = r#"{"value":[{"ChangeToken":{"StringValue":"1;3;13326e70;638011588626800000;699143817"},"ChangeType":2,
        "Time":"2022-10-12T08:07:43Z","ItemId":1164,"ListId":"13326e70-0000-0000-0000-000000000000"}]}"#;
    let old = r#"{"odata.error":{"code":"-2146232832, Microsoft.SharePoint.SPException","message":{"lang":"x","value":"y"}}}"#;
    let recorder = Recorder::start(&[(200, lines), (500, old)]).await;
    let (list, token) = (
        inbox(&recorder.site()),
        ChangeToken {
            value: "1;3;a;5;6".to_owned(),
        },
    );
    let changes = list.changes(&token).await.unwrap().unwrap();
    assert_eq!(
        (changes.changes[0].kind, changes.changes[0].item),
        (ChangeKind::Update, Some(ItemId(1164)))
    );
    assert_eq!(changes.changes[0].token.event(), Some(699_143_817));
    assert_eq!(list.changes(&token).await.unwrap(), None);
    assert_eq!(
        recorder.seen()[0].json()["query"]["FetchLimit"],
        "1000",
        "SharePoint wants this number as text"
    );
}

#[tokio::test]
async fn attachments_go_up_as_bytes_under_an_escaped_name() {
    let file =
        r#"{"FileName":"O'N 見積.pdf","ServerRelativeUrl":"/sites/flow/Lists/PFInbox/Attachments/5/x"}"#;
    let recorder = Recorder::start(&[(200, file), (200, "bytes")]).await;
    let site = recorder.site();
    let file = inbox(&site)
        .attach(ItemId(5), "O'N 見積.pdf", Bytes::from_static(b"x"))
        .await
        .unwrap();
    let url = &file.server_relative_url;
    assert_eq!(site.download(url, 5).await.unwrap().unwrap(), "bytes");
    insta::assert_debug_snapshot!(recorder.lines());
}

#[tokio::test]
async fn an_unknown_person_is_none_and_a_known_one_has_his_object_id() {
    let unknown = r#"{"odata.error":{"code":"-2146232832, Microsoft.SharePoint.SPException","message":{"lang":"x","value":"y"}}}"#;
    let known = r#"{"Id":11,"LoginName":"i:0#.f|membership|a@contoso.example","Title":"A","Email":"","PrincipalType":1,
        "IsSiteAdmin":false,"UserPrincipalName":"a@contoso.example","UserId":{"NameId":"1003200","NameIdIssuer":"x"},
        "AadObjectId":{"NameId":"00000000-0000-0000-0000-000000000007","NameIdIssuer":"urn:federation:microsoftonline"}}"#;
    let recorder = Recorder::start(&[(400, unknown), (200, known)]).await;
    let site = recorder.site();
    assert!(
        site.ensure_user("nobody@contoso.example")
            .await
            .unwrap()
            .is_none()
    );
    let person = site.ensure_user("a@contoso.example").await.unwrap().unwrap();
    assert_eq!(
        (person.object_id(), person.name_id()),
        (Some(Uuid::from_u128(7)), Some("1003200"))
    );
    assert_eq!(
        recorder.seen()[1].json(),
        json!({ "logonName": "i:0#.f|membership|a@contoso.example" })
    );
}

#[tokio::test]
async fn items_are_sealed_in_one_request_and_each_tells_its_own_end() {
    let probe = Recorder::start(&[(200, "[]")]).await;
    let grants = vec![Grant {
        principal: PrincipalId(11),
        role: RoleDefinitionId(9),
    }];
    let seal = Seal {
        fields: vec![("PFSource".to_owned(), FieldValue::Text("7.1".to_owned()))],
        grants,
        drop_app_row: false,
    };
    let seals = [seal.clone(), seal];
    assert!(probe.site().seal(Uuid::nil(), &seals).await.is_err());
    let body = probe.seen()[0].body.clone();
    let scopes = ids(&body, "<ExceptionHandlingScopeSimple Id=\"");
    let identities = ids(&body, "<ObjectIdentityQuery Id=\"");
    let answer = format!(
        r#"[{{"ErrorInfo":null}},{},{{"_ObjectIdentity_":"1|740c:list:5:item:70,1"}},{},{{"HasException":false}},
        {},{{"HasException":true,"ErrorInfo":{{"ErrorCode":-2130575169,"ErrorMessage":"m","ErrorTypeName":"x"}}}}]"#,
        identities[0], scopes[0], scopes[1]
    );
    let recorder = Recorder::start(&[(200, answer.as_str())]).await;
    let outcomes = recorder.site().seal(Uuid::nil(), &seals).await.unwrap();
    assert_eq!(outcomes[0].as_ref().unwrap().item, ItemId(70));
    assert_eq!(outcomes[1].as_ref().unwrap_err().verdict, Verdict::Conflict);
    assert_eq!(
        recorder.lines(),
        ["POST /sites/flow/_vti_bin/client.svc/ProcessQuery"]
    );
    assert_eq!(recorder.seen()[0].header("content-type"), "text/xml");
}

#[tokio::test]
async fn access_is_set_by_taking_first_and_giving_then() {
    let probe = Recorder::start(&[(200, "[]")]).await;
    let want = BTreeSet::from([Grant {
        principal: PrincipalId(11),
        role: RoleDefinitionId(9),
    }]);
    let mut change = SetAccess::between(ItemId(7), None, &want).unwrap();
    change.remove.push(PrincipalId(12));
    assert!(probe.site().set_access(Uuid::nil(), &[change]).await.is_err());
    insta::assert_snapshot!(probe.seen()[0].body.replace("><", ">\n<"));
}

/// The numbers that follow `mark`.
fn ids(body: &str, mark: &str) -> Vec<u32> {
    let number = |rest: &str| rest.split('"').next().unwrap().parse().unwrap();
    body.split(mark).skip(1).map(number).collect()
}

#[tokio::test]
async fn a_webhook_is_made_for_its_list_and_renewed() {
    let made = r#"{"id":"00000000-0000-0000-0000-000000000009","notificationUrl":"https://flow.contoso.example/hooks",
        "expirationDateTime":"2027-05-01T00:00:00.4166265Z","clientState":"s","resource":"x","resourceData":null}"#;
    let recorder = Recorder::start(&[(201, made), (204, ""), (404, "")]).await;
    let (list, until) = (inbox(&recorder.site()), "2027-05-01T00:00:00Z".parse().unwrap());
    let url = "https://flow.contoso.example/hooks";
    let state = secrecy::SecretString::from("s");
    let hook = list.subscribe(url, until, &state).await.unwrap();
    assert_eq!(hook.client_state.as_deref(), Some("s"));
    list.renew(hook.id, until, &state).await.unwrap();
    assert_eq!(recorder.seen()[1].json()["clientState"], "s");
    assert_eq!(
        recorder.seen()[0].json()["expirationDateTime"],
        "2027-05-01T00:00:00Z"
    );
    assert!(recorder.lines()[1].starts_with("PATCH /sites/flow/_api/web/getlist("));
    assert!(
        list.renew(hook.id, until, &state)
            .await
            .unwrap_err()
            .is_not_found(),
        "gone: subscribe anew"
    );
}

#[tokio::test]
async fn features_of_the_site_collection_are_read_by_their_definitions() {
    let active = r#"{"value":[{"DefinitionId":"7c637b23-06c4-472d-9a9a-7c175762c5c4"},
        {"DefinitionId":"00bfea71-de22-43b2-a848-c05709900100"}]}"#;
    let recorder = Recorder::start(&[(200, active)]).await;
    let features = recorder.site().site_features().await.unwrap();
    assert!(features.contains(&LIMITED_ACCESS_LOCKDOWN) && features.len() == 2);
    assert_eq!(
        recorder.lines(),
        ["GET /sites/flow/_api/site/features?$select=DefinitionId"]
    );
}
