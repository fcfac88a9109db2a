//! 引上げ承認: a later approver goes ahead of one who does nothing, and that one looks afterwards.

use e2e::offer::{approval_of, managers_approval};
use e2e::scene::cast::{EXPERTS, MANAGER, sign_in};
use e2e::scene::until_told;
use serde_json::json;

use super::{Pair, channels, days_pass, token};

const OFFERED: &str = "【引上げ承認が可能】";
const REVIEW: &str = "【後閲依頼】";

#[tokio::test(flavor = "multi_thread")]
async fn t14_w19_a_later_approver_goes_ahead_and_whoever_was_passed_over_looks_afterwards() {
    let pair = Pair::new(|house| {
        let ahead = json!({ "pullUp": {
            "after": { "calendarDays": 2 }, "reviewWithin": { "calendarDays": 5 },
        } });
        let later = approval_of("head", "部長承認", &[house.id_of(EXPERTS[1])], &json!({}));
        json!({ "steps": [managers_approval(&ahead), later] })
    })
    .await;
    let house = &pair.house;
    let (first, second) = (pair.first.0, pair.second.0);
    let [expert] = sign_in(house, [EXPERTS[1]]).await;
    assert!(e2e::scene::is_shut_out(&expert, first).await, "not his turn");
    days_pass(house, 2);
    until_told(house, &expert, OFFERED).await;
    let [expert, manager, applicant] = sign_in(house, [EXPERTS[1], MANAGER, super::APPLICANT]).await;
    let seen = pair
        .until(&expert, first, |row| row["PFStepName"] == "上長承認")
        .await;
    let asked = json!({ "PFStepToken": token(&seen), "PFDecisionComment": "急ぎのため" });
    assert_eq!(pair.row(&applicant, "引上げ承認", &asked).await, "not_assignee");
    assert_eq!(pair.row(&expert, "引上げ承認", &asked).await, "AP");
    let seen = pair
        .until(&expert, second, |row| row["PFStepName"] == "上長承認")
        .await;
    let ahead = json!({ "act": "pullUp", "token": token(&seen), "comment": "急ぎのため" });
    assert_eq!(pair.request(&applicant, &ahead).await, "notAssignee");
    assert_eq!(pair.request(&expert, &ahead).await, "recorded");
    assert_eq!(pair.same_since("pulledUp"), channels("inbox", "request"));
    let told = until_told(house, &manager, REVIEW).await;
    assert!(told[0].contains("後閲の期限"), "{told:?}");
    for item in [first, second] {
        let done = pair.until(&applicant, item, |row| row["PFStatus"] == "CO").await;
        assert_eq!(done["PFFlags"], "後閲未了");
    }
    // Nothing waited for him; now he looks.
    let objection = json!({ "PFDecisionComment": "聞いていない" });
    assert_eq!(pair.row(&manager, "異議", &objection).await, "CO");
    let seen = json!({ "act": "acknowledge", "step": "manager" });
    assert_eq!(pair.request(&manager, &seen).await, "recorded");
    pair.until(&applicant, second, |row| row["PFFlags"].is_null())
        .await;
    pair.until(&applicant, first, |row| row["PFFlags"] == "異議あり")
        .await;
    pair.is_whole();
}
