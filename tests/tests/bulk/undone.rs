//! Many accounts are undone together: 補償 of an execution that stopped, and 取消申請 of one that is complete.

use e2e::bulk;
use e2e::hire;
use e2e::house::{House, Wishes};
use e2e::kills::Kills;
use e2e::person::Person;
use e2e::rows::{self, APPLICATIONS, INBOX};
use e2e::run::whole;
use e2e::scene::cast::sign_in;
use e2e::scene::{IT_STEP, MANAGERS_STEP, item_of, until, vote};
use e2e::soak;
use e2e::watch::Watch;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{ADMINISTRATOR, BACKEND, lose_and_recover};

/// Each of so many accounts was deleted, once.
fn deleted_once(house: &House, accounts: usize) {
    let deleted = bulk::deleted(house);
    let is_once = deleted.values().all(|times| *times == 1);
    assert!(deleted.len() == accounts && is_once, "{deleted:#?}");
}

/// Stopped at one row, whose name a stranger took after it was looked up; who that is.
async fn stopped(watch: &mut Watch, rows: usize) -> (i64, Uuid) {
    e2e::administrators::appoint(&watch.house, ADMINISTRATOR);
    let people: Vec<Value> = (1..=rows).map(|number| bulk::row(&watch.house, number)).collect();
    let row = bulk::submit_file(&watch.house, &people).await;
    watch
        .until("the manager is asked", |tenant| {
            hire::is_at(tenant, MANAGERS_STEP)
        })
        .await;
    let stranger = watch.house.hire(&bulk::local(7)).await;
    bulk::agree(watch, rows).await;
    bulk::until_state(watch, row, "RV").await;
    watch.quiet().await;
    (row, stranger)
}

#[tokio::test(flavor = "multi_thread")]
async fn t22_x07_rows_are_undone_though_killed_in_between_and_what_is_lost_is_named() {
    const ROWS: usize = 45;
    let mut watch = hire::open(BACKEND, Wishes::default()).await;
    let (row, stranger) = stopped(&mut watch, ROWS).await;
    let start = watch.house.count_effects();
    watch.kills = Kills::seeded(soak::seed(22), 2, &(start + 5..start + 40));
    let deed = ["compensate", "--reason", "採用の中止"];
    assert_eq!(bulk::administer(&watch.house, ADMINISTRATOR, &deed), "EX");
    bulk::until_state(&mut watch, row, "FA").await;
    watch.quiet().await;
    assert_eq!(watch.kills.left(), 0, "not killed often enough");
    let standing = bulk::standing(&watch.house, ROWS);
    assert_eq!(standing, [bulk::local(7)], "a stranger's is left alone");
    assert_eq!(watch.house.id_of(&bulk::local(7)), stranger);
    deleted_once(&watch.house, ROWS - 1);
    tells_of_it(&watch.house, ROWS - 1);
    whole(&watch);
    lose_and_recover(&mut watch).await;
}

/// Twenty rows at a time, the last first, with what does not come back.
fn tells_of_it(house: &House, undone: usize) {
    let history = rows::text(&house.world().tenant(), APPLICATIONS, 1, "PFHistory");
    for told in ["行の取消し 「20 行完了", "元に戻りません"] {
        assert!(history.contains(told), "{history}");
    }
    let lines = e2e::journal::lines(house, &bulk::number(house));
    let events = lines.iter().map(|line| &line["event"]);
    let events = events.filter(|event| event["type"] == "rowsCompensated");
    let rows: Vec<&Value> = events
        .flat_map(|event| event["rows"].as_array().expect("rows"))
        .map(|row| &row["row"])
        .collect();
    assert_eq!((rows[0], rows.len()), (&json!("row:45"), undone));
}

