//! What people ask of an application besides a vote: each through a row of the inbox, as the person himself.

#[path = "acts/shell.rs"]
mod shell;
#[path = "acts/stopped.rs"]
mod stopped;

use e2e::administrators;
use e2e::deed::{ask, because, row};
use e2e::house::{House, pause};
use e2e::person::Person;
use e2e::post::mails;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{self, ADMINISTRATOR, APPLICANT, EXPERTS, MANAGER, sign_in};
use e2e::scene::{IT_STEP, MANAGERS_STEP, apply, try_vote, until, until_told, vote};
use serde_json::{Value, json};
use std::time::Duration;

const LOOK: Duration = Duration::from_secs(3);
/// Somebody who is asked at no step.
const ANOTHER: &str = "kenji.osawa";
const ASKED: &str = "【判断依頼】";
const NOT_NEEDED: &str = "【判断不要】";
const CANCELLED: &str = "【強制終了】";

/// An application at the manager's step.
struct Open {
    house: House,
    applicant: Person,
    manager: Person,
    administrator: Person,
    item: i64,
    number: String,
}

impl Open {
    async fn new() -> Self {
        let house = cast::house(env!("CARGO_BIN_EXE_backend")).await;
        let [applicant, manager, administrator] = sign_in(&house, [APPLICANT, MANAGER, ADMINISTRATOR]).await;
        let (_, item) = apply(&house, &applicant, &manager, "hana.takahashi").await;
        let asked = at(&house, &manager, item, MANAGERS_STEP).await;
        Self {
            number: asked["PFNumber"].as_str().expect("a number").to_owned(),
            house,
            applicant,
            manager,
            administrator,
            item,
        }
    }

    async fn ask(&self, by: &Person, action: &str, more: &Value) -> String {
        ask(&self.house, by, &self.number, action, more).await
    }

    fn named(&self, local: &str) -> String {
        format!("{local}@{}", self.house.world().names.domain)
    }

    fn is_whole(&self) {
        let whole = self.house.run(&["verify-journal"]);
        assert!(whole.status.success(), "{whole:?}");
    }
}

/// The item as it shows this step.
async fn at(house: &House, by: &Person, item: i64, step: &str) -> Value {
    until(house, by, (APPLICATIONS, item), |row| row["PFStepName"] == step).await
}

