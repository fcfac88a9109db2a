//! 不在の案内: Outlook says that somebody is away, and a deputy is proposed. Nothing is imposed.

use std::time::Duration;

use e2e::administrators;
use e2e::deed::ask;
use e2e::house::{House, Wishes, pause};
use e2e::offer::{approval_of, managers_approval};
use e2e::person::Person;
use e2e::post::{self, mails};
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, EXPERTS, MANAGER, open, sign_in};
use e2e::scene::{MANAGERS_STEP, until, until_told};
use jiff::SignedDuration;
use serde_json::{Value, json};

const PROPOSAL: &str = "【代理設定のご案内】";
const AHEAD: &str = "【引上げ承認が可能】";
const DEPUTY: &str = "naoki.kiryu";
/// Looked at this often, so many times at most.
const LOOK: Duration = Duration::from_millis(200);
const LOOKS: u32 = 300;
/// An hour, and the next look.
const NEXT: SignedDuration = SignedDuration::from_mins(61);

async fn house(wants: bool) -> House {
    let mut house = House::build(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    administrators::appoint(&house, ADMINISTRATOR);
    if wants {
        house.configure(|text| format!("[absences]\n{text}"));
    }
    house.run(&["setup"]);
    house.serve().await;
    house
}

fn next_look(house: &House) {
    house.tenant.advance(NEXT).expect("the clock's file");
}

/// The product has read mailboxes so often at least, or has had time to.
async fn looked(house: &House) {
    for _ in 0..25 {
        pause(LOOK).await;
    }
    assert!(!house.log().contains("panicked"), "{}", house.log());
}

fn day(house: &House, days: i64) -> String {
    let then = house
        .world()
        .clock
        .now()
        .checked_add(SignedDuration::from_hours(24 * days));
    then.expect("a moment").strftime("%Y-%m-%dT00:00:00").to_string()
}

async fn away(house: &House, who: &Person, status: &str) {
    house
        .set_automatic_replies(who.id, &replies(house, status, 3))
        .await;
}

async fn away_since(house: &House, who: &Person, day: i64) {
    house
        .set_automatic_replies(who.id, &replies(house, "scheduled", day))
        .await;
}

/// For a week from this day on, counted from today.
fn replies(house: &House, status: &str, from: i64) -> Value {
    let zoned = |days| json!({ "dateTime": day(house, days), "timeZone": "Tokyo Standard Time" });
    json!({
        "status": status, "internalReplyMessage": "夏休みです",
        "scheduledStartDateTime": zoned(from), "scheduledEndDateTime": zoned(from + 7),
    })
}

fn proposals(house: &House) -> usize {
    post::all(house)
        .iter()
        .filter(|mail| mail.subject.starts_with(PROPOSAL))
        .count()
}

async fn until_proposals(house: &House, number: usize) {
    for _ in 0..LOOKS {
        if proposals(house) >= number {
            return;
        }
        pause(LOOK).await;
    }
    panic!("fewer than {number} proposals\n{}", house.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn w17_whoever_is_away_for_a_time_is_proposed_a_deputy_once_and_nobody_becomes_one() {
    let house = house(true).await;
    house.consent("MailboxSettings.Read");
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let (_, item) = open(&house, &applicant, &manager).await;
    away(&house, &manager, "disabled").await;
    next_look(&house);
    looked(&house).await;
    assert_eq!(proposals(&house), 0, "his replies are switched off");
    away(&house, &manager, "scheduled").await;
    next_look(&house);
    let told = until_told(&house, &manager, PROPOSAL).await;
    assert!(
        told[0].contains("?deputies=") && told[0].contains("until="),
        "{told:?}"
    );
    // Two mails leave one after the other: his, and his manager's.
    until_proposals(&house, 2).await;
    let boss = house.manager_of(manager.id);
    let all = post::all(&house);
    let his_boss = all
        .iter()
        .filter(|mail| mail.owner == boss && mail.subject.starts_with(PROPOSAL));
    assert_eq!(his_boss.count(), 1, "his manager is told too");
    assert!(
        !told[0].contains("夏休み"),
        "the reply itself is nobody's business"
    );
    let first = proposals(&house);
    next_look(&house);
    looked(&house).await;
    assert_eq!(proposals(&house), first, "once");
    let deputy = Person::sign_in(&house, DEPUTY).await;
    assert!(
        e2e::scene::is_shut_out(&deputy, item).await,
        "nothing was imposed"
    );
    let manager = manager.sign_in_again().await;
    let ask = json!({ "ask": "delegate", "to": deputy.id });
    let row = json!({ "Title": "代理設定", "PFKind": "deputy", "PFPayload": ask.to_string() });
    let named = manager.add(INBOX, &row).await;
    until(&house, &manager, (INBOX, named), |row| row["PFStatus"] == "CO").await;
    let other = json!({
        "status": "scheduled",
        "scheduledStartDateTime": { "dateTime": day(&house, 20), "timeZone": "UTC" },
        "scheduledEndDateTime": { "dateTime": day(&house, 25), "timeZone": "UTC" },
    });
    house.set_automatic_replies(manager.id, &other).await;
    next_look(&house);
    looked(&house).await;
    assert_eq!(proposals(&house), first, "who has a deputy is told nothing");
}

/// A house whose manager's step may be passed over after a month.
async fn with_two_steps() -> House {
    let mut house = House::build(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    house.configure(|text| format!("[absences]\n{text}"));
    let ahead =
        json!({ "pullUp": { "after": { "calendarDays": 30 }, "reviewWithin": { "calendarDays": 5 } } });
    let later = approval_of("head", "部長承認", &[house.id_of(EXPERTS[1])], &json!({}));
    house.offer_steps(&[managers_approval(&ahead), later]);
    house.consent("MailboxSettings.Read");
    house.run(&["setup"]);
    house.serve().await;
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn t14_w19_nobody_waits_for_an_approver_who_is_away_and_has_no_deputy() {
    let house = with_two_steps().await;
    let [applicant, manager, head] = sign_in(&house, [APPLICANT, MANAGER, EXPERTS[1]]).await;
    let (_, item) = open(&house, &applicant, &manager).await;
    away(&house, &manager, "scheduled").await;
    next_look(&house);
    until_told(&house, &manager, PROPOSAL).await;
    looked(&house).await;
    assert!(
        mails(&house, &head, AHEAD).is_empty(),
        "he will be away, and is here today"
    );
    house
        .tenant
        .advance(SignedDuration::from_hours(24 * 4))
        .expect("the clock's file");
    until_told(&house, &head, AHEAD).await;
    let [head, manager] = sign_in(&house, [EXPERTS[1], MANAGER]).await;
    let asked = until(&house, &head, (APPLICATIONS, item), |row| {
        row["PFStepName"] == MANAGERS_STEP
    })
    .await;
    let number = asked["PFNumber"].as_str().expect("a number");
    let ahead = json!({ "PFStepToken": asked["PFStepToken"], "PFDecisionComment": "上長不在のため" });
    assert_eq!(ask(&house, &head, number, "引上げ承認", &ahead).await, "AP");
    until_told(&house, &manager, "【後閲依頼】").await;
    assert!(house.run(&["verify-journal"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn t14_w17_a_deputy_who_is_there_is_waited_for() {
    let house = with_two_steps().await;
    let [applicant, manager, deputy, head] = sign_in(&house, [APPLICANT, MANAGER, DEPUTY, EXPERTS[1]]).await;
    let (_, item) = open(&house, &applicant, &manager).await;
    let ask = json!({ "ask": "delegate", "to": deputy.id });
    let row = json!({ "Title": "代理設定", "PFKind": "deputy", "PFPayload": ask.to_string() });
    let named = manager.add(INBOX, &row).await;
    until(&house, &manager, (INBOX, named), |row| row["PFStatus"] == "CO").await;
    until(&house, &deputy, (APPLICATIONS, item), |row| {
        row["PFStepName"] == MANAGERS_STEP
    })
    .await;
    away(&house, &manager, "scheduled").await;
    next_look(&house);
    looked(&house).await;
    let days = SignedDuration::from_hours(24 * 4);
    house.tenant.advance(days).expect("the clock's file");
    looked(&house).await;
    assert!(mails(&house, &head, AHEAD).is_empty(), "his deputy decides");
    // Once the deputy is away too, nobody is left.
    away_since(&house, &deputy, -1).await;
    next_look(&house);
    until_told(&house, &head, AHEAD).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn w17_mailboxes_are_only_read_where_the_company_wants_it_and_the_doctor_names_what_is_missing() {
    let asked_not = house(false).await;
    let [applicant, manager] = sign_in(&asked_not, [APPLICANT, MANAGER]).await;
    open(&asked_not, &applicant, &manager).await;
    away(&asked_not, &manager, "scheduled").await;
    next_look(&asked_not);
    looked(&asked_not).await;
    assert_eq!(proposals(&asked_not), 0);
    let said = |house: &House| String::from_utf8_lossy(&house.run(&["doctor"]).stdout).into_owned();
    assert!(
        !said(&asked_not).contains("MailboxSettings"),
        "{}",
        said(&asked_not)
    );
    drop(asked_not);
    let house = house(true).await;
    assert!(said(&house).contains("MailboxSettings.Read"), "{}", said(&house));
    let [applicant, manager, administrator] = sign_in(&house, [APPLICANT, MANAGER, ADMINISTRATOR]).await;
    open(&house, &applicant, &manager).await;
    next_look(&house);
    looked(&house).await;
    assert!(house.log().contains("MailboxSettings.Read"), "{}", house.log());
    assert!(mails(&house, &administrator, PROPOSAL).is_empty());
    // Once it is granted, it goes on by itself.
    house.consent("MailboxSettings.Read");
    away(&house, &manager, "scheduled").await;
    next_look(&house);
    until_told(&house, &manager, PROPOSAL).await;
}
