//! Who an account's manager is: changed from the one whom approvers read, and from nobody else.

use e2e::control::rule;
use e2e::rows::APPLICATIONS;
use e2e::scene::until;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::groups::person;
use super::stage::{Kind, ONE_EXPERT, SUBJECT, Stage};

const CHANGE: Kind = Kind {
    workflow: "user-change",
    last: ONE_EXPERT,
};
/// The manager before, whom the subject gets, and whom somebody else gave him meanwhile.
const BEFORE: (&str, &str) = ("sanae.miura", "三浦 早苗");
const NEXT: (&str, &str) = ("ren.nakahara", "中原 蓮");
const OTHER: (&str, &str) = ("kenji.osawa", "大沢 健二");

const SET: &str = "graph:set-manager:";
const CLEARED: &str = "graph:clear-manager:";

fn form(stage: &Stage, manager: Option<&str>) -> Value {
    let mut form = json!({ "user": stage.person(SUBJECT), "items": ["post", "manager"], "post": "課長",
        "reason": "人事異動のため" });
    if let Some(manager) = manager {
        form["manager"] = stage.person(manager);
    }
    form
}

/// Somebody gives the subject another manager by hand.
fn becomes(stage: &Stage, local: &str) {
    let manager = person(&stage.house, local);
    stage.change_user(SUBJECT, |user| user.manager = Some(manager));
}

fn assert_manager(stage: &Stage, local: &str) {
    let house = &stage.house;
    assert_eq!(
        house.manager_of(house.id_of(SUBJECT)),
        house.id_of(local),
        "{local}"
    );
}

async fn until_state(stage: &Stage, item: i64, wanted: &str) -> Value {
    let stands = |row: &Value| row["PFStatus"] == wanted;
    until(&stage.house, &stage.applicant, (APPLICATIONS, item), stands).await
}

#[tokio::test(flavor = "multi_thread")]
async fn r02_i10_approvers_read_who_goes_and_who_comes_and_he_comes_back_by_undoing_it() {
    let stage = Stage::new().await;
    let before = stage.picture(SUBJECT);
    let (number, read) = stage.carry_out(CHANGE, &form(&stage, Some(NEXT.0))).await;
    let line = format!("上長: {} → {}", BEFORE.1, NEXT.1);
    assert!(read.contains(&line), "{line} in {read}");
    assert_manager(&stage, NEXT.0);
    let read = stage.undo(CHANGE, &number).await;
    let line = format!("上長: {} → {}", NEXT.1, BEFORE.1);
    assert!(read.contains(&line), "{line} in {read}");
    assert_eq!(stage.picture(SUBJECT), before);
}

/// Approve what you see: whom somebody else set meanwhile is shown, and replaced only once that was agreed to.
#[tokio::test(flavor = "multi_thread")]
async fn i01_a_manager_set_by_somebody_else_after_the_approval_leads_back_to_the_last_approver() {
    let stage = Stage::new().await;
    for (wished, called) in [(Some(NEXT.0), NEXT.1), (None, "（なし）")] {
        becomes(&stage, BEFORE.0);
        stage.change_user(SUBJECT, |user| {
            user.properties.insert("jobTitle".to_owned(), json!("担当"));
        });
        let written = [SET, CLEARED].map(|prefix| stage.writes(prefix));
        let item = stage.approved_but_for_one(CHANGE, &form(&stage, wished)).await;
        let line = format!("上長: {} → {called}", BEFORE.1);
        stage.reads(CHANGE, item, &line).await;
        becomes(&stage, OTHER.0);
        stage.last_vote(CHANGE, item).await;
        let line = format!("上長: {} → {called}", OTHER.1);
        stage.reads(CHANGE, item, &line).await;
        assert_manager(&stage, OTHER.0);
        assert_eq!([SET, CLEARED].map(|prefix| stage.writes(prefix)), written);
        stage.last_vote(CHANGE, item).await;
        until_state(&stage, item, "CO").await;
    }
    assert_eq!(stage.picture(SUBJECT)["user"]["manager"], Value::Null);
    assert_eq!([SET, CLEARED].map(|prefix| stage.writes(prefix)), [1, 1]);
}

/// The execution has begun: nobody is asked again, but an administrator looks.
#[tokio::test(flavor = "multi_thread")]
async fn i01_a_manager_set_by_somebody_else_after_the_start_is_not_overwritten_either() {
    let stage = Stage::new().await;
    let matching = json!({ "host": "graph.microsoft.com", "method": "PUT", "pathContains": "/manager/$ref" });
    let mut lost = rule(matching, &json!("resetBefore"));
    lost["times"] = json!(1000);
    stage.house.strike(vec![lost]).await;
    let item = stage
        .approved_but_for_one(CHANGE, &form(&stage, Some(NEXT.0)))
        .await;
    stage.last_vote(CHANGE, item).await;
    // The step before the manager is done.
    let begun = |_: &Value| stage.picture(SUBJECT)["user"]["properties"]["jobTitle"] == "課長";
    until(&stage.house, &stage.applicant, (APPLICATIONS, item), begun).await;
    becomes(&stage, OTHER.0);
    let passed = stage.house.tenant.advance(SignedDuration::from_mins(2));
    passed.expect("the clock's file");
    let parked = until_state(&stage, item, "RV").await;
    let why = parked["PFExecResult"].as_str().unwrap_or_default();
    assert!(why.contains("対象が別の操作で変更されました"), "{why}");
    assert_manager(&stage, OTHER.0);
    assert_eq!(stage.writes(SET), 0);
}
