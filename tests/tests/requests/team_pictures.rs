//! Pictures of teams: from the files of an application to the team.

use e2e::control::rule;
use serde_json::json;

use super::groups::{TARGET, found};
use super::stage::{LAG, Stage};
use super::team_changes::{CHANGE, stage, target};

const PNG: &[u8] = b"\x89PNG\r\n\x1A\n and what follows";

fn form(stage: &Stage) -> serde_json::Value {
    json!({ "team": target(stage).0, "items": ["picture"], "reason": "新しいロゴのため", "picture": "attached" })
}

#[tokio::test(flavor = "multi_thread")]
async fn r13_the_attached_picture_becomes_the_teams() {
    let stage = stage(0).await;
    let files = [("logo.png", PNG), ("note.txt", b"why")];
    let (_, read) = stage.carry_out_with(CHANGE, &form(&stage), &files).await;
    assert!(read.contains("チームの画像: logo.png"), "{read}");
    let team = found(&stage, TARGET).expect("the team");
    assert!(!json!(team)["picture"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn r13_x04_a_picture_whose_answer_was_lost_is_the_teams_all_the_same() {
    let stage = stage(LAG).await;
    let photo = json!({ "host": "graph.microsoft.com", "pathContains": "/photo/$value" });
    stage.house.strike(vec![rule(photo, &json!("resetAfter"))]).await;
    stage
        .carry_out_with(CHANGE, &form(&stage), &[("logo.png", PNG)])
        .await;
    assert!(stage.house.unstruck().await.is_empty());
    let team = found(&stage, TARGET).expect("the team");
    assert!(!json!(team)["picture"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn r13_anything_but_one_picture_comes_back() {
    let stage = stage(0).await;
    let told = vec![("not_one_picture".to_owned(), "picture".to_owned())];
    for files in [
        &[][..],
        &[("logo.png", &b"no picture"[..])],
        &[("a.png", PNG), ("b.png", PNG)],
    ] {
        assert_eq!(stage.refused_with(CHANGE, &form(&stage), files).await, told);
    }
}
