//! 1 日 1 回のまとめ: whoever wishes it gets one mail a day, and nothing twice.

use std::time::Duration;

use e2e::control::rule;
use e2e::house::{House, Wishes, pause};
use e2e::offer::managers_approval;
use e2e::person::Person;
use e2e::post::mails;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{APPLICANT, MANAGER, open, sign_in};
use e2e::scene::{MANAGERS_STEP, apply, until, until_told, vote};
use jiff::SignedDuration;
use serde_json::{Value, json};

const DIGEST: &str = "【本日のまとめ】";
const DECIDE: &str = "【判断依頼】";
const REMINDER: &str = "【催促】";
const LOOK: Duration = Duration::from_millis(200);
const LOOKS: u32 = 400;
/// So many days are waited for, and each is looked at so often.
const DAYS: u32 = 4;
const LOOKS_A_DAY: u32 = 40;

/// A company that works around the clock in UTC, whose managers decide within ten days.
async fn house(more: &Value) -> House {
    let mut house = House::build(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    house.count_in(&json!({
        "zone": "UTC", "nationalHolidaysOff": false, "weeklyDaysOff": [],
        "hours": { "opens": "00:00", "closes": "23:00", "breaks": [] },
    }));
    house.offer_steps(&[managers_approval(more)]);
    house.run(&["setup"]);
    house.serve().await;
    house
}

/// Until the clock in UTC shows this hour next.
fn clock_strikes(house: &House, hour: i8) {
    let now = house.world().clock.now().to_zoned(jiff::tz::TimeZone::UTC);
    let mut then = now
        .date()
        .at(hour, 1, 0, 0)
        .to_zoned(jiff::tz::TimeZone::UTC)
        .expect("a moment");
    if then <= now {
        then = then.checked_add(jiff::Span::new().days(1)).expect("a moment");
    }
    let pass: SignedDuration = now.duration_until(&then);
    house.tenant.advance(pass).expect("the clock's file");
}

async fn wish(house: &House, who: &Person, mails: &str) {
    let row = json!({
        "Title": "メール設定", "PFKind": "mails", "PFPayload": json!({ "mails": mails }).to_string(),
    });
    let item = who.add(INBOX, &row).await;
    until(house, who, (INBOX, item), |row| row["PFStatus"] == "CO").await;
}

/// How many effects in the tenant are mails that went out to this subject.
fn count(house: &House, who: &Person, subject: &str) -> usize {
    mails(house, who, subject).len()
}

async fn until_told_of(house: &House, who: &Person, subject: &str, number: usize) {
    for _ in 0..LOOKS {
        if count(house, who, subject) >= number {
            return;
        }
        pause(LOOK).await;
    }
    panic!("fewer than {number} of {subject}\n{}", house.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn w30_who_wishes_one_mail_a_day_gets_one_for_all_that_still_waits_for_him() {
    let house = house(&json!({ "due": { "calendarDays": 10 } })).await;
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    clock_strikes(&house, 9);
    let [applicant, manager] = [applicant.sign_in_again().await, manager.sign_in_again().await];
    wish(&house, &manager, "daily").await;
    let (_, first) = open(&house, &applicant, &manager).await;
    apply(&house, &applicant, &manager, "hana.sato").await;
    apply(&house, &applicant, &manager, "hana.kato").await;
    // Who wishes nothing is told of each; his mails come after the manager's would have come.
    until_told_of(&house, &applicant, "【申請受付】", 3).await;
    vote(&house, &manager, first, MANAGERS_STEP).await;
    until_told(&house, &manager, "【判断の記録】").await;
    assert_eq!(
        (count(&house, &manager, DECIDE), count(&house, &manager, DIGEST)),
        (0, 0)
    );
    let digest = until_digest(&house, &manager, 1).await;
    assert!(
        !digest[0].contains("USR-") || digest[0].matches(DECIDE).count() == 2,
        "{digest:?}"
    );
    assert_eq!(digest[0].matches("期限: ").count(), 2, "{digest:?}");
    assert_eq!(count(&house, &manager, DECIDE), 0, "no mail twice");
    clock_strikes(&house, 8);
    let applicant = applicant.sign_in_again().await;
    wish(&house, &applicant, "each").await;
    assert_eq!(count(&house, &manager, DIGEST), 1, "nothing new, no mail");
    let manager = manager.sign_in_again().await;
    wish(&house, &manager, "each").await;
    apply(&house, &applicant, &manager, "hana.ito").await;
    until_told(&house, &manager, DECIDE).await;
}

/// The hour of the digest comes, and comes again as long as mails were told too late for it.
async fn until_digest(house: &House, who: &Person, number: usize) -> Vec<String> {
    until_told_at(house, who, (DIGEST, number), 8).await;
    mails(house, who, DIGEST)
}

/// Day by day, half an hour past this hour.
async fn until_told_at(house: &House, who: &Person, (subject, number): (&str, usize), hour: i8) {
    for _ in 0..DAYS {
        clock_strikes(house, hour);
        house
            .tenant
            .advance(SignedDuration::from_mins(30))
            .expect("the clock's file");
        for _ in 0..LOOKS_A_DAY {
            if count(house, who, subject) >= number {
                return;
            }
            pause(LOOK).await;
        }
    }
    panic!("fewer than {number} of {subject}\n{}", house.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn w22_what_is_due_today_does_not_wait_for_the_digest() {
    let house = house(&json!({
        "due": { "calendarDays": 6 },
        "reminders": [{ "before": { "calendarDays": 5 } }, { "before": { "businessHours": 1 } }],
    }))
    .await;
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    clock_strikes(&house, 12);
    let [applicant, manager] = [applicant.sign_in_again().await, manager.sign_in_again().await];
    wish(&house, &manager, "daily").await;
    open(&house, &applicant, &manager).await;
    until_told(&house, &applicant, "【申請受付】").await;
    // Both the request and the first reminder wait; only the newer one is told.
    until_digest(&house, &manager, 1).await;
    clock_strikes(&house, 13);
    let told = until_digest(&house, &manager, 2).await;
    assert!(told.iter().any(|text| text.contains(REMINDER)), "{told:?}");
    assert_eq!(count(&house, &manager, REMINDER), 0);
    until_told_at(&house, &manager, (REMINDER, 1), 11).await;
    assert_eq!(count(&house, &manager, DIGEST), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn w30_a_digest_that_was_drafted_when_the_service_died_goes_out_once_and_holds_what_it_held() {
    let mut house = house(&json!({ "due": { "calendarDays": 10 } })).await;
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    clock_strikes(&house, 9);
    let [applicant, manager] = [applicant.sign_in_again().await, manager.sign_in_again().await];
    wish(&house, &manager, "daily").await;
    open(&house, &applicant, &manager).await;
    until_told_of(&house, &applicant, "【申請受付】", 1).await;
    // It can be drafted, but not sent.
    let mut closed = rule(
        json!({ "method": "POST", "pathContains": "/send" }),
        &json!("unavailable"),
    );
    closed["times"] = json!(1000);
    house.strike(vec![closed]).await;
    clock_strikes(&house, 8);
    house
        .tenant
        .advance(SignedDuration::from_mins(30))
        .expect("the clock's file");
    until_drafted(&house).await;
    house.kill();
    house
        .strike(vec![rule(
            json!({ "method": "POST", "pathContains": "/send" }),
            &json!("resetAfter"),
        )])
        .await;
    house
        .tenant
        .advance(SignedDuration::from_mins(3))
        .expect("the clock's file");
    house.serve().await;
    let applicant = applicant.sign_in_again().await;
    let manager = manager.sign_in_again().await;
    apply(&house, &applicant, &manager, "hana.sato").await;
    until_told_of(&house, &manager, DIGEST, 1).await;
    until_told_of(&house, &applicant, "【申請受付】", 2).await;
    let both = until_digest(&house, &manager, 2).await;
    assert!(house.unstruck().await.is_empty(), "no answer was lost");
    assert_eq!(both.len(), 2, "one for each day");
    let lines: usize = both.iter().map(|text| text.matches(DECIDE).count()).sum();
    assert_eq!(lines, 2, "each once: {both:?}");
    let asked = manager.read(APPLICATIONS, 1).await.expect("the manager reads");
    assert_eq!(asked["PFStepName"], MANAGERS_STEP);
}

/// A draft of a digest lies in the sender's mailbox.
async fn until_drafted(house: &House) {
    for _ in 0..LOOKS {
        let is_there = {
            let tenant = house.world().tenant();
            let mut mails = tenant.mailboxes.messages.iter();
            mails.any(|mail| {
                let subject = mail.content.get("subject").and_then(Value::as_str);
                subject.is_some_and(|subject| subject.starts_with(DIGEST))
            })
        };
        if is_there {
            return;
        }
        pause(LOOK).await;
    }
    panic!("no draft\n{}", house.log());
}
