//! 4 不整合: an approver edits a field of the sealed form together with his decision: it is put back and flagged, he
//! and the administrators are told, and the decision does not count.

use e2e::journal;
use e2e::post::mails;
use e2e::rows::APPLICATIONS;
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, MANAGER, house, open, sign_in};
use e2e::scene::{IT_STEP, MANAGERS_STEP, until, until_told, vote};
use serde_json::json;

use crate::company::{BACKEND, decide};

#[tokio::test(flavor = "multi_thread")]
async fn s04_a_sealed_field_that_an_approver_edits_is_put_back_flagged_and_told() {
    let house = house(BACKEND).await;
    let [applicant, manager, administrator] = sign_in(&house, [APPLICANT, MANAGER, ADMINISTRATOR]).await;
    let (_, item) = open(&house, &applicant, &manager).await;
    let before = manager.read(APPLICATIONS, item).await.expect("he is asked");
    let altered = json!({ "PFPayload": "{\"upnLocal\":\"somebody.else\"}" });
    decide(&house, &manager, item, MANAGERS_STEP, &altered).await;
    let after = until(&house, &manager, (APPLICATIONS, item), |row| {
        row["PFFlags"] == "不整合"
    })
    .await;
    assert_eq!(after["PFPayload"], before["PFPayload"]);
    assert_eq!(
        (&after["PFStatus"], &after["PFStepName"]),
        (&json!("IA"), &json!(MANAGERS_STEP))
    );
    until_told(&house, &manager, "【判断は反映されていません】").await;
    let told = until_told(&house, &administrator, "【不整合】").await;
    assert!(
        told[0].contains("長谷川") && told[0].contains(MANAGERS_STEP),
        "{told:?}"
    );
    assert!(mails(&house, &manager, "【不整合】").is_empty());
    let number = before["PFNumber"].as_str().expect("a number");
    assert!(
        journal::since(&house, number, "decided").is_empty(),
        "what was decided with it does not count"
    );
    vote(&house, &manager, item, MANAGERS_STEP).await;
    let expert = sign_in(&house, e2e::scene::cast::EXPERTS).await;
    until(&house, &expert[0], (APPLICATIONS, item), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
    assert!(house.run(&["verify-journal"]).status.success());
}
