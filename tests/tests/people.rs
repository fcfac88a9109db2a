//! People change while their applications are under way: renamed, disabled, deleted, and names given to others.

use std::collections::BTreeSet;

use e2e::deed;
use e2e::house::House;
use e2e::person::Person;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{self, ADMINISTRATOR, APPLICANT, EXPERTS, MANAGER, open, sign_in};
use e2e::scene::{self, IT_STEP, MANAGERS_STEP, a_while, is_shut_out, until, until_told, vote};
use jiff::SignedDuration;
use serde_json::{Value, json};

const ATTENTION: &str = "【要確認】";

async fn house() -> House {
    cast::house(env!("CARGO_BIN_EXE_backend")).await
}

/// Addresses to which mails of this subject went.
fn addresses(house: &House, subject: &str) -> BTreeSet<String> {
    let tenant = house.world().tenant();
    let with_subject = tenant.mailboxes.messages.iter().filter(|mail| {
        let found = mail.content.get("subject").and_then(Value::as_str);
        found.is_some_and(|found| found.starts_with(subject))
    });
    let to = with_subject.flat_map(|mail| {
        let to = mail.content.get("toRecipients").and_then(Value::as_array);
        to.cloned().unwrap_or_default()
    });
    to.filter_map(|to| to["emailAddress"]["address"].as_str().map(str::to_lowercase))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn applicant_and_approvers_are_renamed_in_mid_flight_and_nobody_loses_anything() {
    nobody_loses_anything(house().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nor_does_anybody_where_sites_know_a_new_name_at_once() {
    let house = house().await;
    house.switch(|switches| switches.profile_sync_seconds = 0);
    nobody_loses_anything(house).await;
}

async fn nobody_loses_anything(house: House) {
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let (row, item) = open(&house, &applicant, &manager).await;
    house.rename(applicant.id, "kei.aoki").await;
    house.rename(manager.id, "takashi.mori").await;
    house.rename(house.id_of(EXPERTS[1]), "ren.kawai").await;
    a_while(&house);
    let [applicant, manager] = sign_in(&house, ["kei.aoki", "takashi.mori"]).await;
    until(&house, &applicant, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "IA"
    })
    .await;
    vote(&house, &manager, item, MANAGERS_STEP).await;
    let [first, second] = sign_in(&house, [EXPERTS[0], "ren.kawai"]).await;
    vote(&house, &first, item, IT_STEP).await;
    vote(&house, &second, item, IT_STEP).await;
    until(&house, &applicant, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "CO"
    })
    .await;
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "CO").await;
    assert!(
        !is_shut_out(&manager, item).await,
        "whoever was asked keeps reading"
    );
    until_told(&house, &applicant, "【完了】").await;
    let domain = &house.world().names.domain;
    assert_eq!(
        addresses(&house, "【完了】"),
        BTreeSet::from([format!("kei.aoki@{domain}")])
    );
    assert!(house.run(&["verify-journal"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_that_was_written_before_a_rename_counts_for_the_same_person() {
    let mut house = house().await;
    let [applicant, manager, expert] = sign_in(&house, [APPLICANT, MANAGER, EXPERTS[0]]).await;
    let (_, item) = open(&house, &applicant, &manager).await;
    house.kill();
    let asked = manager.read(APPLICATIONS, item).await.expect("the manager reads");
    assert!(scene::try_vote(&manager, item, &asked).await.is_success());
    house.rename(manager.id, "takashi.mori").await;
    a_while(&house);
    house.serve().await;
    until(&house, &expert, (APPLICATIONS, item), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_leaver_asked_for_decides_nothing_and_holds_nobody_up() {
    let mut house = house().await;
    let [applicant, manager, leaver] = sign_in(&house, [APPLICANT, MANAGER, EXPERTS[1]]).await;
    let (row, item) = open(&house, &applicant, &manager).await;
    let asked = manager.read(APPLICATIONS, item).await.expect("the manager reads");
    let number = applicant.read(INBOX, row).await.expect("his row")["PFNumber"].clone();
    house.kill();
    let decision =
        json!({ "PFStepToken": asked["PFStepToken"], "PFDecision": "却下", "PFDecisionComment": "x" });
    let number = number.as_str().expect("a number");
    leaver.add(INBOX, &deed::row(number, "判断", &decision)).await;
    house.enable(leaver.id, false).await;
    let later = house.tenant.advance(SignedDuration::from_secs(5));
    later.expect("the clock's file");
    assert!(scene::try_vote(&manager, item, &asked).await.is_success());
    house.serve().await;
    until(&house, &applicant, (APPLICATIONS, item), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_approver_is_shut_out_the_administrators_are_told_and_enabled_he_goes_on() {
    let house = house().await;
    let [applicant, manager, administrator] = sign_in(&house, [APPLICANT, MANAGER, ADMINISTRATOR]).await;
    let (row, item) = open(&house, &applicant, &manager).await;
    let asked = manager.read(APPLICATIONS, item).await.expect("the manager reads");
    house.enable(manager.id, false).await;
    a_while(&house);
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "RV").await;
    let told = until_told(&house, &administrator, ATTENTION).await;
    assert!(
        told[0].contains("復元") && told[0].contains("再申請"),
        "no remedy: {told:?}"
    );
    scene::until_shut_out(&house, &manager, item).await;
    let owner = Person::sign_in(&house, EXPERTS[0]).await;
    let holders = scene::holders(&owner, item).await;
    assert!(holders.contains(&applicant.id.to_string()), "{holders:?}");
    assert!(!holders.contains(&manager.id.to_string()), "{holders:?}");
    assert!(!scene::try_vote(&manager, item, &asked).await.is_success());
    house.enable(manager.id, true).await;
    a_while(&house);
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "IA").await;
    let again = until(&house, &manager, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "IA"
    })
    .await;
    assert_eq!(
        again["PFStepToken"], asked["PFStepToken"],
        "the step stands as it stood"
    );
    vote(&house, &manager, item, MANAGERS_STEP).await;
    let expert = Person::sign_in(&house, EXPERTS[0]).await;
    until(&house, &expert, (APPLICATIONS, item), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_three_who_are_asked_one_is_deleted_and_the_other_two_decide() {
    let house = house().await;
    let [applicant, manager, first, second] =
        sign_in(&house, [APPLICANT, MANAGER, EXPERTS[0], EXPERTS[1]]).await;
    let (row, item) = open(&house, &applicant, &manager).await;
    vote(&house, &manager, item, MANAGERS_STEP).await;
    let asked = until(&house, &first, (APPLICATIONS, item), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
    let third = third(&house, &asked);
    house.delete(third).await;
    a_while(&house);
    let numbers = |row: &Value| row["PFStatus"] == "IA";
    until(&house, &first, (APPLICATIONS, item), numbers).await;
    vote(&house, &first, item, IT_STEP).await;
    vote(&house, &second, item, IT_STEP).await;
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "CO").await;
}

/// The member of the department who is neither of the two.
fn third(house: &House, asked: &Value) -> uuid::Uuid {
    let known = EXPERTS.map(|local| house.id_of(local));
    let tenant = house.world().tenant();
    let mut members = tenant.directory.users.values().filter(|user| {
        let department = user.properties.get("department").and_then(Value::as_str);
        department == Some("情報システム部") && user.account_enabled && !known.contains(&user.id.0)
    });
    members
        .next()
        .unwrap_or_else(|| panic!("only two are asked: {asked}"))
        .id
        .0
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_approver_parks_the_case_and_restored_he_has_what_he_had() {
    let house = house().await;
    let [applicant, manager, administrator] = sign_in(&house, [APPLICANT, MANAGER, ADMINISTRATOR]).await;
    let (row, item) = open(&house, &applicant, &manager).await;
    house.delete(manager.id).await;
    a_while(&house);
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "RV").await;
    until_told(&house, &administrator, ATTENTION).await;
    house
        .tenant
        .advance(SignedDuration::from_hours(24 * 20))
        .expect("the clock's file");
    house.restore(manager.id).await;
    a_while(&house);
    let applicant = Person::sign_in(&house, APPLICANT).await;
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "IA").await;
    let manager = Person::sign_in(&house, MANAGER).await;
    vote(&house, &manager, item, MANAGERS_STEP).await;
    let expert = Person::sign_in(&house, EXPERTS[0]).await;
    until(&house, &expert, (APPLICATIONS, item), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_while_graph_forgot_our_place_is_found_by_reading_everybody_anew() {
    is_found_by_reading_anew(house().await).await;
}

/// 400 instead of 410, and no address to begin anew at.
#[tokio::test(flavor = "multi_thread")]
async fn it_is_found_too_where_graph_does_not_say_where_to_begin_anew() {
    let house = house().await;
    house.switch(|switches| switches.delta_expiry_is_gone = false);
    is_found_by_reading_anew(house).await;
}

async fn is_found_by_reading_anew(mut house: House) {
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let (_, item) = open(&house, &applicant, &manager).await;
    house.kill();
    house.rename(manager.id, "takashi.mori").await;
    // Graph keeps a place for seven days.
    house
        .tenant
        .advance(SignedDuration::from_hours(24 * 8))
        .expect("the clock's file");
    house.serve().await;
    let manager = Person::sign_in(&house, "takashi.mori").await;
    vote(&house, &manager, item, MANAGERS_STEP).await;
    let expert = Person::sign_in(&house, EXPERTS[0]).await;
    until(&house, &expert, (APPLICATIONS, item), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn replays_resets_and_empty_pages_of_the_directory_change_nothing() {
    let house = house().await;
    house.switch(|switches| {
        switches.delta_page_size = 2;
        switches.delta_empty_page_percent = 40;
        switches.delta_replay_percent = 60;
        switches.delta_reset_percent = 20;
        switches.delta_tells_unchanged = true;
    });
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let (row, item) = open(&house, &applicant, &manager).await;
    house.enable(manager.id, false).await;
    a_while(&house);
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "RV").await;
    house.enable(manager.id, true).await;
    house.rename(manager.id, "takashi.mori").await;
    a_while(&house);
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "IA").await;
    let manager = Person::sign_in(&house, "takashi.mori").await;
    vote(&house, &manager, item, MANAGERS_STEP).await;
    let expert = Person::sign_in(&house, EXPERTS[0]).await;
    let is_passed = |row: &Value| row["PFStepName"] == IT_STEP;
    until(&house, &expert, (APPLICATIONS, item), is_passed).await;
    let parked = until_told(&house, &Person::sign_in(&house, ADMINISTRATOR).await, ATTENTION).await;
    assert_eq!(parked.len(), 1, "told once");
}
