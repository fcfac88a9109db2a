use serde_json::json;
use uuid::Uuid;

use super::recorder::Recorder;
use crate::{
    Verdict,
    graph::{
        MemberSettings, MembershipId, Picture, PictureFormat, TeamOperationStatus, TeamRole, TeamSettings,
        TooLarge,
    },
};

const USER: Uuid = Uuid::from_u128(7);
const TEAM: Uuid = Uuid::from_u128(8);

fn settings() -> TeamSettings {
    TeamSettings {
        member_settings: Some(MemberSettings {
            allow_delete_channels: Some(false),
            ..MemberSettings::default()
        }),
        ..TeamSettings::default()
    }
}

#[tokio::test]
async fn a_group_becomes_a_team_once_however_often_it_is_asked() {
    let young = r#"{"error":{"code":"NotFound","message":"No group found"}}"#;
    let there = r#"{"error":{"code":"Conflict","message":"Team already exists"}}"#;
    let recorder = Recorder::start(&[
        (404, young),
        (201, "{}"),
        (409, there),
        (202, "location: /teams('8')/operations('9')"),
    ])
    .await;
    let graph = recorder.tenant().graph();
    let error = graph.create_team(TEAM, &settings()).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Settling, "too young");
    assert_eq!(graph.create_team(TEAM, &settings()).await.unwrap(), None);
    assert_eq!(graph.create_team(TEAM, &settings()).await.unwrap(), None);
    assert!(graph.create_team(TEAM, &settings()).await.unwrap().is_some());
    let seen = recorder.seen();
    assert_eq!(
        seen[0].line,
        "PUT /v1.0/groups/00000000-0000-0000-0000-000000000008/team"
    );
    assert_eq!(
        seen[0].json(),
        json!({ "memberSettings": { "allowDeleteChannels": false } })
    );
}

#[tokio::test]
async fn an_operation_is_looked_at_where_the_answer_says_but_never_elsewhere() {
    let going = r#"{"id":"9","operationType":"archiveTeam","status":"inProgress","targetResourceId":"00000000-0000-0000-0000-000000000008","error":null}"#;
    let failed = r#"{"id":"9","status":"failed","error":{"code":"X","message":"m"}}"#;
    let recorder = Recorder::start(&[
        (202, "location: /teams('8')/operations('9')"),
        (200, going),
        (202, "location: {origin}/v1.0/teams('8')/operations('10')"),
        (200, failed),
        (
            202,
            "location: https://evil.example/v1.0/teams('8')/operations('11')",
        ),
    ])
    .await;
    let graph = recorder.tenant().graph();
    let link = graph.archive_team(TEAM).await.unwrap().unwrap();
    let operation = graph.team_operation(&link).await.unwrap().unwrap();
    assert_eq!(
        (operation.status, operation.target_resource_id),
        (TeamOperationStatus::InProgress, Some(TEAM))
    );
    let link = graph.unarchive_team(TEAM).await.unwrap().unwrap();
    let operation = graph.team_operation(&link).await.unwrap().unwrap();
    assert_eq!(operation.status, TeamOperationStatus::Failed);
    assert_eq!(operation.error.unwrap().code.as_deref(), Some("X"));
    let link = graph.unarchive_team(TEAM).await.unwrap().unwrap();
    let error = graph.team_operation(&link).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Invalid);
    insta::assert_json_snapshot!(recorder.lines());
}

#[tokio::test]
async fn a_team_tells_its_settings_and_a_group_without_one_is_none() {
    let team = r#"{"id":"00000000-0000-0000-0000-000000000008","displayName":"営業","isArchived":false,"visibility":"private",
        "memberSettings":{"allowDeleteChannels":false},"funSettings":{"allowGiphy":true,"giphyContentRating":"strict"}}"#;
    let none = r#"{"error":{"code":"NotFound","message":"No team found with Group Id 8"}}"#;
    let recorder = Recorder::start(&[(200, team), (404, none), (204, ""), (404, none)]).await;
    let graph = recorder.tenant().graph();
    let team = graph.team(TEAM).await.unwrap().unwrap();
    assert_eq!(team.settings.member_settings, settings().member_settings);
    assert_eq!(team.settings.guest_settings, None);
    assert_eq!(graph.team(TEAM).await.unwrap(), None);
    graph.update_team(TEAM, &settings()).await.unwrap();
    let error = graph.update_team(TEAM, &settings()).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Settling, "a team that was found before");
}

#[tokio::test]
async fn members_have_ids_of_their_own_and_those_who_are_refused_come_back() {
    let members = r#"{"value":[{"id":"MCMj/a=","roles":["owner"],"userId":"00000000-0000-0000-0000-000000000007"},
        {"id":"MCMjb","roles":[],"displayName":"guest"}]}"#;
    let added = r#"{"value":[{"userId":"00000000-0000-0000-0000-000000000007","error":null},
        {"userId":"00000000-0000-0000-0000-000000000006","error":{"code":"NotFound","message":"no"}}]}"#;
    let recorder = Recorder::start(&[(200, members), (207, added), (200, "{}"), (404, "{}")]).await;
    let graph = recorder.tenant().graph();
    let members = graph.team_members(TEAM).await.unwrap();
    assert!(members[0].is_owner() && !members[1].is_owner());
    let people = [(USER, TeamRole::Owner), (Uuid::from_u128(6), TeamRole::Member)];
    let refused = graph.add_team_members(TEAM, &people).await.unwrap();
    assert_eq!(refused.len(), 1);
    assert_eq!(
        (refused[0].user, &*refused[0].code),
        (Some(Uuid::from_u128(6)), "NotFound")
    );
    graph
        .set_team_role(TEAM, &members[0].id, TeamRole::Member)
        .await
        .unwrap();
    graph
        .remove_team_member(TEAM, &MembershipId("MCMjb".to_owned()))
        .await
        .unwrap();
    let seen = recorder.seen();
    assert_eq!(seen[1].json()["values"][0]["roles"], json!(["owner"]));
    assert!(
        seen[1].json()["values"][0]["user@odata.bind"]
            .as_str()
            .unwrap()
            .ends_with("/v1.0/users('00000000-0000-0000-0000-000000000007')")
    );
    assert_eq!(seen[2].json()["roles"], json!([]));
    insta::assert_json_snapshot!(recorder.lines());
}

#[tokio::test]
async fn a_picture_is_sent_as_it_is_unless_it_is_too_large() {
    let none = r#"{"error":{"code":"ImageNotFound","message":"no"}}"#;
    let recorder = Recorder::start(&[(404, none), (200, ""), (200, r#"{"id":"64X64"}"#), (404, none)]).await;
    let graph = recorder.tenant().graph();
    assert!(!graph.has_group_picture(TEAM).await.unwrap());
    let picture = Picture::new(PictureFormat::Png, &b"png"[..]).unwrap();
    graph.set_group_picture(TEAM, &picture).await.unwrap();
    assert!(graph.has_team_picture(TEAM).await.unwrap());
    let error = graph.set_team_picture(TEAM, &picture).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Settling, "no mailbox yet");
    let seen = recorder.seen();
    assert_eq!(
        (seen[1].header("content-type"), &*seen[1].body),
        ("image/png", "png")
    );
    insta::assert_json_snapshot!(recorder.lines());
    let large = vec![0; 4 * 1024 * 1024];
    assert_eq!(
        Picture::new(PictureFormat::Jpeg, large),
        Err(TooLarge(4 * 1024 * 1024))
    );
}
