//! 7 UPN の変更: the applicant is renamed while the second step is asked; his application goes on and he keeps it.

use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{APPLICANT, EXPERTS, MANAGER, house, open, sign_in};
use e2e::scene::{IT_STEP, MANAGERS_STEP, a_while, until, until_told, vote};

use crate::company::BACKEND;

const NEW_NAME: &str = "kei.aoki";

#[tokio::test(flavor = "multi_thread")]
async fn s07_an_applicant_who_is_renamed_in_the_second_step_loses_nothing() {
    let house = house(BACKEND).await;
    let [applicant, manager, first, second] =
        sign_in(&house, [APPLICANT, MANAGER, EXPERTS[0], EXPERTS[1]]).await;
    let (row, item) = open(&house, &applicant, &manager).await;
    vote(&house, &manager, item, MANAGERS_STEP).await;
    until(&house, &first, (APPLICATIONS, item), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
    house.rename(applicant.id, NEW_NAME).await;
    a_while(&house);
    let [applicant] = sign_in(&house, [NEW_NAME]).await;
    for expert in [&first, &second] {
        vote(&house, &expert.sign_in_again().await, item, IT_STEP).await;
    }
    until(&house, &applicant, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "CO"
    })
    .await;
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "CO").await;
    until_told(&house, &applicant, "【完了】").await;
    assert!(house.run(&["verify-journal"]).status.success());
}
