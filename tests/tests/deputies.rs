//! 代理設定: a person lets another decide for him, for a time.

use std::time::Duration;

use e2e::house::{House, pause};
use e2e::person::Person;
use e2e::post::mails;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, EXPERTS, MANAGER, house, open, sign_in};
use e2e::scene::{self, IT_STEP, MANAGERS_STEP, until, until_shut_out, until_told, vote};
use jiff::SignedDuration;
use serde_json::{Value, json};

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
const DEPUTY: &str = "naoki.kiryu";
const DECIDE: &str = "【判断依頼】";
/// Looked at this often, so many times at most.
const LOOK: Duration = Duration::from_millis(200);
const LOOKS: u32 = 400;

fn days_pass(house: &House, days: i64) {
    let pass = SignedDuration::from_hours(24 * days) + SignedDuration::from_mins(1);
    house.tenant.advance(pass).expect("the clock's file");
}

fn in_days(house: &House, days: i64) -> String {
    let now = house.world().clock.now();
    let then = now
        .checked_add(SignedDuration::from_hours(24 * days))
        .expect("a moment");
    then.to_string()
}

fn upn(house: &House, local: &str) -> String {
    format!("{local}@{}", house.world().names.domain)
}

/// Writes a row of 代理設定; its number, once it was answered as `wanted`.
async fn ask(house: &House, by: &Person, payload: &Value, wanted: impl Fn(&Value) -> bool) -> i64 {
    let row = json!({ "Title": "代理設定", "PFKind": "deputy", "PFPayload": payload.to_string() });
    let item = by.add(INBOX, &row).await;
    until(house, by, (INBOX, item), wanted).await;
    item
}

/// Mails wait behind the work that they speak of.
async fn until_asked_twice(house: &House, who: &Person) {
    for _ in 0..LOOKS {
        if mails(house, who, DECIDE).len() >= 2 {
            return;
        }
        pause(LOOK).await;
    }
    panic!("he is not asked twice\n{}", house.log());
}

fn is_done(row: &Value) -> bool {
    row["PFStatus"] == "CO"
}

fn is_refused(row: &Value, code: &str) -> bool {
    row["PFIssues"]
        .as_str()
        .is_some_and(|issues| issues.contains(code))
}

