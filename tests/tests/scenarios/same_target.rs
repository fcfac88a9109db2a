//! Two applications for the same account: the second is told while the first is open, and may come once it is not.

use e2e::deed::ask;
use e2e::forms;
use e2e::rows::INBOX;
use e2e::scene::cast::{APPLICANT, MANAGER, house, open, sign_in};
use e2e::scene::until;
use serde_json::json;

use crate::company::BACKEND;

#[tokio::test(flavor = "multi_thread")]
async fn w29_a_second_application_for_the_same_account_comes_back_as_long_as_the_first_is_open() {
    let house = house(BACKEND).await;
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let (first, _) = open(&house, &applicant, &manager).await;
    let number = applicant.read(INBOX, first).await.expect("his row")["PFNumber"].clone();
    // As `open` wrote it.
    let form = forms::account(&house, "hana.takahashi");
    let second = applicant.add(INBOX, &forms::application(&form)).await;
    let returned = until(&house, &applicant, (INBOX, second), |row| row["PFStatus"] == "SB").await;
    let issues = returned["PFIssues"].as_str().expect("issues");
    assert!(
        issues.contains("\"taken\"") && issues.contains("upnLocal"),
        "{issues}"
    );
    let number = number.as_str().expect("a number");
    assert_eq!(ask(&house, &applicant, number, "取下げ", &json!({})).await, "WD");
    let again = applicant.change(INBOX, second, &forms::application(&form)).await;
    assert!(again.is_success(), "{again}");
    until(&house, &applicant, (INBOX, second), |row| row["PFStatus"] == "IA").await;
}
