//! What applicants and approvers take back, hand over or finish: by a row and by the API.

use e2e::api::ApiToken;
use e2e::offer::{approval_of, managers_approval};
use e2e::rows::APPLICATIONS;
use e2e::scene::cast::{EXPERTS, sign_in};
use e2e::scene::{MANAGERS_STEP, until_told, vote};
use reqwest::StatusCode;
use serde_json::json;

use super::{Pair, became, channels, token};

const ANOTHER: &str = "kenji.osawa";

async fn two_steps() -> Pair {
    Pair::new(|house| {
        let later = approval_of("head", "部長承認", &[house.id_of(EXPERTS[1])], &json!({}));
        json!({ "steps": [managers_approval(&json!({ "final": true })), later] })
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn t06_whoever_may_finish_approves_as_a_whole_and_nobody_further_is_asked() {
    let pair = two_steps().await;
    let manager = &pair.manager;
    let (first, second) = pair.at_the_managers_step().await;
    let finish = json!({
        "PFDecision": "承認終了",
        "PFDecisionFor": format!("{}:{}", first["PFStepToken"].as_str().unwrap_or_default(), manager.id),
    });
    assert!(
        manager
            .change(APPLICATIONS, pair.first.0, &finish)
            .await
            .is_success()
    );
    let portal = ApiToken::of_portal(&pair.house, manager).await;
    let wish = json!({ "choice": "finish", "token": token(&second) });
    let (status, place, said) = portal.decide(&pair.second.1, None, &wish).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{said}");
    assert_eq!(became(&pair.house, &portal, &place).await, "recorded");
    for item in [pair.first.0, pair.second.0] {
        pair.until(&pair.applicant, item, |row| row["PFStatus"] == "CO")
            .await;
    }
    assert_eq!(pair.same_since("decided"), channels("item", "request"));
    pair.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn t09_t13_a_decision_is_taken_back_and_a_part_handed_over() {
    let pair = two_steps().await;
    let manager = &pair.manager;
    for item in [pair.first.0, pair.second.0] {
        vote(&pair.house, manager, item, MANAGERS_STEP).await;
        pair.until(manager, item, |row| row["PFStepName"] == "部長承認")
            .await;
    }
    assert_eq!(pair.row(manager, "判断の引戻し", &json!({})).await, "IA");
    assert_eq!(
        pair.request(&pair.applicant, &json!({ "act": "takeBack" })).await,
        "notAssignee"
    );
    assert_eq!(
        pair.request(manager, &json!({ "act": "takeBack" })).await,
        "recorded"
    );
    assert_eq!(pair.same_since("takenBack"), channels("inbox", "request"));
    let to = pair.named(ANOTHER);
    let hand_over = json!({ "PFActTo": to, "PFDecisionComment": "出張" });
    assert_eq!(pair.row(manager, "振替", &hand_over).await, "IA");
    let unreasoned = json!({ "act": "reassign", "to": to });
    assert_eq!(pair.request(&pair.applicant, &unreasoned).await, "reason_missing");
    let hand_over = json!({ "act": "reassign", "to": to, "reason": "出張" });
    assert_eq!(pair.request(manager, &hand_over).await, "recorded");
    assert_eq!(pair.same_since("reassigned"), channels("inbox", "request"));
    let [another] = sign_in(&pair.house, [ANOTHER]).await;
    until_told(&pair.house, &another, "【判断依頼】").await;
    for item in [pair.first.0, pair.second.0] {
        vote(&pair.house, &another, item, MANAGERS_STEP).await;
    }
    pair.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn t10_t11_the_applicant_pulls_back_and_withdraws() {
    let pair = two_steps().await;
    let applicant = &pair.applicant;
    let back = json!({ "act": "pullBack" });
    assert_eq!(
        pair.row(&pair.manager, "引戻し", &json!({})).await,
        "not_applicant"
    );
    assert_eq!(pair.row(applicant, "引戻し", &json!({})).await, "PB");
    assert_eq!(pair.request(&pair.manager, &back).await, "notApplicant");
    assert_eq!(pair.request(applicant, &back).await, "recorded");
    assert_eq!(pair.same_since("pulledBack"), channels("inbox", "request"));
    assert_eq!(
        pair.row(applicant, "取下げ", &json!({ "PFDecisionComment": "不要" }))
            .await,
        "WD"
    );
    let withdraw = json!({ "act": "withdraw", "comment": "不要" });
    let portal = ApiToken::of_portal(&pair.house, applicant).await;
    let (status, _, said) = portal.act(&pair.second.1, None, &withdraw).await;
    assert_eq!(
        (status, &said["code"]),
        (StatusCode::BAD_REQUEST, &json!("idempotencyKeyMissing"))
    );
    assert_eq!(pair.request(applicant, &withdraw).await, "recorded");
    assert_eq!(pair.same_since("withdrawn"), channels("inbox", "request"));
    pair.is_whole();
}
