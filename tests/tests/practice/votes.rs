//! Votes that do not approve: by the item or a row, and by the API.

use e2e::api::ApiToken;
use e2e::offer::{approval_of, managers_approval};
use e2e::rows::APPLICATIONS;
use e2e::scene::cast::ADMINISTRATOR;
use e2e::scene::{MANAGERS_STEP, vote};
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{Pair, became, channels, token};

const LATER: &str = "部長承認";
const WHY: &str = "予算を確かめてください";

async fn asked() -> (Pair, [Value; 2]) {
    let pair = Pair::new(|_| json!({ "steps": [managers_approval(&json!({}))] })).await;
    let shows = |row: &Value| row["PFStepName"] == MANAGERS_STEP;
    let first = pair.until(&pair.manager, pair.first.0, shows).await;
    let second = pair.until(&pair.manager, pair.second.0, shows).await;
    (pair, [first, second])
}

impl Pair {
    /// By a row, or by an entry into the item.
    async fn entry(&self, seen: &Value, decision: &str) {
        let named = format!(
            "{}:{}",
            seen["PFStepToken"].as_str().unwrap_or_default(),
            self.manager.id
        );
        let entry = json!({ "PFDecision": decision, "PFDecisionComment": "理由", "PFDecisionFor": named });
        let status = self.manager.change(APPLICATIONS, self.first.0, &entry).await;
        assert!(status.is_success(), "{status}");
    }

    async fn vote_by_row(&self, seen: &Value, decision: &str) -> String {
        let act = json!({ "PFDecision": decision, "PFStepToken": token(seen), "PFDecisionComment": "理由" });
        self.row(&self.manager, "判断", &act).await
    }

    async fn vote_by_request(&self, seen: &Value, choice: &str) -> String {
        let portal = ApiToken::of_portal(&self.house, &self.manager).await;
        let wish = json!({ "choice": choice, "token": token(seen), "comment": "理由" });
        let (status, place, said) = portal.decide(&self.second.1, Some(choice), &wish).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{said}");
        became(&self.house, &portal, &place).await
    }

    async fn both_are(&self, state: &str) {
        for item in [self.first.0, self.second.0] {
            self.until(&self.applicant, item, |row| row["PFStatus"] == state)
                .await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t12_t07_a_step_is_held_released_and_sent_back() {
    let (pair, [first, second]) = asked().await;
    assert_eq!(pair.vote_by_row(&first, "保留").await, "HO");
    assert_eq!(pair.vote_by_request(&second, "hold").await, "recorded");
    assert_eq!(pair.same_since("held"), channels("inbox", "request"));
    assert_eq!(pair.vote_by_row(&first, "確認").await, "IA");
    assert_eq!(pair.vote_by_request(&second, "confirm").await, "recorded");
    assert_eq!(pair.same_since("released"), channels("inbox", "request"));
    pair.entry(&first, "差戻し").await;
    assert_eq!(pair.vote_by_request(&second, "sendBack").await, "recorded");
    pair.both_are("SB").await;
    assert_eq!(pair.same_since("sentBack"), channels("item", "request"));
    pair.is_whole();
}

/// The first of two steps is asked again: who asks, and what he says of it, is the same both ways.
#[tokio::test(flavor = "multi_thread")]
async fn t07_a_later_step_sends_back_to_an_earlier_one() {
    let pair = Pair::new(|house| {
        let later = approval_of("later", LATER, &[house.id_of(ADMINISTRATOR)], &json!({}));
        json!({ "steps": [managers_approval(&json!({})), later] })
    })
    .await;
    for item in [pair.first.0, pair.second.0] {
        vote(&pair.house, &pair.manager, item, MANAGERS_STEP).await;
    }
    let shows = |row: &Value| row["PFStepName"] == LATER;
    let first = pair.until(&pair.administrator, pair.first.0, shows).await;
    let second = pair.until(&pair.administrator, pair.second.0, shows).await;
    let back = json!({
        "PFDecision": "差戻し", "PFSendBackTo": "manager", "PFStepToken": token(&first), "PFDecisionComment": WHY,
    });
    assert_eq!(pair.row(&pair.administrator, "判断", &back).await, "IA");
    let portal = ApiToken::of_portal(&pair.house, &pair.administrator).await;
    let wish =
        json!({ "choice": "sendBack", "sendBackTo": "manager", "token": token(&second), "comment": WHY });
    let (status, place, said) = portal.decide(&pair.second.1, Some("back"), &wish).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{said}");
    assert_eq!(became(&pair.house, &portal, &place).await, "recorded");
    assert_eq!(pair.same_since("sentBackToStep"), channels("inbox", "request"));
    pair.at_the_managers_step().await;
    pair.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn t08_an_application_is_rejected() {
    let (pair, [first, second]) = asked().await;
    pair.entry(&first, "却下").await;
    assert_eq!(pair.vote_by_request(&second, "reject").await, "recorded");
    pair.both_are("RJ").await;
    assert_eq!(pair.same_since("decided"), channels("item", "request"));
    pair.is_whole();
}
