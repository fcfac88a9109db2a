use secrecy::SecretString;
use serde_json::{Map, json};
use uuid::Uuid;

use super::recorder::Recorder;
use crate::{
    Filter, Verdict,
    graph::{AddLicence, NewGroup, NewMessage, NewUser},
};

const USER: Uuid = Uuid::from_u128(7);
const GROUP: Uuid = Uuid::from_u128(8);

#[tokio::test]
async fn a_new_user_whose_name_is_taken_is_a_conflict() {
    let taken = r#"{"error":{"code":"Request_BadRequest","message":"m","details":[{"code":"ObjectConflict","target":"userPrincipalName"}]}}"#;
    let recorder = Recorder::start(&[(400, taken)]).await;
    let attributes: Map<_, _> = json!({ "department": "営業部" }).as_object().unwrap().clone();
    let user = NewUser {
        user_principal_name: "sato@contoso.example",
        display_name: "佐藤",
        mail_nickname: "sato",
        account_enabled: true,
        password: &SecretString::from("first"),
        attributes: &attributes,
    };
    let error = recorder.tenant().graph().create_user(&user).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Conflict);
    let sent = recorder.seen()[0].json();
    assert_eq!(sent["passwordProfile"]["forceChangePasswordNextSignIn"], true);
    assert_eq!(
        (&sent["department"], &sent["mailNickname"]),
        (&json!("営業部"), &json!("sato"))
    );
    assert!(
        !format!("{error} {error:?}").contains("first"),
        "no password in an error"
    );
}

#[tokio::test]
async fn membership_writes_are_sets_and_not_acts() {
    let there = r#"{"error":{"code":"Request_BadRequest","message":"One or more added object references already exist for the following modified properties: 'members'."}}"#;
    let recorder = Recorder::start(&[
        (400, there),
        (404, r#"{"error":{"code":"Request_ResourceNotFound"}}"#),
    ])
    .await;
    let graph = recorder.tenant().graph();
    graph.add_member(GROUP, USER).await.unwrap();
    graph.remove_member(GROUP, USER).await.unwrap();
    insta::assert_debug_snapshot!(recorder.lines());
}

#[tokio::test]
async fn a_write_on_something_just_made_settles() {
    let missing = r#"{"error":{"code":"Request_ResourceNotFound","message":"no"}}"#;
    let recorder = Recorder::start(&[(404, missing), (404, missing)]).await;
    let graph = recorder.tenant().graph();
    let licence = AddLicence {
        sku_id: USER,
        disabled_plans: vec![],
    };
    let error = graph.assign_licences(USER, &[licence], &[]).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Settling);
    assert_eq!(
        recorder.seen()[0].json()["removeLicenses"],
        json!([]),
        "both arrays are required"
    );
    assert!(
        graph.user(&USER.to_string()).await.unwrap().is_none(),
        "a read says plainly that it is missing"
    );
}

#[tokio::test]
async fn a_group_is_made_by_its_unique_name() {
    let recorder = Recorder::start(&[(201, "{}")]).await;
    let group = NewGroup {
        unique_name: "pf-o'x",
        display_name: "営業",
        mail_nickname: "eigyo",
        description: "",
    };
    recorder
        .tenant()
        .graph()
        .upsert_security_group(&group)
        .await
        .unwrap();
    let seen = recorder.seen()[0].clone();
    assert_eq!(seen.line, "PATCH /v1.0/groups(uniqueName='pf-o''x')");
    assert_eq!(seen.header("prefer"), "create-if-missing");
}

#[tokio::test]
async fn a_mail_is_found_by_its_key_sent_or_deleted() {
    let both = r#"{"value":[{"id":"d","isDraft":true},{"id":"s","isDraft":false}]}"#;
    let gone = r#"{"error":{"code":"ErrorItemNotFound","message":"The specified object was not found in the store."}}"#;
    let script = [
        (200, both),
        (201, r#"{"id":"a/b=","isDraft":true}"#),
        (202, ""),
        (404, gone),
    ];
    let recorder = Recorder::start(&script).await;
    let graph = recorder.tenant().graph();
    let found = graph.find_messages("flow@contoso.example", "k'1").await.unwrap();
    assert_eq!(
        found.iter().map(|message| message.is_draft).collect::<Vec<_>>(),
        [true, false]
    );
    let mail = NewMessage {
        key: "k'1",
        subject: "s",
        body: "<p>b</p>",
        to: &["a@contoso.example"],
        cc: &[],
    };
    let draft = graph.create_draft("flow@contoso.example", &mail).await.unwrap();
    graph.send_draft("flow@contoso.example", &draft.id).await.unwrap();
    graph
        .delete_draft("flow@contoso.example", &draft.id)
        .await
        .unwrap();
    insta::assert_debug_snapshot!(recorder.lines());
    assert_eq!(
        recorder.seen()[1].json()["singleValueExtendedProperties"][0]["value"],
        "k'1"
    );
}

#[tokio::test]
async fn full_control_is_raised_where_it_cannot_be_created() {
    let refused = r#"{"error":{"code":"invalidRequest","message":"Invalid value for role"}}"#;
    let site = r#"{"id":"h,1,2"}"#;
    let script = [
        (200, site),
        (400, refused),
        (201, r#"{"id":"g","roles":["write"]}"#),
        (200, "{}"),
    ];
    let recorder = Recorder::start(&script).await;
    let graph = recorder.tenant().graph();
    let site = graph
        .site("https://contoso.sharepoint.com/sites/flow")
        .await
        .unwrap()
        .unwrap();
    graph
        .grant_full_control(&site, USER, "Provisioning Flow")
        .await
        .unwrap();
    insta::assert_debug_snapshot!(recorder.lines());
}

#[tokio::test]
async fn lists_follow_their_pages() {
    let first = r#"{"value":[],"@odata.nextLink":"{origin}/v1.0/users?$skiptoken=x"}"#;
    let second = r#"{"value":[{"id":"00000000-0000-0000-0000-000000000007","userPrincipalName":"a@contoso.example"}]}"#;
    let recorder = Recorder::start(&[(200, first), (200, second)]).await;
    let filter = Filter::text("department", "R&D");
    let users = recorder.tenant().graph().users(Some(&filter)).await.unwrap();
    assert_eq!(users.len(), 1);
    assert!(recorder.lines()[0].contains("$filter=department eq 'R&D'"));
}

#[tokio::test]
async fn a_name_that_somebody_else_holds_is_found_whatever_characters_it_has() {
    let holders = r#"{"value":[{"id":"00000000-0000-0000-0000-000000000007","mail":"x"}]}"#;
    let recorder = Recorder::start(&[
        (200, holders),
        (404, r#"{"error":{"code":"Request_ResourceNotFound"}}"#),
    ])
    .await;
    let graph = recorder.tenant().graph();
    let found = graph
        .address_holders("oneil", "o'neil@contoso.example", &["mail"])
        .await
        .unwrap();
    assert_eq!(found[0]["id"], json!(USER));
    let line = percent_encoding::percent_decode_str(&recorder.seen()[0].line)
        .decode_utf8()
        .unwrap()
        .into_owned();
    assert!(line.contains("userPrincipalName eq 'o''neil@contoso.example' or proxyAddresses/any(p: p eq 'smtp:o''neil@contoso.example')"), "{line}");
    assert!(
        graph
            .user_properties("o'neil@contoso.example", &["mail"])
            .await
            .unwrap()
            .is_none()
    );
}
