//! 手動作業: what no connector can do; its worker says what he did and proves it, and the execution goes on.

use e2e::offer::{managers_approval, named, step};
use e2e::person::Person;
use e2e::rows::APPLICATIONS;
use e2e::scene::cast::{EXPERTS, sign_in};
use e2e::scene::{MANAGERS_STEP, until_told, vote};
use e2e::views::{WAITING, shown};
use serde_json::{Value, json};

use super::{Pair, account, channels, token};

const WORK: &str = "【作業依頼】";
const WORKER: &str = "kenji.osawa";

fn has_account(pair: &Pair, local: &str) -> bool {
    account(&pair.house, local).is_some()
}

/// Both are approved and wait for the first work; the second stands behind the execution.
async fn at_work() -> Pair {
    let pair = Pair::new(|house| {
        let work = |proof: &str| {
            let workers = named(&[house.id_of(WORKER)]);
            json!({ "manualWork": { "workers": workers, "proof": proof } })
        };
        json!({ "steps": [
            managers_approval(&json!({})),
            step("phone", "電話機の設定", &work("file")),
            step("run", "アカウント作成", &json!({ "execution": {} })),
            step("badge", "入館証の手渡し", &work("words")),
        ] })
    })
    .await;
    for item in [pair.first.0, pair.second.0] {
        vote(&pair.house, &pair.manager, item, MANAGERS_STEP).await;
    }
    pair
}

impl Pair {
    /// Both items, once they ask the worker for this.
    async fn work(&self, worker: &Person, name: &str) -> [Value; 2] {
        let asks = |row: &Value| row["PFStatus"] == "MW" && row["PFStepName"] == name;
        let first = self.until(worker, self.first.0, asks).await;
        [first, self.until(worker, self.second.0, asks).await]
    }

    async fn prove(&self, worker: &Person) {
        for item in [self.first.0, self.second.0] {
            worker
                .attach(APPLICATIONS, item, "photo.png", "a photograph")
                .await;
            let taken = |row: &Value| {
                let told = row["PFAttachHashes"].as_str();
                told.is_some_and(|told| told.contains("photo.png"))
            };
            self.until(worker, item, taken).await;
        }
    }
}

fn done(row: &Value, result: &str) -> Value {
    json!({ "PFStepToken": token(row), "PFDecisionComment": result })
}

fn finish(row: &Value, result: &str) -> Value {
    json!({ "act": "finishWork", "token": token(row), "result": result })
}

#[tokio::test(flavor = "multi_thread")]
async fn t21_work_by_hand_is_done_with_proof_and_the_execution_goes_on() {
    let pair = at_work().await;
    let [worker, stranger] = sign_in(&pair.house, [WORKER, EXPERTS[1]]).await;
    let told = until_told(&pair.house, &worker, WORK).await;
    assert!(told[0].contains("電話機の設定"), "{told:?}");
    let [first, second] = pair.work(&worker, "電話機の設定").await;
    assert!(!has_account(&pair, "hana.takahashi"), "the work comes first");
    for view in [WAITING, "主担当の判断待ち"] {
        assert_eq!(shown(&worker, view).await.len(), 2, "{view}");
    }
    assert!(shown(&pair.manager, WAITING).await.is_empty());
    let what = "内線 1234";
    let early = pair.row(&worker, "作業完了", &done(&first, what)).await;
    assert_eq!(early, "proof_missing");
    assert_eq!(
        pair.request(&worker, &finish(&second, what)).await,
        "proofMissing"
    );
    pair.prove(&worker).await;
    for (by, result, answer) in [
        (&pair.manager, what, "not_assignee"),
        (&worker, "", "result_missing"),
        (&worker, what, "EX"),
    ] {
        assert_eq!(pair.row(by, "作業完了", &done(&first, result)).await, answer);
    }
    assert_eq!(pair.request(&stranger, &finish(&second, what)).await, "notFound");
    assert_eq!(pair.request(&worker, &finish(&second, what)).await, "recorded");
    assert_eq!(pair.same_since("workDone"), channels("inbox", "request"));
    let [first, second] = pair.work(&worker, "入館証の手渡し").await;
    assert!(has_account(&pair, "hana.takahashi") && has_account(&pair, "yui.takahashi"));
    let handed = "本人に渡した";
    assert_eq!(pair.row(&worker, "作業完了", &done(&first, handed)).await, "CO");
    assert_eq!(pair.request(&worker, &finish(&second, handed)).await, "recorded");
    for item in [pair.first.0, pair.second.0] {
        pair.until(&pair.applicant, item, |row| row["PFStatus"] == "CO")
            .await;
    }
    pair.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn t21_work_that_cannot_be_done_is_told_to_administrators_who_have_it_asked_for_again() {
    let pair = at_work().await;
    let [worker] = sign_in(&pair.house, [WORKER]).await;
    let [first, second] = pair.work(&worker, "電話機の設定").await;
    let why = "電話機の在庫がない";
    assert_eq!(
        pair.row(&worker, "作業不可", &done(&first, "")).await,
        "reason_missing"
    );
    assert_eq!(
        pair.row(&pair.manager, "作業不可", &done(&first, why)).await,
        "not_assignee"
    );
    assert_eq!(pair.row(&worker, "作業不可", &done(&first, why)).await, "RV");
    let declined = json!({ "act": "declineWork", "token": token(&second), "reason": why });
    assert_eq!(pair.request(&worker, &declined).await, "recorded");
    assert_eq!(pair.same_since("workDeclined"), channels("inbox", "request"));
    let told = until_told(&pair.house, &pair.administrator, "【要確認】").await;
    assert!(told.iter().any(|mail| mail.contains(why)), "{told:?}");
    assert_eq!(pair.row(&pair.administrator, "再実行", &json!({})).await, "MW");
    assert_eq!(pair.shell(&["retry"]), Ok("MW".to_owned()));
    pair.work(&worker, "電話機の設定").await;
    pair.is_whole();
}