/// What he writes before his right is gone is for a step that stands no more.
async fn until_he_may_not_vote(open: &Open, who: &Person, asked: &Value) {
    for _ in 0..20 {
        // Whatever he writes must be judged before anything else is done to the item.
        pause(LOOK).await;
        if !try_vote(who, open.item, asked).await.is_success() {
            return;
        }
    }
    panic!("he may still vote\n{}", open.house.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn t09_the_last_approver_takes_his_decision_back_while_nobody_has_decided_after_him() {
    let open = Open::new().await;
    let house = &open.house;
    let [first, second] = sign_in(house, EXPERTS).await;
    let nothing = json!({});
    assert_eq!(
        open.ask(&open.manager, "判断の引戻し", &nothing).await,
        "too_late"
    );
    vote(house, &open.manager, open.item, MANAGERS_STEP).await;
    let asked = at(house, &second, open.item, IT_STEP).await;
    assert_eq!(
        open.ask(&open.applicant, "判断の引戻し", &nothing).await,
        "not_assignee"
    );
    assert_eq!(open.ask(&open.manager, "判断の引戻し", &nothing).await, "IA");
    at(house, &open.manager, open.item, MANAGERS_STEP).await;
    until_told(house, &first, NOT_NEEDED).await;
    // The first owns the site.
    until_he_may_not_vote(&open, &second, &asked).await;
    vote(house, &open.manager, open.item, MANAGERS_STEP).await;
    vote(house, &second, open.item, IT_STEP).await;
    until(house, &open.applicant, (APPLICATIONS, open.item), |row| {
        row["PFHistory"]
            .as_str()
            .is_some_and(|told| told.matches("承認").count() >= 3)
    })
    .await;
    assert_eq!(
        open.ask(&open.manager, "判断の引戻し", &nothing).await,
        "too_late"
    );
    open.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn t13_an_approver_hands_his_part_to_another_who_decides_in_his_place() {
    let open = Open::new().await;
    let house = &open.house;
    let another = Person::sign_in(house, ANOTHER).await;
    let asked = at(house, &open.manager, open.item, MANAGERS_STEP).await;
    let to = |name: &str| json!({ "PFActTo": open.named(name), "PFDecisionComment": "出張のため" });
    for (by, more, answer) in [
        (&open.manager, to("nobody.at.all"), "nobody_of_that_name"),
        // Graph reads such a name as a part of its own address, unless it is quoted.
        (&open.manager, to("$nobody"), "nobody_of_that_name"),
        (&open.manager, to(APPLICANT), "applicant_barred"),
        (
            &open.manager,
            json!({ "PFActTo": open.named(ANOTHER) }),
            "reason_missing",
        ),
        (&open.manager, because("出張のため"), "person_missing"),
        (&open.applicant, to(ANOTHER), "not_assignee"),
        (&open.manager, to(ANOTHER), "IA"),
    ] {
        assert_eq!(open.ask(by, "振替", &more).await, answer, "{more}");
    }
    until_told(house, &another, ASKED).await;
    assert!(mails(house, &open.manager, NOT_NEEDED).is_empty(), "he knows");
    until_he_may_not_vote(&open, &open.manager, &asked).await;
    vote(house, &another, open.item, MANAGERS_STEP).await;
    let expert = Person::sign_in(house, EXPERTS[0]).await;
    let passed = at(house, &expert, open.item, IT_STEP).await;
    let history = passed["PFHistory"].as_str().unwrap_or_default();
    assert!(history.contains("振替 「出張のため」"), "{history}");
    open.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn t13_an_administrator_hands_over_what_waits_for_somebody_else() {
    let open = Open::new().await;
    let house = &open.house;
    let another = Person::sign_in(house, ANOTHER).await;
    let hand_over = json!({
        "PFActFor": open.named(MANAGER), "PFActTo": another.id.to_string(), "PFDecisionComment": "異動のため",
    });
    assert_eq!(open.ask(&open.administrator, "振替", &hand_over).await, "IA");
    let told = until_told(house, &open.manager, NOT_NEEDED).await;
    assert!(
        told[0].contains("異動のため") && told[0].contains("振り替え"),
        "{told:?}"
    );
    vote(house, &another, open.item, MANAGERS_STEP).await;
    let expert = Person::sign_in(house, EXPERTS[0]).await;
    at(house, &expert, open.item, IT_STEP).await;
    assert_eq!(
        open.ask(&open.administrator, "振替", &hand_over).await,
        "not_assignee"
    );
    open.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn t12_an_administrator_releases_what_somebody_else_holds() {
    let open = Open::new().await;
    let house = &open.house;
    let asked = at(house, &open.manager, open.item, MANAGERS_STEP).await;
    let hold = json!({ "PFDecision": "保留", "PFStepToken": asked["PFStepToken"] });
    let nothing = json!({});
    assert_eq!(open.ask(&open.administrator, "解除", &nothing).await, "not_now");
    assert_eq!(open.ask(&open.manager, "判断", &hold).await, "HO");
    assert_eq!(
        open.ask(&open.applicant, "解除", &nothing).await,
        "not_administrator"
    );
    let before = mails(house, &open.manager, ASKED).len();
    assert_eq!(open.ask(&open.administrator, "解除", &nothing).await, "IA");
    until(house, &open.manager, (APPLICATIONS, open.item), |row| {
        row["PFStatus"] == "IA" && mails(house, &open.manager, ASKED).len() > before
    })
    .await;
    open.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn t18_an_administrator_ends_an_application_and_says_why_and_nobody_else_can() {
    let open = Open::new().await;
    let house = &open.house;
    let asked = at(house, &open.manager, open.item, MANAGERS_STEP).await;
    let why = because("二重の申請のため");
    let [stranger] = sign_in(house, [ANOTHER]).await;
    let unheard = stranger.add(INBOX, &row(&open.number, "強制終了", &why)).await;
    for (by, more, answer) in [
        (&open.applicant, &why, "not_administrator"),
        (&open.manager, &why, "not_administrator"),
        (&open.administrator, &json!({}), "reason_missing"),
    ] {
        assert_eq!(open.ask(by, "強制終了", more).await, answer);
    }
    // Whoever administered yesterday does not today, and who came today does.
    administrators::appoint(house, "sanae.miura");
    let former = open
        .administrator
        .add(INBOX, &row(&open.number, "強制終了", &why))
        .await;
    let [administrator] = sign_in(house, ["sanae.miura"]).await;
    assert_eq!(open.ask(&administrator, "強制終了", &why).await, "CA");
    for told in [&open.applicant, &open.manager] {
        let told = until_told(house, told, CANCELLED).await;
        assert!(told[0].contains("二重の申請のため"), "{told:?}");
    }
    until_he_may_not_vote(&open, &open.manager, &asked).await;
    for (by, row) in [(&stranger, unheard), (&open.administrator, former)] {
        let row = by.read(INBOX, row).await.expect("his own row");
        assert_eq!((&row["PFStatus"], &row["PFIssues"]), (&Value::Null, &Value::Null));
    }
    open.is_whole();
}
