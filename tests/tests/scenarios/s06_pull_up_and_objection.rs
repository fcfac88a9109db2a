//! 6 引上げ承認と後閲: the first approver does nothing for days, the next goes ahead, and the first one objects afterwards:
//! what was carried out stands, and an administrator settles it.

use e2e::deed::{ask, because};
use e2e::house::House;
use e2e::person::Person;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, EXPERTS, sign_in};
use e2e::scene::{apply, until, until_told};
use jiff::SignedDuration;
use serde_json::json;

use crate::company::{asks, with_steps};

const FIRST: &str = "課長承認";
const SECOND: &str = "部長決裁";
const CHIEF: &str = "naoki.kiryu";

#[tokio::test(flavor = "multi_thread")]
async fn s06_w19_whoever_was_passed_over_objects_afterwards_and_an_administrator_settles_it() {
    let house = with_steps(|house| {
        let any = json!({ "of": "any" });
        let mut first = asks(house, ("first", FIRST), &[CHIEF], &any);
        first["kind"]["approval"]["pullUp"] =
            json!({ "after": { "calendarDays": 3 }, "reviewWithin": { "calendarDays": 5 } });
        vec![first, asks(house, ("second", SECOND), &[EXPERTS[0]], &any)]
    })
    .await;
    let [applicant, chief] = sign_in(&house, [APPLICANT, CHIEF]).await;
    let (row, item) = apply(&house, &applicant, &chief, "hana.takahashi").await;
    house
        .tenant
        .advance(SignedDuration::from_hours(73))
        .expect("the clock's file");
    let [applicant, chief, head, administrator] =
        sign_in(&house, [APPLICANT, CHIEF, EXPERTS[0], ADMINISTRATOR]).await;
    until_told(&house, &head, "【引上げ承認が可能】").await;
    let asked = until(&house, &head, (APPLICATIONS, item), |row| {
        row["PFStepName"] == FIRST
    })
    .await;
    let number = asked["PFNumber"].as_str().expect("a number");
    let ahead = json!({ "PFStepToken": asked["PFStepToken"], "PFDecisionComment": "入社日が近いため" });
    assert_eq!(ask(&house, &head, number, "引上げ承認", &ahead).await, "AP");
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "CO").await;
    let told = until_told(&house, &chief, "【後閲依頼】").await;
    assert!(told[0].contains("後閲の期限"), "{told:?}");

    objects_and_is_answered(&house, (&applicant, &chief, &administrator), (number, item)).await;
    assert!(house.run(&["verify-journal"]).status.success());
}

async fn objects_and_is_answered(
    house: &House,
    (applicant, chief, administrator): (&Person, &Person, &Person),
    (number, item): (&str, i64),
) {
    assert_eq!(
        ask(house, chief, number, "異議", &because("所属が違います")).await,
        "CO"
    );
    let told = until_told(house, administrator, "【要確認】").await;
    assert!(told[0].contains("所属が違います"), "{told:?}");
    let flagged = |flag: serde_json::Value| move |row: &serde_json::Value| row["PFFlags"] == flag;
    let objected = until(house, applicant, (APPLICATIONS, item), flagged(json!("異議あり"))).await;
    assert_eq!(objected["PFStatus"], "CO", "what was carried out stands");
    house.id_of("hana.takahashi");
    let settle = json!({
        "PFActStep": "first", "PFActFor": chief.id.to_string(), "PFDecisionComment": "所属を直しました",
    });
    assert_eq!(ask(house, administrator, number, "異議対応", &settle).await, "CO");
    let told = until_told(house, chief, "【異議への対応】").await;
    assert!(told[0].contains("所属を直しました"), "{told:?}");
    until(house, applicant, (APPLICATIONS, item), flagged(json!(null))).await;
}
