//! 代理申請, and numbers that come with the last approval.

use e2e::forms;
use e2e::offer::approval_of;
use e2e::person::Person;
use e2e::post::mails;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{MANAGER, sign_in};
use e2e::scene::{MANAGERS_STEP, until, until_told, vote};
use serde_json::{Value, json};

use super::{Pair, ask, taken_in};

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
    let shown = until(house, &another, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "IA"
    })
    .await;
    assert_eq!(shown["PFApplicantOid"], another.id.to_string());
    until_told(house, &another, "【申請受付】").await;
    assert!(mails(house, drafter, "【申請受付】").len() <= 2, "his own two");
    let back = json!({ "PFDecision": "差戻し", "PFDecisionComment": "部署を確認",
        "PFDecisionFor": format!("{}:{}", shown["PFStepToken"].as_str().unwrap_or_default(), pair.manager.id) });
    assert!(pair.manager.change(APPLICATIONS, item, &back).await.is_success());
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
