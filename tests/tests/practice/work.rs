//! 手動作業: what no connector can do; its worker says what he did and proves it, and the execution goes on.

use e2e::deed::because;
use e2e::offer::{managers_approval, named, step};
use e2e::rows::APPLICATIONS;
use e2e::scene::cast::{EXPERTS, sign_in};
use e2e::scene::{MANAGERS_STEP, until_told, vote};
use serde_json::{Value, json};

use super::{Pair, account, channels, token};

const WORK: &str = "【作業依頼】";
const WORKER: &str = "kenji.osawa";

fn has_account(pair: &Pair, local: &str) -> bool {
    account(&pair.house, local).is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn t21_work_by_hand_is_done_with_proof_and_the_execution_goes_on() {
    let pair = Pair::new(|house| {
        let work = |stage: &str, proof: &str| {
            let workers = named(&[house.id_of(WORKER)]);
            json!({ "manualWork": { "workers": workers, "stage": stage, "proof": proof } })
        };
        json!({ "steps": [
            managers_approval(&json!({})),
            step("phone", "電話機の設定", &work("beforeExecution", "file")),
            step("badge", "入館証の手渡し", &work("afterExecution", "words")),
        ] })
    })
    .await;
    let house = &pair.house;
    let items = [pair.first.0, pair.second.0];
    for item in items {
        vote(house, &pair.manager, item, MANAGERS_STEP).await;
    }
    let [worker, stranger] = sign_in(house, [WORKER, EXPERTS[1]]).await;
    let told = until_told(house, &worker, WORK).await;
    assert!(told[0].contains("電話機の設定"), "{told:?}");
    let asked = |name: &'static str| move |row: &Value| row["PFStatus"] == "MW" && row["PFStepName"] == name;
    let first = pair.until(&worker, items[0], asked("電話機の設定")).await;
    let second = pair.until(&worker, items[1], asked("電話機の設定")).await;
    assert!(!has_account(&pair, "hana.takahashi"), "the work comes first");
    let done = |row: &Value| json!({ "PFStepToken": token(row), "PFDecisionComment": "内線 1234" });
    assert_eq!(
        pair.row(&worker, "作業完了", &done(&first)).await,
        "proof_missing"
    );
    let finish = |row: &Value| json!({ "act": "finishWork", "token": token(row), "result": "内線 1234" });
    assert_eq!(pair.request(&worker, &finish(&second)).await, "proofMissing");
    for item in items {
        worker
            .attach(APPLICATIONS, item, "photo.png", "a photograph")
            .await;
        pair.until(&worker, item, |row| {
            row["PFAttachHashes"]
                .as_str()
                .is_some_and(|told| told.contains("photo.png"))
        })
        .await;
    }
    assert_eq!(
        pair.row(&pair.manager, "作業完了", &done(&first)).await,
        "not_assignee"
    );
    let no_words = json!({ "PFStepToken": token(&first) });
    assert_eq!(pair.row(&worker, "作業完了", &no_words).await, "result_missing");
    assert_eq!(pair.row(&worker, "作業完了", &done(&first)).await, "EX");
    assert_eq!(pair.request(&stranger, &finish(&second)).await, "notFound");
    assert_eq!(pair.request(&worker, &finish(&second)).await, "recorded");
    assert_eq!(pair.same_since("workDone"), channels("inbox", "request"));
    let first = pair.until(&worker, items[0], asked("入館証の手渡し")).await;
    let second = pair.until(&worker, items[1], asked("入館証の手渡し")).await;
    assert!(has_account(&pair, "hana.takahashi") && has_account(&pair, "yui.takahashi"));
    let mut handed = because("本人に渡した");
    handed["PFStepToken"] = token(&first);
    assert_eq!(pair.row(&worker, "作業完了", &handed).await, "CO");
    let handed = json!({ "act": "finishWork", "token": token(&second), "result": "本人に渡した" });
    assert_eq!(pair.request(&worker, &handed).await, "recorded");
    for item in items {
        pair.until(&pair.applicant, item, |row| row["PFStatus"] == "CO")
            .await;
    }
    pair.is_whole();
}