#[tokio::test(flavor = "multi_thread")]
async fn w17_a_deputy_decides_in_the_list_in_his_period_and_his_delegator_sees_it() {
    let house = house(BACKEND).await;
    let [applicant, manager, deputy] = sign_in(&house, [APPLICANT, MANAGER, DEPUTY]).await;
    let (_, item) = open(&house, &applicant, &manager).await;
    assert!(scene::is_shut_out(&deputy, item).await);
    let period = json!({
        "ask": "delegate", "to": upn(&house, DEPUTY), "from": in_days(&house, 1), "until": in_days(&house, 3),
    });
    ask(&house, &manager, &period, is_done).await;
    assert!(
        scene::is_shut_out(&deputy, item).await,
        "his period has not begun"
    );
    assert!(mails(&house, &deputy, DECIDE).is_empty());
    days_pass(&house, 1);
    until_told(&house, &deputy, DECIDE).await;
    let [manager, deputy, expert] = sign_in(&house, [MANAGER, DEPUTY, EXPERTS[0]]).await;
    vote(&house, &deputy, item, MANAGERS_STEP).await;
    until(&house, &expert, (APPLICATIONS, item), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
    let seen = until(&house, &manager, (APPLICATIONS, item), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
    let history = seen["PFHistory"].as_str().unwrap_or_default();
    assert!(history.contains("さんの代理): 承認"), "{history}");
    let (_, second) = scene::apply(&house, &applicant.sign_in_again().await, &manager, "hana.sato").await;
    // Both are asked.
    until(&house, &deputy, (APPLICATIONS, second), |row| {
        row["PFStepName"] == MANAGERS_STEP
    })
    .await;
    until_asked_twice(&house, &deputy).await;
    until_asked_twice(&house, &manager).await;
    days_pass(&house, 2);
    let deputy = deputy.sign_in_again().await;
    until_shut_out(&house, &deputy, second).await;
    vote(&house, &manager.sign_in_again().await, second, MANAGERS_STEP).await;
    assert_eq!(
        mails(&house, &deputy, DECIDE).len(),
        2,
        "one for each application"
    );
    assert_eq!(mails(&house, &manager, DECIDE).len(), 2, "he is asked as before");
    assert!(house.run(&["verify-journal"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn w17_what_a_deputy_writes_after_his_period_decides_nothing() {
    let mut house = house(BACKEND).await;
    let [applicant, manager, deputy] = sign_in(&house, [APPLICANT, MANAGER, DEPUTY]).await;
    let period = json!({ "ask": "delegate", "to": deputy.id, "until": in_days(&house, 1) });
    ask(&house, &manager, &period, is_done).await;
    let (_, item) = open(&house, &applicant, &manager).await;
    let asked = until(&house, &deputy, (APPLICATIONS, item), |row| {
        row["PFStepName"] == MANAGERS_STEP
    })
    .await;
    house.kill();
    days_pass(&house, 1);
    let deputy = deputy.sign_in_again().await;
    // Nobody was there to shut him out.
    assert!(scene::try_vote(&deputy, item, &asked).await.is_success());
    house.serve().await;
    until_told(&house, &deputy, "【判断は反映されていません】").await;
    until_shut_out(&house, &deputy, item).await;
    let manager = manager.sign_in_again().await;
    until(&house, &manager, (APPLICATIONS, item), |row| {
        row["PFStepName"] == MANAGERS_STEP && row["PFDecision"].is_null()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn w17_whoever_named_a_deputy_ends_it_and_nobody_but_an_administrator_does_either_for_others() {
    let house = house(BACKEND).await;
    let [applicant, manager, deputy, administrator] =
        sign_in(&house, [APPLICANT, MANAGER, DEPUTY, ADMINISTRATOR]).await;
    let (_, item) = open(&house, &applicant, &manager).await;
    let for_manager = json!({ "ask": "delegate", "of": manager.id, "to": deputy.id });
    ask(&house, &deputy, &for_manager, |row| is_refused(row, "not_yours")).await;
    assert!(scene::is_shut_out(&deputy, item).await);
    let named = ask(&house, &administrator, &for_manager, is_done).await;
    until(&house, &deputy, (APPLICATIONS, item), |row| {
        row["PFStepName"] == MANAGERS_STEP
    })
    .await;
    let end = json!({ "ask": "end", "row": named });
    ask(&house, &deputy, &end, |row| is_refused(row, "no_such_delegation")).await;
    ask(&house, &manager, &end, is_done).await;
    until_shut_out(&house, &deputy, item).await;
    let himself = json!({ "ask": "delegate", "to": manager.id });
    ask(&house, &manager, &himself, |row| is_refused(row, "own_deputy")).await;
    let over = json!({ "ask": "delegate", "to": deputy.id, "until": in_days(&house, -1) });
    ask(&house, &manager, &over, |row| is_refused(row, "period_over")).await;
    let nobody = json!({ "ask": "delegate", "to": "nobody.of.this.name" });
    ask(&house, &manager, &nobody, |row| is_refused(row, "no_such_person")).await;
    let nonsense = json!({ "ask": "everything" });
    ask(&house, &manager, &nonsense, |row| {
        is_refused(row, "unknown_action")
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn w17_a_deputy_who_is_renamed_in_mid_flight_loses_no_right_and_his_old_name_gives_none() {
    let house = house(BACKEND).await;
    let [applicant, manager, deputy] = sign_in(&house, [APPLICANT, MANAGER, DEPUTY]).await;
    let (_, item) = open(&house, &applicant, &manager).await;
    ask(
        &house,
        &manager,
        &json!({ "ask": "delegate", "to": upn(&house, DEPUTY) }),
        is_done,
    )
    .await;
    until(&house, &deputy, (APPLICATIONS, item), |row| {
        row["PFStepName"] == MANAGERS_STEP
    })
    .await;
    house.rename(deputy.id, "naoki.mori").await;
    house.forget_aliases(deputy.id);
    house.hire(DEPUTY).await;
    scene::a_while(&house);
    let newcomer = Person::sign_in(&house, DEPUTY).await;
    assert_ne!(newcomer.id, deputy.id);
    let deputy = Person::sign_in(&house, "naoki.mori").await;
    let asked = until(&house, &deputy, (APPLICATIONS, item), |row| {
        row["PFStepName"] == MANAGERS_STEP
    })
    .await;
    until_shut_out(&house, &newcomer, item).await;
    assert!(!scene::try_vote(&newcomer, item, &asked).await.is_success());
    // What is asked in his name by the next owner of his address names nobody's deputy.
    let himself = json!({ "ask": "delegate", "of": manager.id, "to": newcomer.id });
    ask(&house, &newcomer, &himself, |row| is_refused(row, "not_yours")).await;
    vote(&house, &deputy, item, MANAGERS_STEP).await;
    let expert = Person::sign_in(&house, EXPERTS[0]).await;
    let passed = until(&house, &expert, (APPLICATIONS, item), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
    let history = passed["PFHistory"].as_str().unwrap_or_default();
    assert!(history.contains("さんの代理): 承認"), "{history}");
    assert!(mails(&house, &newcomer, "【").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn w17_a_delegator_who_is_renamed_keeps_his_deputy_and_ends_it_under_his_new_name() {
    let house = house(BACKEND).await;
    let [applicant, manager, deputy] = sign_in(&house, [APPLICANT, MANAGER, DEPUTY]).await;
    let (_, item) = open(&house, &applicant, &manager).await;
    let named = ask(
        &house,
        &manager,
        &json!({ "ask": "delegate", "to": deputy.id }),
        is_done,
    )
    .await;
    house.rename(manager.id, "takashi.mori").await;
    scene::a_while(&house);
    let manager = Person::sign_in(&house, "takashi.mori").await;
    until(&house, &deputy, (APPLICATIONS, item), |row| {
        row["PFStepName"] == MANAGERS_STEP
    })
    .await;
    ask(&house, &manager, &json!({ "ask": "end", "row": named }), is_done).await;
    until_shut_out(&house, &deputy, item).await;
    vote(&house, &manager, item, MANAGERS_STEP).await;
}
