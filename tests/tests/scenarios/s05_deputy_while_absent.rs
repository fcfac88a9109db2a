//! 5 代理承認: Outlook says that the manager is away; he is proposed a deputy and names one, who approves in his place,
//! and when he is back he sees on whose behalf that was.

use e2e::administrators;
use e2e::house::{House, Wishes};
use e2e::journal;
use e2e::person::Person;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, EXPERTS, MANAGER, open, sign_in};
use e2e::scene::{IT_STEP, MANAGERS_STEP, is_shut_out, until, until_told, vote};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::company::BACKEND;

const DEPUTY: &str = "naoki.kiryu";
/// Mailboxes are looked at every hour.
const NEXT_LOOK: SignedDuration = SignedDuration::from_mins(61);

async fn reading_mailboxes() -> House {
    let mut house = House::build(BACKEND, Wishes::default()).await;
    administrators::appoint(&house, ADMINISTRATOR);
    house.configure(|text| format!("[absences]\n{text}"));
    house.consent("MailboxSettings.Read");
    house.run(&["setup"]);
    house.serve().await;
    house
}

/// So many days from now, as mailboxes say it.
fn day(house: &House, days: i64) -> Value {
    let then = house.world().clock.now() + SignedDuration::from_hours(24 * days);
    json!({ "dateTime": then.strftime("%Y-%m-%dT00:00:00").to_string(), "timeZone": "Tokyo Standard Time" })
}

/// Away since yesterday, for five days.
async fn is_away(house: &House, who: &Person) {
    let replies = json!({
        "status": "scheduled", "internalReplyMessage": "休暇中です",
        "scheduledStartDateTime": day(house, -1), "scheduledEndDateTime": day(house, 4),
    });
    house.set_automatic_replies(who.id, &replies).await;
    house.tenant.advance(NEXT_LOOK).expect("the clock's file");
}

async fn lets_decide(house: &House, who: &Person, deputy: &Person) {
    let end = house.world().clock.now() + SignedDuration::from_hours(24 * 5);
    let period = json!({ "ask": "delegate", "to": deputy.id, "until": end.to_string() });
    let wish = json!({ "Title": "代理設定", "PFKind": "deputy", "PFPayload": period.to_string() });
    let wish = who.add(INBOX, &wish).await;
    until(house, who, (INBOX, wish), |row| row["PFStatus"] == "CO").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s05_w17_the_deputy_of_an_absent_approver_approves_and_his_delegator_sees_it() {
    let house = reading_mailboxes().await;
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let (row, item) = open(&house, &applicant, &manager).await;
    is_away(&house, &manager).await;
    until_told(&house, &manager, "【代理設定のご案内】").await;
    // Sessions ended meanwhile.
    let [applicant, manager, deputy] = sign_in(&house, [APPLICANT, MANAGER, DEPUTY]).await;
    assert!(is_shut_out(&deputy, item).await, "he is not named yet");
    lets_decide(&house, &manager, &deputy).await;
    until_told(&house, &deputy, "【判断依頼】").await;
    vote(&house, &deputy, item, MANAGERS_STEP).await;
    let seen = until(&house, &manager, (APPLICATIONS, item), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
    let history = seen["PFHistory"].as_str().unwrap_or_default();
    assert!(history.contains("さんの代理): 承認"), "{history}");
    let number = seen["PFNumber"].as_str().expect("a number");
    let decided = &journal::since(&house, number, "decided")[0]["event"];
    assert_eq!(decided["onBehalfOf"], json!(manager.id), "{decided}");
    for expert in sign_in(&house, EXPERTS).await {
        vote(&house, &expert, item, IT_STEP).await;
    }
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "CO").await;
    assert!(house.run(&["verify-journal"]).status.success());
}
