//! 回覧 and 後閲: shown beside the approval, which never waits for it.

use e2e::deed::because;
use e2e::journal;
use e2e::offer::{managers_approval, named, step};
use e2e::person::Person;
use e2e::rows::APPLICATIONS;
use e2e::scene::cast::{EXPERTS, sign_in};
use e2e::scene::{MANAGERS_STEP, until_told, vote};
use serde_json::{Value, json};

use super::{Pair, applied, channels};

const CIRCULATED: &str = "【回覧】";
const REVIEW: &str = "【後閲依頼】";
const SETTLED: &str = "【異議への対応】";
const READER: &str = "kenji.osawa";

fn acknowledged(pair: &Pair, number: &str) -> Value {
    let lines = journal::since(&pair.house, number, "acknowledged");
    journal::comparable(&lines[0])
}

#[tokio::test(flavor = "multi_thread")]
async fn w20_a_circulation_is_acknowledged_in_the_list_by_a_row_and_by_the_api_and_nothing_waits_for_it() {
    let pair = Pair::new(|house| {
        let readers = json!({ "circulation": { "readers": named(&[house.id_of(READER)]) } });
        json!({ "steps": [step("round", "回覧", &readers), managers_approval(&json!({}))] })
    })
    .await;
    let house = &pair.house;
    let third = applied(
        house,
        (&pair.applicant, &pair.manager),
        "aoi.takahashi",
        &json!({}),
    )
    .await;
    let [reader, stranger] = sign_in(house, [READER, EXPERTS[1]]).await;
    until_told(house, &reader, CIRCULATED).await;
    let seen = json!({ "PFDecision": "確認", "PFDecisionComment": "了解" });
    for item in [pair.first.0, pair.second.0, third.0] {
        pair.until(&reader, item, |row| row["PFStepName"] == MANAGERS_STEP)
            .await;
    }
    assert!(reader.change(APPLICATIONS, third.0, &seen).await.is_success());
    pair.until(&reader, third.0, |row| {
        row["PFHistory"]
            .as_str()
            .is_some_and(|told| told.contains("確認 「了解」"))
    })
    .await;
    // Who has seen it decides nothing, and he who was not shown it sees nothing.
    let vote_of_reader = json!({ "PFDecision": "承認", "PFDecisionComment": "" });
    reader.change(APPLICATIONS, pair.first.0, &vote_of_reader).await;
    assert_eq!(pair.row(&reader, "確認", &because("了解")).await, "IA");
    assert_eq!(pair.row(&reader, "確認", &because("了解")).await, "no_such_item");
    assert_eq!(pair.row(&reader, "異議", &because("了解")).await, "no_such_item");
    let act = json!({ "act": "acknowledge", "comment": "了解" });
    assert_eq!(pair.request(&stranger, &act).await, "notFound");
    assert_eq!(pair.request(&reader, &act).await, "recorded");
    assert_eq!(pair.same_since("acknowledged"), channels("inbox", "request"));
    assert_eq!(acknowledged(&pair, &third.1), acknowledged(&pair, &pair.first.1));
    for item in [pair.first.0, pair.second.0] {
        vote(house, &pair.manager, item, MANAGERS_STEP).await;
        pair.until(&pair.applicant, item, |row| row["PFStatus"] == "CO")
            .await;
    }
    pair.is_whole();
}

async fn reviewed() -> (Pair, [Person; 2]) {
    let pair = Pair::new(|house| {
        let reviewers = named(&[READER, EXPERTS[1]].map(|local| house.id_of(local)));
        let review = json!({ "postReview": { "reviewers": reviewers, "due": { "businessDays": 3 } } });
        json!({ "steps": [managers_approval(&json!({})), step("later", "監査役 後閲", &review)] })
    })
    .await;
    let reviewers = sign_in(&pair.house, [READER, EXPERTS[1]]).await;
    for item in [pair.first.0, pair.second.0] {
        vote(&pair.house, &pair.manager, item, MANAGERS_STEP).await;
        pair.until(&pair.applicant, item, |row| row["PFStatus"] == "CO")
            .await;
    }
    (pair, reviewers)
}

/// By an administrator alone, who says what was done.
async fn settle(pair: &Pair, expert: &Person) {
    let settle = json!({
        "PFActStep": "later", "PFActFor": pair.named(EXPERTS[1]), "PFDecisionComment": "権限を見直した",
    });
    assert_eq!(pair.row(expert, "異議対応", &settle).await, "not_administrator");
    assert_eq!(pair.row(&pair.administrator, "異議対応", &settle).await, "CO");
    let who = pair.named(EXPERTS[1]);
    let deed = [
        "settle-objection",
        "--step",
        "later",
        "--person",
        &who,
        "--reason",
        "権限を見直した",
    ];
    assert_eq!(pair.shell(&deed), Ok("CO".to_owned()));
    assert_eq!(pair.same_since("objectionSettled"), channels("inbox", "system"));
    let told = until_told(&pair.house, expert, SETTLED).await;
    assert!(told[0].contains("権限を見直した"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn t15_w19_after_the_approval_one_acknowledges_another_objects_and_an_administrator_settles_it() {
    let (pair, [reader, expert]) = reviewed().await;
    let house = &pair.house;
    for reviewer in [&reader, &expert] {
        until_told(house, reviewer, REVIEW).await;
    }
    let nothing = json!({});
    assert_eq!(
        pair.row(&pair.applicant, "異議", &because("x")).await,
        "no_such_item"
    );
    assert_eq!(pair.row(&expert, "異議", &nothing).await, "comment_missing");
    assert_eq!(pair.row(&reader, "確認", &nothing).await, "CO");
    assert_eq!(pair.row(&expert, "異議", &because("権限が過大")).await, "CO");
    assert_eq!(
        pair.request(&reader, &json!({ "act": "acknowledge" })).await,
        "recorded"
    );
    assert_eq!(pair.same_since("acknowledged"), channels("inbox", "request"));
    let object = |comment: Value| json!({ "act": "object", "step": "later", "comment": comment });
    assert_eq!(
        pair.request(&expert, &object(Value::Null)).await,
        "commentMissing"
    );
    assert_eq!(
        pair.request(&expert, &object(json!("権限が過大"))).await,
        "recorded"
    );
    assert_eq!(pair.same_since("objected"), channels("inbox", "request"));
    let told = until_told(house, &pair.administrator, "【要確認】").await;
    assert!(told[0].contains("権限が過大"), "{told:?}");
    for item in [pair.first.0, pair.second.0] {
        pair.until(&pair.applicant, item, |row| row["PFFlags"] == "異議あり")
            .await;
    }
    settle(&pair, &expert).await;
    for item in [pair.first.0, pair.second.0] {
        pair.until(&pair.applicant, item, |row| row["PFFlags"].is_null())
            .await;
    }
    pair.is_whole();
}
