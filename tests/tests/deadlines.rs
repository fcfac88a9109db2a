//! Time passes over a step: reminders, deadlines, escalation, in the company's calendar.

#[path = "deadlines/outcomes.rs"]
mod outcomes;

use e2e::house::{House, Wishes};
use e2e::offer::managers_approval;
use e2e::person::Person;
use e2e::post::mails;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{APPLICANT, EXPERTS, MANAGER, open, sign_in};
use e2e::scene::{self, MANAGERS_STEP, until, until_told, vote};
use jiff::SignedDuration;
use serde_json::{Value, json};

const REMINDER: &str = "【催促】";
const OVERDUE: &str = "【期限超過】";
const DECIDE: &str = "【判断依頼】";

async fn house(offer: impl FnOnce(&House)) -> House {
    let mut house = House::build(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    offer(&house);
    house.serve().await;
    let setup = house.run(&["setup"]);
    assert!(setup.status.success(), "{setup:?}");
    house
}

fn days_pass(house: &House, days: i64) {
    let pass = SignedDuration::from_hours(24 * days) + SignedDuration::from_mins(1);
    house.tenant.advance(pass).expect("the clock's file");
}

fn people(house: &House, local: &str) -> Value {
    let tenant = house.world().tenant();
    let upn = format!("{local}@{}", house.world().names.domain);
    let mut users = tenant.directory.users.values();
    let user = users
        .find(|user| user.user_principal_name == upn)
        .expect("somebody");
    json!({ "from": "people", "people": [user.id.0] })
}

#[tokio::test(flavor = "multi_thread")]
async fn w22_w23_the_manager_is_reminded_then_late_and_then_somebody_else_decides() {
    let mut house = house(|house| {
        // Of the two, whoever is not the applicant's own manager.
        let others = [people(house, EXPERTS[0]), people(house, MANAGER)];
        let escalation = json!({ "do": "escalate", "to": others });
        house.offer_steps(&[managers_approval(&json!({
            "due": { "calendarDays": 3 }, "reminders": [{ "before": { "calendarDays": 1 } }],
            "atDeadline": escalation,
        }))]);
    })
    .await;
    let [applicant, manager, expert] = sign_in(&house, [APPLICANT, MANAGER, EXPERTS[0]]).await;
    let (row, item) = open(&house, &applicant, &manager).await;
    until_told(&house, &manager, DECIDE).await;
    days_pass(&house, 1);
    house.kill();
    days_pass(&house, 1);
    house.serve().await;
    let reminder = until_told(&house, &manager, REMINDER).await;
    assert!(reminder[0].contains("期限: "), "{reminder:?}");
    assert!(mails(&house, &manager, OVERDUE).is_empty() && mails(&house, &expert, DECIDE).is_empty());
    days_pass(&house, 1);
    let told = until_told(&house, &manager, OVERDUE).await;
    assert!(told[0].contains("処理者を変更"), "{told:?}");
    until_told(&house, &expert, DECIDE).await;
    let expert = expert.sign_in_again().await;
    let late = until(&house, &expert, (APPLICATIONS, item), |row| {
        row["PFFlags"] == "期限超過"
    })
    .await;
    assert!(
        late["PFHistory"]
            .as_str()
            .is_some_and(|text| text.contains("催促")),
        "{late}"
    );
    house.kill();
    house.serve().await;
    vote(&house, &expert, item, MANAGERS_STEP).await;
    let applicant = applicant.sign_in_again().await;
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "CO").await;
    let once = |to: &Person, subject| assert_eq!(mails(&house, to, subject).len(), 1, "{subject}");
    once(&manager, DECIDE);
    once(&manager, REMINDER);
    once(&manager, OVERDUE);
    once(&expert, DECIDE);
    assert!(house.run(&["verify-journal"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn w21_a_deadline_can_reject_but_not_over_a_vote_that_was_in_time() {
    let mut house = house(|house| {
        house.offer_steps(&[managers_approval(
            &json!({ "due": { "calendarDays": 2 }, "atDeadline": { "do": "reject" } }),
        )]);
    })
    .await;
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let (heard, item) = open(&house, &applicant, &manager).await;
    let (late, _) = scene::apply(&house, &applicant, &manager, "hana.sato").await;
    // Nobody looks while he decides, and not before the deadline has passed.
    house.kill();
    let asked = manager.read(APPLICATIONS, item).await.expect("the manager reads");
    assert!(scene::try_vote(&manager, item, &asked).await.is_success());
    days_pass(&house, 2);
    house.serve().await;
    let applicant = applicant.sign_in_again().await;
    until(&house, &applicant, (INBOX, late), |row| row["PFStatus"] == "RJ").await;
    let told = until_told(&house, &applicant, OVERDUE).await;
    assert!(told.len() == 1 && told[0].contains("自動却下"), "{told:?}");
    until(&house, &applicant, (INBOX, heard), |row| row["PFStatus"] == "CO").await;
    assert_eq!(mails(&house, &applicant, OVERDUE).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn w24_deadlines_count_in_the_company_s_own_calendar() {
    let house = house(|house| {
        house.count_in(&json!({
            "zone": "UTC", "nationalHolidaysOff": false, "weeklyDaysOff": [],
            "hours": { "opens": "00:00", "closes": "23:00", "breaks": [] },
        }));
        house.offer_steps(&[managers_approval(&json!({ "due": { "businessDays": 2 } }))]);
    })
    .await;
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let (_, item) = open(&house, &applicant, &manager).await;
    let asked = manager.read(APPLICATIONS, item).await.expect("the manager reads");
    let due = asked["PFDueAt"].as_str().expect("a due date").to_owned();
    assert!(due.ends_with("T23:00:00Z"), "{due}");
    let wrong = house.folder.path().join("calendar.json");
    std::fs::write(wrong, "{}").expect("a file");
    let refused = house.run(&["setup"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && said.contains("calendar.file"),
        "{said}"
    );
}
