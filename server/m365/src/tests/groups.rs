use serde_json::json;
use uuid::Uuid;

use super::recorder::Recorder;
use crate::{
    Verdict,
    graph::{NewUnifiedGroup, Refusal, Visibility},
};

const USER: Uuid = Uuid::from_u128(7);
const GROUP: Uuid = Uuid::from_u128(8);

fn bad(message: &str) -> String {
    json!({ "error": { "code": "Request_BadRequest", "message": message } }).to_string()
}

#[tokio::test]
async fn a_microsoft_365_group_is_made_by_its_unique_name_and_says_whether_it_is_a_team() {
    let found = r#"{"id":"00000000-0000-0000-0000-000000000008","displayName":"営業","groupTypes":["Unified"],"mailEnabled":true,
        "visibility":"Private","resourceProvisioningOptions":["Team"]}"#;
    let recorder = Recorder::start(&[(204, ""), (200, found), (200, found)]).await;
    let graph = recorder.tenant().graph();
    let group = NewUnifiedGroup {
        unique_name: "pf-o'x",
        display_name: "営業",
        mail_nickname: "eigyo",
        description: "",
        visibility: Visibility::Private,
    };
    graph.upsert_unified_group(&group).await.unwrap();
    let found = graph
        .unified_group_by_unique_name("pf-o'x")
        .await
        .unwrap()
        .unwrap();
    assert!(found.is_team() && found.visibility == Some(Visibility::Private));
    assert_eq!(graph.unified_group(GROUP).await.unwrap(), Some(found));
    let seen = recorder.seen();
    assert_eq!(seen[0].line, "PATCH /v1.0/groups(uniqueName='pf-o''x')");
    assert_eq!(seen[0].header("prefer"), "create-if-missing");
    let body = seen[0].json();
    assert_eq!(
        (&body["groupTypes"], &body["visibility"], &body["mailEnabled"]),
        (&json!(["Unified"]), &json!("Private"), &json!(true))
    );
}

#[tokio::test]
async fn owners_are_sets_and_the_last_one_stays() {
    let there = bad(
        "One or more added object references already exist for the following modified properties: 'owners'.",
    );
    let last = bad("The group must have at least one owner, hence this owner cannot be removed.");
    let owners = r##"{"value":[{"@odata.type":"#microsoft.graph.user","id":"00000000-0000-0000-0000-000000000007"}]}"##;
    let recorder = Recorder::start(&[
        (400, &there),
        (200, owners),
        (400, &last),
        (404, r#"{"error":{"code":"Request_ResourceNotFound"}}"#),
    ])
    .await;
    let graph = recorder.tenant().graph();
    graph.add_owner(GROUP, USER).await.unwrap();
    assert_eq!(graph.owners(GROUP).await.unwrap(), [USER]);
    let error = graph.remove_owner(GROUP, USER).await.unwrap_err();
    assert_eq!(
        (error.refusal(), error.verdict),
        (Some(Refusal::LastOwner), Verdict::Invalid)
    );
    graph.remove_owner(GROUP, USER).await.unwrap();
    insta::assert_json_snapshot!(recorder.lines());
}

#[tokio::test]
async fn members_go_in_by_twenties_and_one_that_is_there_already_holds_nobody_up() {
    let there = bad(
        "One or more added object references already exist for the following modified properties: 'members'.",
    );
    let mut script = vec![(204, ""), (400, &*there)];
    script.extend([(204, ""), (400, &*there), (204, "")]);
    let recorder = Recorder::start(&script).await;
    let people: Vec<_> = (1..=23).map(Uuid::from_u128).collect();
    recorder
        .tenant()
        .graph()
        .add_members(GROUP, &people)
        .await
        .unwrap();
    let seen = recorder.seen();
    let count = |index: usize| {
        seen[index].json()["members@odata.bind"]
            .as_array()
            .map_or(0, Vec::len)
    };
    assert_eq!((count(0), count(1)), (20, 3));
    let singly: Vec<_> = seen[2..].iter().map(|seen| &*seen.line).collect();
    assert_eq!(
        singly,
        ["POST /v1.0/groups/00000000-0000-0000-0000-000000000008/members/$ref"; 3]
    );
}

#[tokio::test]
async fn an_exchange_group_is_told_and_what_is_gone_is_deleted() {
    let exchange = bad("Cannot Update a mail-enabled security groups and or distribution list.");
    let recorder = Recorder::start(&[
        (400, &exchange),
        (404, r#"{"error":{"code":"Request_ResourceNotFound"}}"#),
    ])
    .await;
    let graph = recorder.tenant().graph();
    let error = graph.add_member(GROUP, USER).await.unwrap_err();
    assert_eq!(error.refusal(), Some(Refusal::ExchangeGroup));
    graph.delete_group(GROUP).await.unwrap();
}

#[tokio::test]
async fn of_what_somebody_owns_the_groups_are_told() {
    let owned = r##"{"value":[{"@odata.type":"#microsoft.graph.application","id":"00000000-0000-0000-0000-000000000001"},
        {"@odata.type":"#microsoft.graph.group","id":"00000000-0000-0000-0000-000000000008","displayName":"営業"}]}"##;
    let recorder = Recorder::start(&[(200, owned)]).await;
    let groups = recorder.tenant().graph().owned_groups(USER).await.unwrap();
    assert_eq!((groups.len(), groups[0].id), (1, GROUP));
}

#[tokio::test]
async fn a_security_group_is_no_team_also_where_graph_tells_nothing_of_teams() {
    for told in ["null", "[]"] {
        let found = format!(
            r#"{{"id":"00000000-0000-0000-0000-000000000008","groupTypes":[],"visibility":null,
                "resourceProvisioningOptions":{told}}}"#
        );
        let recorder = Recorder::start(&[(200, &found)]).await;
        let group = recorder.tenant().graph().unified_group(GROUP).await.unwrap();
        assert!(!group.unwrap().is_team());
    }
}
