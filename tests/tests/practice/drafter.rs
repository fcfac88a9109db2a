//! 代理申請, and numbers that come with the last approval.

use e2e::forms;
use e2e::house::pause;
use e2e::offer::approval_of;
use e2e::person::Person;
use e2e::post::mails;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{MANAGER, sign_in};
use e2e::scene::{MANAGERS_STEP, until, until_told, vote};
use serde_json::{Value, json};

use super::{LOOK, LOOKS, Pair, ask, taken_in};

const ANOTHER: &str = "kenji.osawa";

impl Pair {
    fn for_another(&self, local: &str) -> Value {
        let mut row = forms::application(&forms::account(&self.house, local));
        row["PFApplyFor"] = json!(self.named(ANOTHER));
        row
    }

    /// The row once it was taken in or turned away.
    async fn answered(&self, by: &Person, row: i64) -> Value {
        until(&self.house, by, (INBOX, row), |row| !row["PFStatus"].is_null()).await
    }
}

/// The manager's entry, once he is asked about what stands now.
pub(super) async fn decide(pair: &Pair, item: i64, mut entry: Value) {
    let asks = |row: &Value| row["PFStatus"] == "IA" && !row["PFStepToken"].is_null();
    let shown = pair.until(&pair.manager, item, asks).await;
    let token = shown["PFStepToken"].as_str().unwrap_or_default();
    entry["PFDecisionFor"] = json!(format!("{token}:{}", pair.manager.id));
    // The step is shown a moment before he is let in.
    for _ in 0..LOOKS {
        if pair.manager.change(APPLICATIONS, item, &entry).await.is_success() {
            break;
        }
        pause(LOOK).await;
    }
    let sent_back = |row: &Value| row["PFStatus"] == "SB";
    pair.until(&pair.applicant, item, sent_back).await;
}

/// Sent back once more, the applicant mends it himself, by a row of his own.
async fn applies_again(pair: &Pair, another: &Person, (row, item): (i64, i64), number: &str) {
    let house = &pair.house;
    let back = json!({ "PFDecision": "差戻し", "PFDecisionComment": "もう一度" });
    decide(pair, item, back).await;
    let form = forms::account(house, "aoi.takahashi").to_string();
    let mended = json!({ "PFPayload": form });
    let nothing = json!({});
    assert_eq!(
        ask(house, another, number, "再申請", &nothing).await,
        "form_unreadable"
    );
    assert_eq!(ask(house, another, number, "再申請", &mended).await, "SU");
    until(house, &pair.applicant, (INBOX, row), |row| {
        row["PFStatus"] == "IA" && row["PFRound"] == 3.0
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f11_a_deputy_applies_for_another_who_is_the_applicant() {
    let pair = Pair::new(|house| {
        let step = approval_of("manager", MANAGERS_STEP, &[house.id_of(MANAGER)], &json!({}));
        json!({ "steps": [step], "applyFor": "deputies" })
    })
    .await;
    let house = &pair.house;
    let drafter = &pair.applicant;
    let [another] = sign_in(house, [ANOTHER]).await;
    let row = drafter.add(INBOX, &pair.for_another("aoi.takahashi")).await;
    let refused = pair.answered(drafter, row).await;
    assert_eq!(refused["PFStatus"], "SB");
    assert!(
        refused["PFIssues"]
            .as_str()
            .is_some_and(|told| told.contains("PFApplyFor"))
    );
    let delegate = json!({ "ask": "delegate", "to": drafter.id });
    let deputy = json!({ "Title": "代理設定", "PFKind": "deputy", "PFPayload": delegate.to_string() });
    let deputy = another.add(INBOX, &deputy).await;
    until(house, &another, (INBOX, deputy), |row| row["PFStatus"] == "CO").await;
    let row = drafter.add(INBOX, &pair.for_another("aoi.takahashi")).await;
    let (item, number) = taken_in(house, (drafter, &pair.manager), row).await;
    let is_asked = |row: &Value| row["PFStatus"] == "IA";
    let shown = until(house, &another, (APPLICATIONS, item), is_asked).await;
    assert_eq!(shown["PFApplicantOid"], another.id.to_string());
    until_told(house, &another, "【申請受付】").await;
    assert!(mails(house, drafter, "【申請受付】").len() <= 2, "his own two");
    let back = json!({ "PFDecision": "差戻し", "PFDecisionComment": "部署を確認" });
    decide(&pair, item, back).await;
    for told in [drafter, &another] {
        until_told(house, told, "【差戻し】").await;
    }
    // The row is the drafter's: he hands it in again, and the applicant ends it.
    until(house, drafter, (INBOX, row), |row| row["PFStatus"] == "SB").await;
    let again = json!({ "PFApplicantAction": "申請" });
    assert!(drafter.change(INBOX, row, &again).await.is_success());
    until(house, drafter, (INBOX, row), |row| {
        row["PFStatus"] == "IA" && row["PFRound"] == 2.0
    })
    .await;
    applies_again(&pair, &another, (row, item), &number).await;
    let nothing = json!({});
    assert_eq!(
        ask(house, drafter, &number, "取下げ", &nothing).await,
        "not_applicant"
    );
    assert_eq!(ask(house, &another, &number, "取下げ", &nothing).await, "WD");
    pair.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn f13_the_number_comes_with_the_last_approval_and_the_former_one_still_names_the_application() {
    let mut pair = Pair::new(|house| {
        let step = approval_of("manager", MANAGERS_STEP, &[house.id_of(MANAGER)], &json!({}));
        json!({ "steps": [step], "numbering": { "prefix": "USR", "digits": 5, "at": "approval" } })
    })
    .await;
    let former = [pair.first.1.clone(), pair.second.1.clone()];
    assert!(former.iter().all(|number| number.contains("-R")), "{former:?}");
    let mut numbers = Vec::new();
    for item in [pair.second.0, pair.first.0] {
        vote(&pair.house, &pair.manager, item, MANAGERS_STEP).await;
        let done = pair
            .until(&pair.applicant, item, |row| row["PFStatus"] == "CO")
            .await;
        numbers.push(done["PFNumber"].as_str().unwrap_or_default().to_owned());
    }
    assert!(
        numbers[0].ends_with("-00001") && numbers[1].ends_with("-00002"),
        "{numbers:?}"
    );
    for number in [&former[0], &numbers[1]] {
        let answer = ask(&pair.house, &pair.applicant, number, "取下げ", &json!({})).await;
        assert_eq!(answer, "not_now", "{number}");
    }
    pair.is_whole();
    pair.house.kill();
    pair.house.lose_database();
    let recovered = pair.house.run(&["recover"]);
    assert!(recovered.status.success(), "{recovered:?}");
    pair.house.serve().await;
    let next = super::applied(
        &pair.house,
        (&pair.applicant, &pair.manager),
        "aoi.takahashi",
        &json!({}),
    )
    .await;
    vote(&pair.house, &pair.manager, next.0, MANAGERS_STEP).await;
    let done = pair
        .until(&pair.applicant, next.0, |row| row["PFStatus"] == "CO")
        .await;
    assert!(
        done["PFNumber"]
            .as_str()
            .is_some_and(|number| number.ends_with("-00003")),
        "{done}"
    );
    pair.is_whole();
}
