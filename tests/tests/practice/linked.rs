//! 取消申請・変更申請: a new application that undoes or changes what a closed one did.

use dev_tenant::seed::EVERYDAY;
use e2e::forms;
use e2e::offer::managers_approval;
use e2e::person::Person;
use e2e::rows::INBOX;
use e2e::scene::{MANAGERS_STEP, vote};
use serde_json::{Value, json};

use super::{Pair, account, taken_in};

const ACCOUNT: &str = "hana.takahashi";

async fn completed() -> Pair {
    let pair = Pair::asking(
        |_| json!({ "steps": [managers_approval(&json!({}))] }),
        |house| json!({ "groups": [house.group(EVERYDAY[0])] }),
    )
    .await;
    for item in [pair.first.0, pair.second.0] {
        vote(&pair.house, &pair.manager, item, MANAGERS_STEP).await;
        pair.until(&pair.applicant, item, |row| row["PFStatus"] == "CO")
            .await;
    }
    pair
}

/// A row that follows another application.
fn follows(original: &str, link: &str, form: &Value) -> Value {
    let mut row = forms::application(form);
    row["PFOriginal"] = json!(original);
    row["PFLink"] = json!(link);
    row
}

impl Pair {
    /// Applies for it, has it approved and carried out; what the approver saw.
    async fn follow(&self, original: &str, link: &str, form: &Value) -> Value {
        let row = self.applicant.add(INBOX, &follows(original, link, form)).await;
        let (item, _) = taken_in(&self.house, (&self.applicant, &self.manager), row).await;
        let seen = self
            .until(&self.manager, item, |row| row["PFStepName"] == MANAGERS_STEP)
            .await;
        vote(&self.house, &self.manager, item, MANAGERS_STEP).await;
        self.until(&self.applicant, item, |row| row["PFStatus"] == "CO")
            .await;
        seen
    }

    /// Why a row became nothing.
    async fn refused(&self, by: &Person, row: &Value) -> String {
        let row = by.add(INBOX, row).await;
        let told = |row: &Value| !row["PFIssues"].is_null();
        let row = e2e::scene::until(&self.house, by, (INBOX, row), told).await;
        row["PFIssues"].as_str().unwrap_or_default().to_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t23_i10_a_completed_application_is_undone_by_one_that_is_approved_like_it() {
    let pair = completed().await;
    let (number, nothing) = (&pair.first.1, json!({}));
    assert!(account(&pair.house, ACCOUNT).is_some());
    for (by, original, link) in [
        (&pair.manager, number.as_str(), "取消申請"),
        (&pair.applicant, "USR-2000-00001", "取消申請"),
    ] {
        let told = pair.refused(by, &follows(original, link, &nothing)).await;
        assert!(told.contains("PFOriginal"), "{told}");
    }
    let told = pair
        .refused(&pair.applicant, &follows(number, "何か", &nothing))
        .await;
    assert!(told.contains("PFLink"), "{told}");
    let seen = pair.follow(number, "取消申請", &nothing).await;
    let preview = seen["PFPreview"].as_str().unwrap_or_default();
    for told in ["→ （なし）", "メンバー → メンバーでない", "元に戻りません"] {
        assert!(preview.contains(told), "{told}: {preview}");
    }
    assert!(account(&pair.house, ACCOUNT).is_none());
    assert!(account(&pair.house, "yui.takahashi").is_some(), "the other one's");
    pair.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn t23_f14_an_amendment_changes_the_same_account_and_undoing_it_restores_what_was_before() {
    let pair = completed().await;
    let house = &pair.house;
    let mut form = forms::account(house, ACCOUNT);
    form["department"] = json!("人事部");
    form["groups"] = json!([house.group(EVERYDAY[1])]);
    let mut renamed = form.clone();
    renamed["upnLocal"] = json!("hana.sato");
    let row = pair
        .applicant
        .add(INBOX, &follows(&pair.first.1, "変更申請", &renamed))
        .await;
    let back = |row: &Value| row["PFStatus"] == "SB";
    let row = e2e::scene::until(house, &pair.applicant, (INBOX, row), back).await;
    assert!(
        row["PFIssues"]
            .as_str()
            .is_some_and(|told| told.contains("upnLocal")),
        "{row}"
    );
    let seen = pair.follow(&pair.first.1, "変更申請", &form).await;
    let preview = seen["PFPreview"].as_str().unwrap_or_default();
    assert!(preview.contains("営業部 → 人事部"), "{preview}");
    assert!(!preview.contains("アカウント:"), "no other account: {preview}");
    let changed = account(house, ACCOUNT).expect("the account");
    assert!(
        changed.contains("人事部") && !changed.contains("営業部"),
        "{changed}"
    );
    let number = seen["PFNumber"].as_str().expect("a number");
    pair.follow(number, "取消申請", &json!({})).await;
    let restored = account(house, ACCOUNT).expect("the account");
    assert!(
        restored.contains("営業部") && !restored.contains("人事部"),
        "{restored}"
    );
    pair.is_whole();
}