#[tokio::test(flavor = "multi_thread")]
async fn t23_a_completed_application_of_rows_is_undone_by_one_that_is_approved_like_it() {
    const ROWS: usize = 25;
    let mut watch = hire::open(BACKEND, Wishes::default()).await;
    let people: Vec<Value> = (1..=ROWS).map(|number| bulk::row(&watch.house, number)).collect();
    let row = bulk::submit_file(&watch.house, &people).await;
    bulk::agree(&mut watch, ROWS).await;
    bulk::until_state(&mut watch, row, "CO").await;
    let house = &watch.house;
    let all = [hire::APPLICANT, hire::MANAGER, hire::VOTERS[0], hire::VOTERS[1]];
    let [applicant, manager, first, second] = sign_in(house, all).await;
    let original = bulk::number(house);
    is_not_amended(house, &applicant, &original).await;
    let follow = bulk::following(&original, "取消申請");
    let row = applicant.add(INBOX, &follow).await;
    let item = item_of(house, &applicant, &manager, row).await;
    let asks = |row: &Value| row["PFStepName"] == MANAGERS_STEP;
    let seen = until(house, &manager, (APPLICATIONS, item), asks).await;
    let preview = seen["PFPreview"].as_str().unwrap_or_default();
    for told in [
        "アカウント: 25 件 → （なし）",
        "20 行目 bulk0020@",
        ": アカウントの削除",
        "他 5 行",
        "元に戻りません",
    ] {
        assert!(preview.contains(told), "{told}: {preview}");
    }
    vote(house, &manager, item, MANAGERS_STEP).await;
    for voter in [&first, &second] {
        vote(house, voter, item, IT_STEP).await;
    }
    let is_done = |row: &Value| row["PFStatus"] == "CO";
    until(house, &applicant, (APPLICATIONS, item), is_done).await;
    assert!(bulk::standing(house, ROWS).is_empty());
    deleted_once(house, ROWS);
    whole(&watch);
}

async fn is_not_amended(house: &House, applicant: &Person, original: &str) {
    let amend = bulk::following(original, "変更申請");
    let amend = applicant.add(INBOX, &amend).await;
    let told = |row: &Value| !row["PFIssues"].is_null();
    let refused = until(house, applicant, (INBOX, amend), told).await;
    let issues = refused["PFIssues"].as_str().unwrap_or_default();
    assert!(issues.contains("PFOriginal"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn x08_many_deletions_of_one_application_are_held_as_a_whole_and_allowed_once() {
    const ROWS: usize = 4;
    let mut watch = hire::open(BACKEND, Wishes::default()).await;
    e2e::administrators::appoint(&watch.house, ADMINISTRATOR);
    watch.house.kill();
    let most = |text: String| format!("{text}\n[deletions]\nmost = 3\n");
    watch.house.configure(most);
    watch.house.serve().await;
    let people: Vec<Value> = (1..=ROWS).map(|number| bulk::row(&watch.house, number)).collect();
    let row = bulk::submit(&watch.house, people).await;
    bulk::agree(&mut watch, ROWS).await;
    bulk::until_state(&mut watch, row, "CO").await;
    let house = &watch.house;
    let all = [hire::APPLICANT, hire::MANAGER, hire::VOTERS[0], hire::VOTERS[1]];
    let [applicant, manager, first, second] = sign_in(house, all).await;
    let follow = bulk::following(&bulk::number(house), "取消申請");
    let row = applicant.add(INBOX, &follow).await;
    let item = item_of(house, &applicant, &manager, row).await;
    vote(house, &manager, item, MANAGERS_STEP).await;
    for voter in [&first, &second] {
        vote(house, voter, item, IT_STEP).await;
    }
    let held = until(house, &applicant, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "RV"
    })
    .await;
    assert_eq!(
        bulk::standing(house, ROWS).len(),
        ROWS,
        "not even the first three"
    );
    let number = held["PFNumber"].as_str().expect("a number");
    let operator = format!("{ADMINISTRATOR}@{}", house.world().names.domain);
    let deed = ["allow-deletions", "--reason", "4 件とも誤登録"];
    let asked = ["applications", "--application", number, "--as", &operator];
    let allowed = house.run(&[asked.as_slice(), &deed].concat());
    assert!(allowed.status.success(), "{allowed:?}");
    until(house, &applicant, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "CO"
    })
    .await;
    assert!(bulk::standing(house, ROWS).is_empty());
    deleted_once(house, ROWS);
    whole(&watch);
}
