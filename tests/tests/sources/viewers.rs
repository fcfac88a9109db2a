//! 閲覧者: whoever the definition lets read, in the view that is made for him.

use e2e::rows::APPLICATIONS;
use e2e::scene::cast::{APPLICANT, MANAGER, sign_in};
use e2e::scene::{is_shut_out, until, vote};
use e2e::views::shown;
use serde_json::json;

use crate::{ANOTHER, CHOSEN, STEP, asked, house, served};

const DEPARTMENT: &str = "部門";

#[tokio::test(flavor = "multi_thread")]
async fn the_applicants_department_reads_his_application_in_its_own_view_and_no_other_does() {
    let viewers = json!({ "viewers": [{ "from": "unit" }] });
    let house = house(&[json!({ "from": "manager" })], &[], &viewers).await;
    for (person, department) in [
        (APPLICANT, "第九営業部"),
        (CHOSEN, "第九営業部"),
        (ANOTHER, "第八営業部"),
    ] {
        house.transfer(house.id_of(person), department).await;
    }
    let house = served(house).await;
    let [applicant, manager, reader, stranger] = sign_in(&house, [APPLICANT, MANAGER, CHOSEN, ANOTHER]).await;
    let item = asked(&house, (&applicant, "hana.takahashi"), &json!({}), &manager).await;
    until(&house, &reader, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "IA"
    })
    .await;
    assert_eq!(shown(&reader, DEPARTMENT).await.len(), 1);
    assert_eq!(
        shown(&applicant, DEPARTMENT).await.len(),
        0,
        "his own stand elsewhere"
    );
    assert!(is_shut_out(&stranger, item).await);
    assert_eq!(shown(&stranger, DEPARTMENT).await.len(), 0);
    let vote_of_a_reader = json!({ "PFDecision": "承認" });
    let tried = reader.change(APPLICATIONS, item, &vote_of_a_reader).await;
    assert!([403, 404].contains(&tried.as_u16()), "{tried}");
    vote(&house, &manager, item, STEP).await;
    until(&house, &reader, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "CO"
    })
    .await;
    assert_eq!(
        shown(&reader, DEPARTMENT).await.len(),
        0,
        "closed ones stand in the view of all"
    );
}
