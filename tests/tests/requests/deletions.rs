//! 削除の上限: what is deleted or blocked beyond the day's number waits for an administrator, and is then done once.

use e2e::deed::{ask, because};
use e2e::journal;
use e2e::person::Person;
use e2e::rows::APPLICATIONS;
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, sign_in};
use e2e::scene::{until, until_told};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::stage::{Kind, ONE_EXPERT, Stage};

const BLOCK: Kind = Kind {
    workflow: "user-block",
    last: ONE_EXPERT,
};
const BLOCKED: &str = "graph:revoke-sessions:";
const FIRST: &str = "naoki.kiryu";
const SECOND: &str = "miho.tamura";

async fn one_a_day() -> (Stage, Person) {
    let limit = |text: String| format!("{text}\n[deletions]\nmost = 1\n");
    let stage = Stage::prepared(0, |house| house.configure(limit)).await;
    let [administrator] = sign_in(&stage.house, [ADMINISTRATOR]).await;
    (stage, administrator)
}

fn leave(stage: &Stage, who: &str) -> Value {
    json!({ "user": stage.person(who), "reason": "退職のため" })
}

/// Approved by everybody, and held; its item and number.
async fn held(stage: &Stage, who: &str) -> (i64, String) {
    let item = stage.approved_but_for_one(BLOCK, &leave(stage, who)).await;
    stage.last_vote(BLOCK, item).await;
    let row = until_state(stage, item, "RV").await;
    (item, row["PFNumber"].as_str().expect("a number").to_owned())
}

async fn until_state(stage: &Stage, item: i64, wanted: &str) -> Value {
    let stands = |row: &Value| row["PFStatus"] == wanted;
    until(&stage.house, &stage.applicant, (APPLICATIONS, item), stands).await
}

#[tokio::test(flavor = "multi_thread")]
async fn x08_what_is_blocked_beyond_the_days_number_waits_and_is_done_once_when_it_is_allowed() {
    let (stage, administrator) = one_a_day().await;
    let house = &stage.house;
    stage.carry_out(BLOCK, &leave(&stage, FIRST)).await;
    let (item, number) = held(&stage, SECOND).await;
    let told = until_told(house, &administrator, "【要確認】").await.join("\n");
    let says = "1 件を削除・停止します。直近 24 時間の 1 件と合わせて上限の 1 件を超える";
    assert!(told.contains(says), "{told}");
    let shown = until_state(&stage, item, "RV").await;
    let result = shown["PFExecResult"].as_str().unwrap_or_default();
    assert!(result.contains("まだ何も実行していません"), "{result}");
    stage.settle().await;
    assert_eq!(stage.picture(SECOND)["user"]["account_enabled"], true);
    // A retry measures again, and it is still too much.
    assert_eq!(
        ask(house, &administrator, &number, "再実行", &json!({})).await,
        "EX"
    );
    until_state(&stage, item, "RV").await;
    for (by, more, answer) in [
        (&stage.applicant, because("急ぎ"), "not_administrator"),
        (&administrator, json!({}), "reason_missing"),
        (&administrator, because("退職者 2 名を確認済み"), "EX"),
    ] {
        assert_eq!(ask(house, by, &number, "削除許可", &more).await, answer, "{more}");
    }
    until_state(&stage, item, "CO").await;
    stage.settle().await;
    assert_eq!(stage.picture(SECOND)["user"]["account_enabled"], false);
    assert_eq!(stage.writes(BLOCKED), 2, "each of the two once");
    let lines = journal::lines(house, &number);
    let allowed = lines
        .iter()
        .find(|line| line["event"]["type"] == "deletionsAllowed");
    let allowed = allowed.expect("who let it go on");
    assert_eq!(allowed["actor"]["person"], administrator.id.to_string());
    assert_eq!(allowed["event"]["reason"], "退職者 2 名を確認済み");
    assert!(house.run(&["verify-journal"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn x08_a_day_later_a_retry_lets_it_go_on_and_until_then_its_applicant_may_withdraw() {
    let (stage, _) = one_a_day().await;
    let house = &stage.house;
    stage.carry_out(BLOCK, &leave(&stage, FIRST)).await;
    let (given_up, number) = held(&stage, SECOND).await;
    let withdrawn = ask(house, &stage.applicant, &number, "取下げ", &json!({})).await;
    assert_eq!(withdrawn, "WD");
    until_state(&stage, given_up, "WD").await;
    let (item, number) = held(&stage, SECOND).await;
    house
        .tenant
        .advance(SignedDuration::from_hours(25))
        .expect("the clock's file");
    // Whoever was signed in the day before signs in again.
    let [applicant, administrator] = sign_in(house, [APPLICANT, ADMINISTRATOR]).await;
    assert_eq!(
        ask(house, &administrator, &number, "再実行", &json!({})).await,
        "EX"
    );
    let done = |row: &Value| row["PFStatus"] == "CO";
    until(house, &applicant, (APPLICATIONS, item), done).await;
    assert_eq!(stage.writes(BLOCKED), 2);
}
