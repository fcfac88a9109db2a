//! 11 分冊: the list of applications reaches its cap of scopes while an application in it is open; later ones go into the
//! next list, and both are decided to their ends.

use e2e::forms;
use e2e::house::{House, Wishes, pause};
use e2e::person::Person;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{APPLICANT, EXPERTS, MANAGER, sign_in};
use e2e::scene::{IT_STEP, MANAGERS_STEP, approval, item_of, until, vote};
use serde_json::Value;

use crate::company::BACKEND;

const CAP: usize = 5;
const SECOND: &str = "PFApplications2";
/// Tried this often, so many times at most: who is asked is let in a moment later.
const LOOK: std::time::Duration = std::time::Duration::from_millis(200);
const LOOKS: u32 = 400;

async fn submit(house: &House, applicant: &Person, local: &str) -> i64 {
    let form = forms::account(house, local);
    let row = applicant.add(INBOX, &forms::application(&form)).await;
    until(house, applicant, (INBOX, row), |row| row["PFStatus"] == "IA").await;
    row
}

/// The list of a row's application, by the address that the row shows.
async fn list_of(house: &House, applicant: &Person, row: i64) -> String {
    let shown = |row: &Value| row["PFApplicationUrl"].is_string();
    let row = until(house, applicant, (INBOX, row), shown).await;
    let url = row["PFApplicationUrl"].as_str().expect("an address");
    let (_, rest) = url.split_once("/Lists/").expect("a list");
    rest.split('/').next().expect("its name").to_owned()
}

/// Votes on the first application of the second list.
async fn agree(house: &House, by: &Person, step: &str) {
    let asked = until(house, by, (SECOND, 1), |row| row["PFStepName"] == step).await;
    for _ in 0..LOOKS {
        if by.change(SECOND, 1, &approval(&asked, by)).await.is_success() {
            return;
        }
        pause(LOOK).await;
    }
    panic!("he may not vote\n{}", house.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn s11_a_list_at_its_cap_is_followed_by_the_next_while_its_applications_go_on() {
    let mut house = House::build(BACKEND, Wishes::default()).await;
    house.configure(|text| format!("{text}\n[scopes]\ncap = {CAP}\n"));
    house.run(&["setup"]);
    house.serve().await;
    let [applicant, manager, first, second] =
        sign_in(&house, [APPLICANT, MANAGER, EXPERTS[0], EXPERTS[1]]).await;
    let row = submit(&house, &applicant, "a.takahashi").await;
    let item = item_of(&house, &applicant, &manager, row).await;
    let mut lists = Vec::new();
    for local in [
        "b.takahashi",
        "c.takahashi",
        "d.takahashi",
        "e.takahashi",
        "f.takahashi",
        "g.takahashi",
    ] {
        let row = submit(&house, &applicant, local).await;
        lists.push((row, list_of(&house, &applicant, row).await));
    }
    assert_eq!(list_of(&house, &applicant, row).await, APPLICATIONS);
    let in_second = lists.iter().find(|(_, list)| list == SECOND);
    let (later, _) = in_second.unwrap_or_else(|| panic!("{lists:?}"));
    assert_eq!(
        lists.last().map(|(_, list)| list.as_str()),
        Some(SECOND),
        "{lists:?}"
    );

    vote(&house, &manager, item, MANAGERS_STEP).await;
    for expert in [&first, &second] {
        vote(&house, expert, item, IT_STEP).await;
    }
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "CO").await;
    agree(&house, &manager, MANAGERS_STEP).await;
    for expert in [&first, &second] {
        agree(&house, expert, IT_STEP).await;
    }
    let row = *later;
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "CO").await;
    assert!(house.run(&["verify-journal"]).status.success());
}
