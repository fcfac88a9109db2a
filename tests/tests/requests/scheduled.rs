//! 実行予定: a departure is carried out when its last day is over, whether or not the product is up then.

use e2e::deed::ask;
use e2e::house::House;
use e2e::person::Person;
use e2e::rows::APPLICATIONS;
use e2e::scene::cast::{APPLICANT, EXPERTS, sign_in};
use e2e::scene::{until, until_told, vote};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span};
use serde_json::{Value, json};

use super::groups::{change, person};
use super::stage::{Kind, SUBJECT, Stage, TWO_EXPERTS};

const LEAVE: Kind = Kind {
    workflow: "user-offboard",
    last: TWO_EXPERTS,
};
const BLOCKED: &str = "graph:revoke-sessions:";
/// Until the last day.
const DAYS: i64 = 10;

/// A day from now on, in Japan.
pub(crate) fn day(house: &House, days: i64) -> String {
    let now = house.world().clock.now();
    let tokyo = TimeZone::get("Asia/Tokyo").expect("the zone");
    let day = now.to_zoned(tokyo).date();
    day.saturating_add(Span::new().days(days)).to_string()
}

fn form(stage: &Stage) -> Value {
    json!({
        "user": stage.person(SUBJECT), "lastDay": day(&stage.house, DAYS), "reason": "退職のため",
    })
}

struct Waiting {
    item: i64,
    number: String,
    /// As people read the moment from which on it is carried out.
    says: String,
}

/// Approved by everybody.
async fn waiting(stage: &Stage) -> Waiting {
    let says = format!("実行予定: {} 00:00", day(&stage.house, DAYS + 1));
    let item = stage.approved_but_for_one(LEAVE, &form(stage)).await;
    stage.last_vote(LEAVE, item).await;
    let shown = until_state(stage, &stage.applicant, item, "AP").await;
    assert_eq!(shown["PFExecResult"].as_str(), Some(says.as_str()), "{shown}");
    Waiting {
        item,
        number: shown["PFNumber"].as_str().expect("a number").to_owned(),
        says,
    }
}

async fn until_state(stage: &Stage, by: &Person, item: i64, wanted: &str) -> Value {
    let stands = |row: &Value| row["PFStatus"] == wanted;
    until(&stage.house, by, (APPLICATIONS, item), stands).await
}

pub(crate) fn pass(house: &House, days: i64) {
    let time = SignedDuration::from_hours(24 * days);
    house.tenant.advance(time).expect("the clock's file");
}

fn is_enabled(stage: &Stage) -> bool {
    stage.picture(SUBJECT)["user"]["account_enabled"] == true
}

#[tokio::test(flavor = "multi_thread")]
async fn x02_it_waits_for_its_day_and_is_done_once_though_the_product_was_down_then() {
    let mut stage = Stage::new().await;
    let waiting = waiting(&stage).await;
    let told = until_told(&stage.house, &stage.applicant, "【実行予定】").await;
    let told = told.join("\n");
    assert!(
        told.contains(&waiting.says) && told.contains(&waiting.number),
        "{told}"
    );
    pass(&stage.house, DAYS - 1);
    stage.settle().await;
    let [applicant] = sign_in(&stage.house, [APPLICANT]).await;
    until_state(&stage, &applicant, waiting.item, "AP").await;
    assert!(is_enabled(&stage));
    stage.house.kill();
    pass(&stage.house, 3);
    assert!(is_enabled(&stage));
    stage.house.serve().await;
    let [applicant] = sign_in(&stage.house, [APPLICANT]).await;
    let done = until_state(&stage, &applicant, waiting.item, "CO").await;
    assert!(!is_enabled(&stage));
    assert_eq!(stage.writes(BLOCKED), 1);
    let history = done["PFHistory"].as_str().unwrap_or_default();
    assert!(history.contains("実行予定 「"), "{history}");
    assert!(stage.house.run(&["verify-journal"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn x02_until_its_day_it_can_be_withdrawn_and_then_nothing_is_done() {
    let stage = Stage::new().await;
    let Waiting { number, .. } = waiting(&stage).await;
    let house = &stage.house;
    let withdrawn = ask(house, &stage.applicant, &number, "取下げ", &json!({})).await;
    assert_eq!(withdrawn, "WD");
    pass(house, DAYS + 2);
    stage.settle().await;
    assert!(is_enabled(&stage));
    assert_eq!(stage.writes(BLOCKED), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn x02_i01_what_would_be_done_otherwise_on_the_day_is_asked_again() {
    let stage = Stage::new().await;
    let Waiting { item, .. } = waiting(&stage).await;
    let house = &stage.house;
    let subject = person(house, SUBJECT);
    change(house, "開発部", |group| {
        group.members.insert(subject);
    });
    pass(house, DAYS + 2);
    let [applicant, first, last] = sign_in(house, [APPLICANT, EXPERTS[0], EXPERTS[1]]).await;
    let asks = |row: &Value| {
        let reads = row["PFPreview"].as_str().unwrap_or_default();
        row["PFStatus"] == "IA" && reads.contains("グループ「開発部」: メンバー → メンバーでない")
    };
    until(house, &applicant, (APPLICATIONS, item), asks).await;
    assert!(is_enabled(&stage));
    for expert in [&first, &last] {
        vote(house, expert, item, LEAVE.last.0).await;
    }
    // Its day is over: there is nothing to wait for.
    until_state(&stage, &applicant, item, "CO").await;
    assert!(!is_enabled(&stage));
}

/// The mailbox of whoever leaves goes to his manager: to another one only once that was agreed to.
#[tokio::test(flavor = "multi_thread")]
async fn x02_i01_another_manager_on_the_day_gets_the_mailbox_only_after_that_is_agreed_to() {
    let stage = Stage::new().await;
    let Waiting { item, .. } = waiting(&stage).await;
    let house = &stage.house;
    let other = person(house, "kenji.osawa");
    stage.change_user(SUBJECT, |user| user.manager = Some(other));
    pass(house, DAYS + 2);
    let [applicant] = sign_in(house, [APPLICANT]).await;
    let asks = |row: &Value| {
        let reads = row["PFPreview"].as_str().unwrap_or_default();
        row["PFStatus"] == "IA" && reads.contains("メールボックスへのフル アクセス: （なし） → 大沢 健二")
    };
    until(house, &applicant, (APPLICATIONS, item), asks).await;
    assert!(is_enabled(&stage));
    assert_eq!(stage.writes("exchange:grant-full-access:mailbox:"), 0);
}
