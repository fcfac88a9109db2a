//! Many accounts are undone together: 補償 of an execution that stopped, and 取消申請 of one that is complete.

use e2e::bulk;
use e2e::hire;
use e2e::house::Wishes;
use e2e::kills::Kills;
use e2e::rows::{self, APPLICATIONS, INBOX};
use e2e::run::whole;
use e2e::scene::cast::sign_in;
use e2e::scene::{item_of, until, vote};
use e2e::soak;
use serde_json::{Value, json};

use super::{ADMINISTRATOR, BACKEND, lose_and_recover};

#[tokio::test(flavor = "multi_thread")]
async fn t22_rows_are_undone_though_killed_in_between_and_what_is_lost_is_named() {
    const ROWS: usize = 45;
    let mut watch = hire::open(BACKEND, Wishes::default()).await;
    e2e::administrators::appoint(&watch.house, ADMINISTRATOR);
    let people: Vec<Value> = (1..=ROWS).map(|number| bulk::row(&watch.house, number)).collect();
    let row = bulk::submit_file(&watch.house, &people).await;
    watch
        .until("the manager is asked", |tenant| hire::is_at(tenant, "上長承認"))
        .await;
    let stranger = watch.house.hire(&bulk::local(7)).await;
    bulk::agree(&mut watch, ROWS).await;
    bulk::until_state(&mut watch, row, "RV").await;
    watch.quiet().await;
    let start = watch.house.count_effects();
    watch.kills = Kills::seeded(soak::seed(22), 2, &(start + 5..start + 40));
    let said = bulk::administer(
        &watch.house,
        ADMINISTRATOR,
        &["compensate", "--reason", "採用の中止"],
    );
    assert_eq!(said, "EX");
    bulk::until_state(&mut watch, row, "FA").await;
    watch.quiet().await;
    assert_eq!(watch.kills.left(), 0, "not killed often enough");
    assert_eq!(
        bulk::standing(&watch.house, ROWS),
        [bulk::local(7)],
        "a stranger's is left alone"
    );
    assert_eq!(watch.house.id_of(&bulk::local(7)), stranger);
    let deleted = bulk::deleted(&watch.house);
    assert!(
        deleted.len() == ROWS - 1 && deleted.values().all(|times| *times == 1),
        "{deleted:#?}"
    );
    let history = rows::text(&watch.house.world().tenant(), APPLICATIONS, 1, "PFHistory");
    assert!(
        history.contains("行の取消し 「20 行完了") && history.contains("元に戻りません"),
        "{history}"
    );
    let lines = e2e::journal::lines(&watch.house, &bulk::number(&watch.house));
    let undone = lines
        .iter()
        .filter(|line| line["event"]["type"] == "rowsCompensated");
    let undone: Vec<&Value> = undone
        .flat_map(|line| line["event"]["rows"].as_array().unwrap())
        .collect();
    let first = &undone[0];
    assert_eq!(
        (&first["row"], undone.len()),
        (&json!("row:45"), ROWS - 1),
        "the last first"
    );
    whole(&watch);
    lose_and_recover(&mut watch).await;
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
    let [applicant, manager, first, second] = sign_in(
        house,
        [hire::APPLICANT, hire::MANAGER, hire::VOTERS[0], hire::VOTERS[1]],
    )
    .await;
    let original = bulk::number(house);
    let amend = bulk::following(&original, "変更申請");
    let amend = applicant.add(INBOX, &amend).await;
    let told = |row: &Value| !row["PFIssues"].is_null();
    let refused = until(house, &applicant, (INBOX, amend), told).await;
    assert!(
        refused["PFIssues"]
            .as_str()
            .is_some_and(|told| told.contains("PFOriginal")),
        "{refused}"
    );
    let row = applicant
        .add(INBOX, &bulk::following(&original, "取消申請"))
        .await;
    let item = item_of(house, &applicant, &manager, row).await;
    let seen = until(house, &manager, (APPLICATIONS, item), |row| {
        row["PFStepName"] == "上長承認"
    })
    .await;
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
    vote(house, &manager, item, "上長承認").await;
    for voter in [&first, &second] {
        vote(house, voter, item, "情報システム部 合議").await;
    }
    until(house, &applicant, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "CO"
    })
    .await;
    assert!(bulk::standing(house, ROWS).is_empty());
    let deleted = bulk::deleted(house);
    assert!(
        deleted.len() == ROWS && deleted.values().all(|times| *times == 1),
        "{deleted:#?}"
    );
    whole(&watch);
}
