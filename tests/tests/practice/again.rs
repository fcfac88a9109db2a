//! 再申請 of what was sent or pulled back: by a row of the inbox, and by the API.

use e2e::api::ApiToken;
use e2e::forms;
use e2e::offer::managers_approval;
use e2e::scene::{MANAGERS_STEP, vote};
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{Pair, account, became, channels, drafter};

const NEW: &str = "人事部";

/// Both were sent back by the manager.
async fn sent_back() -> Pair {
    let members = json!({ "due": { "calendarDays": 3 } });
    let pair = Pair::new(|_| json!({ "steps": [managers_approval(&members)] })).await;
    for item in [pair.first.0, pair.second.0] {
        let back = json!({ "PFDecision": "差戻し", "PFDecisionComment": "部署を確認" });
        drafter::decide(&pair, item, back).await;
    }
    pair
}

impl Pair {
    /// The account's form with another department.
    fn mended(&self, local: &str) -> Value {
        let mut form = forms::account(&self.house, local);
        form["department"] = json!(NEW);
        form
    }

    /// Both, once they are asked about for this time.
    async fn asked_again(&self, round: f64) {
        let is_asked = |row: &Value| row["PFStatus"] == "IA" && row["PFRound"] == round;
        for item in [self.first.0, self.second.0] {
            self.until(&self.applicant, item, is_asked).await;
        }
    }
}

/// What is no form that could be sent, and who may not send one.
async fn refuses(pair: &Pair) {
    let portal = ApiToken::of_portal(&pair.house, &pair.applicant).await;
    let file = json!({ "people": { "file": "rows.json", "sha256": "0".repeat(64), "rows": 3 } });
    let large = json!({ "reason": "あ".repeat(30_000) });
    for (form, code) in [(json!("x"), "body"), (large, "formTooBig"), (file, "rowsMissing")] {
        let act = json!({ "act": "resubmit", "form": form });
        let (status, _, said) = portal.act(&pair.second.1, Some("bad"), &act).await;
        assert_eq!((status, &said["code"]), (StatusCode::BAD_REQUEST, &json!(code)));
    }
    let nameless = json!({ "act": "resubmit", "form": {} });
    let (_, _, said) = portal.act(&pair.second.1, None, &nameless).await;
    assert_eq!(said["code"], "idempotencyKeyMissing");
    // He reads it, and may not apply in the applicant's place; whoever has no part in it does not learn of it.
    assert_eq!(pair.request(&pair.manager, &nameless).await, "not_applicant");
    assert_eq!(pair.request(&pair.administrator, &nameless).await, "notFound");
}

#[tokio::test(flavor = "multi_thread")]
async fn t02_what_came_back_is_mended_and_applied_for_again_by_a_row_and_by_the_api() {
    let pair = sent_back().await;
    refuses(&pair).await;
    let [first, second] = ["hana.takahashi", "yui.takahashi"].map(|local| pair.mended(local));
    let row = json!({ "PFPayload": first.to_string() });
    assert_eq!(pair.row(&pair.applicant, "再申請", &row).await, "SU");
    let act = json!({ "act": "resubmit", "form": second });
    assert_eq!(pair.request(&pair.applicant, &act).await, "recorded");
    pair.asked_again(2.0).await;
    assert_eq!(pair.same_since("resubmitted"), channels("inbox", "request"));
    // What is planned and who is asked by when, too.
    pair.same_since("accepted");
    // Pulled back, too; and not while it is asked about.
    let portal = ApiToken::of_portal(&pair.house, &pair.applicant).await;
    let (_, place, _) = portal.act(&pair.second.1, Some("while asked"), &act).await;
    assert_eq!(became(&pair.house, &portal, &place).await, "not_now");
    assert_eq!(pair.row(&pair.applicant, "引戻し", &json!({})).await, "PB");
    let pull = json!({ "act": "pullBack" });
    assert_eq!(pair.request(&pair.applicant, &pull).await, "recorded");
    let (_, offered) = portal.get(&format!("applications/{}", pair.second.1)).await;
    assert_eq!(offered["offers"]["acts"], json!(["resubmit", "withdraw"]));
    assert_eq!(pair.row(&pair.applicant, "再申請", &row).await, "SU");
    let (_, place, _) = portal.act(&pair.second.1, Some("third"), &act).await;
    assert_eq!(became(&pair.house, &portal, &place).await, "recorded");
    pair.asked_again(3.0).await;
    for (item, local) in [(pair.first.0, "hana"), (pair.second.0, "yui")] {
        vote(&pair.house, &pair.manager, item, MANAGERS_STEP).await;
        pair.until(&pair.applicant, item, |row| row["PFStatus"] == "CO")
            .await;
        let made = account(&pair.house, &format!("{local}.takahashi")).expect("the account");
        assert!(made.contains(NEW), "as it was applied for at last: {made}");
    }
    pair.is_whole();
}
