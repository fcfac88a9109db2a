//! 5 代理承認: the manager is away; his deputy approves, and he sees on whose behalf that was.

use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{APPLICANT, EXPERTS, MANAGER, house, open, sign_in};
use e2e::scene::{IT_STEP, MANAGERS_STEP, until, until_told, vote};
use jiff::SignedDuration;
use serde_json::json;

use crate::company::BACKEND;

const DEPUTY: &str = "naoki.kiryu";

#[tokio::test(flavor = "multi_thread")]
async fn s05_w17_the_deputy_of_an_absent_approver_approves_and_his_delegator_sees_it() {
    let house = house(BACKEND).await;
    let [applicant, manager, deputy] = sign_in(&house, [APPLICANT, MANAGER, DEPUTY]).await;
    let (row, item) = open(&house, &applicant, &manager).await;
    let now = house.world().clock.now();
    let until_when = now + SignedDuration::from_hours(24 * 5);
    let upn = format!("{DEPUTY}@{}", house.world().names.domain);
    let period = json!({
        "ask": "delegate", "to": upn, "from": now.to_string(), "until": until_when.to_string(),
    });
    let wish = json!({ "Title": "代理設定", "PFKind": "deputy", "PFPayload": period.to_string() });
    let wish = manager.add(INBOX, &wish).await;
    until(&house, &manager, (INBOX, wish), |row| row["PFStatus"] == "CO").await;
    until_told(&house, &deputy, "【判断依頼】").await;
    vote(&house, &deputy, item, MANAGERS_STEP).await;
    let seen = until(&house, &manager, (APPLICATIONS, item), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
    let history = seen["PFHistory"].as_str().unwrap_or_default();
    assert!(history.contains("さんの代理): 承認"), "{history}");
    for expert in sign_in(&house, EXPERTS).await {
        vote(&house, &expert, item, IT_STEP).await;
    }
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "CO").await;
    assert!(house.run(&["verify-journal"]).status.success());
}
