//! Webhooks are hints, and a heartbeat says how good they are.

use app::demo::PUBLIC_HOST;
use e2e::hire::{self, APPLICANT};
use e2e::house::{House, Wishes};
use e2e::person::Person;
use e2e::rows::{self, INBOX};
use e2e::watch::Watch;
use jiff::SignedDuration;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{metric, open, said};

/// Longer than webhooks may take before they are called late.
const SILENCE: SignedDuration = SignedDuration::from_mins(6);
/// The change log is kept for 60 days.
const OLDER_THAN_THE_LOG: SignedDuration = SignedDuration::from_hours(24 * 61);
/// Subscriptions are looked at every hour.
const LOOKED_AT: SignedDuration = SignedDuration::from_mins(61);

fn beating(walk: u32) -> Wishes<'static> {
    Wishes {
        walk,
        timing: "heartbeat = 30",
        ..Wishes::default()
    }
}

fn doctor(house: &House) -> String {
    said(&house.run(&["doctor"]))
}

async fn until_status(watch: &mut Watch, row: i64, wanted: &str) {
    watch
        .until(wanted, |tenant| {
            rows::text(tenant, INBOX, row, "PFStatus") == wanted
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn silent_webhooks_are_noticed_and_the_timer_carries_on() {
    let mut watch = open(beating(5)).await;
    watch.house.switch(|switches| {
        switches.webhook_lost_percent = 100;
        switches.webhook_out_of_order = true;
    });
    watch
        .until("a beat", |tenant| rows::items(tenant, INBOX).count() == 1)
        .await;
    watch.house.tenant.advance(SILENCE).expect("the clock moves");
    watch.rest().await;
    let told = doctor(&watch.house);
    assert!(
        told.contains("注意    webhook heartbeat") && told.contains("定期巡回"),
        "{told}"
    );
    let row = hire::submit(&watch.house, hire::ACCOUNT).await;
    until_status(&mut watch, row, "IA").await;

    watch.house.switch(|switches| switches.webhook_lost_percent = 0);
    for _ in 0..300 {
        if doctor(&watch.house).contains("正常    webhook heartbeat") {
            break;
        }
        watch.rest().await;
    }
    let told = doctor(&watch.house);
    assert!(told.contains("正常    webhook heartbeat"), "{told}");
    assert!(metric(&watch.house, "webhook_delay_seconds_count", "").await >= 2.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_heartbeat_wakes_no_application_costs_no_scope_and_is_seen_by_nobody() {
    let mut watch = open(beating(5)).await;
    for beats in 1..=3 {
        watch
            .until("a beat", |tenant| {
                rows::items(tenant, INBOX).any(|row| row.versions.len() >= beats)
            })
            .await;
        watch.rest().await;
    }
    let house = &watch.house;
    {
        let tenant = house.world().tenant();
        let beat = rows::items(&tenant, INBOX).next().expect("our row");
        assert!(beat.scope.is_none() && rows::items(&tenant, INBOX).count() == 1);
    }
    // The row was met once at most before its number was known.
    assert!(metric(house, "jobs_total", "kind=\"inbox\"").await <= 1.0);
    assert_eq!(Person::sign_in(house, APPLICANT).await.count(INBOX).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_that_is_gone_is_made_again() {
    let mut watch = open(Wishes::default()).await;
    {
        let mut tenant = watch.house.world().tenant();
        for site in &mut tenant.sharepoint.sites {
            site.subscriptions.clear();
        }
    }
    watch.house.tenant.advance(LOOKED_AT).expect("the clock moves");
    watch
        .until("both subscriptions", |tenant| {
            rows::site(tenant).subscriptions.len() == 2
        })
        .await;
}

async fn notify(house: &House, body: String) -> StatusCode {
    let address = format!("https://{PUBLIC_HOST}/hooks/sharepoint");
    let answer = house.client().post(address).body(body).send().await;
    answer.expect("an answer").status()
}

fn notification(client_state: &Value) -> String {
    let one = json!({
        "subscriptionId": "00000000-0000-0000-0000-000000000001", "clientState": client_state,
        "resource": "00000000-0000-0000-0000-000000000002", "siteUrl": "/sites/flow",
    });
    json!({ "value": [one] }).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_malformed_and_replayed_notifications_do_nothing_but_at_most_a_walk() {
    let walk = 86_400;
    let mut watch = open(Wishes {
        walk,
        ..Wishes::default()
    })
    .await;
    watch.quiet().await;
    let house = &watch.house;
    let walks = metric(house, "jobs_total", "kind=\"walk\"").await;
    let effects = house.count_effects();
    for forged in [json!("guessed"), json!(""), json!(null), json!("0".repeat(64))] {
        assert_eq!(
            notify(house, notification(&forged)).await,
            StatusCode::FORBIDDEN,
            "{forged}"
        );
    }
    for malformed in [
        "",
        "{}",
        "[1",
        r#"{"value":[{"clientState":7}]}"#,
        r#"{"value":[]}"#,
    ] {
        assert!(
            notify(house, malformed.into()).await.is_client_error(),
            "{malformed}"
        );
    }
    let large = format!(r#"{{"value":[{}]}}"#, " ".repeat(300_000));
    assert_eq!(notify(house, large).await, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(
        metric(house, "jobs_total", "kind=\"walk\"").await <= walks,
        "no walk"
    );

    let secret = {
        let tenant = house.world().tenant();
        let known = rows::site(&tenant).subscriptions.values().next();
        known.expect("a subscription").client_state.clone()
    };
    for _ in 0..50 {
        assert_eq!(notify(house, notification(&json!(secret))).await, StatusCode::OK);
    }
    watch.quiet().await;
    let house = &watch.house;
    assert_eq!(house.count_effects(), effects, "{}", house.log());
    assert!(metric(house, "jobs_total", "kind=\"walk\"").await > walks);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_change_log_has_ended_the_lists_are_read_whole() {
    let mut watch = open(Wishes::default()).await;
    watch.quiet().await;
    watch.house.kill();
    let mut form = hire::form(&watch.house, hire::ACCOUNT);
    let day = watch.house.born().to_zoned(jiff::tz::TimeZone::UTC).date();
    let day = day.saturating_add(jiff::Span::new().days(90));
    form["startDate"] = json!(day.to_string());
    let applicant = Person::sign_in(&watch.house, APPLICANT).await;
    let row = applicant.add(INBOX, &hire::row(&form, "申請")).await;
    watch.house.switch(|switches| switches.webhook_lost_percent = 100);
    watch
        .house
        .tenant
        .advance(OLDER_THAN_THE_LOG)
        .expect("the clock moves");
    watch.house.serve().await;
    until_status(&mut watch, row, "IA").await;
}
