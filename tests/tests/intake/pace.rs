//! After a refusal nobody asks again before the time that was named, and then one call asks for all.

use std::time::Duration;

use e2e::control::rule;
use e2e::hire;
use e2e::house::{House, Wishes, pause};
use e2e::rows::{self, INBOX};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::open;

const PAUSE_SECONDS: i64 = 60;
/// So many calls would be refused if they came.
const REFUSALS: i64 = 50;
/// The product's timers and six workers would all have asked meanwhile.
const MEANWHILE: Duration = Duration::from_secs(4);

fn refusing(times: i64) -> Value {
    let matching = json!({ "host": "contoso.sharepoint.com" });
    let kind = json!({ "throttle": { "retryAfter": PAUSE_SECONDS.to_string() } });
    let mut rule = rule(matching, &kind);
    rule["times"] = times.into();
    rule
}

/// How many calls were refused.
async fn refused(house: &House) -> i64 {
    let left = house.unstruck().await;
    let left: i64 = left.iter().filter_map(|rule| rule["times"].as_i64()).sum();
    REFUSALS - left
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_answered_by_silence_and_then_by_one_call() {
    let mut watch = open(Wishes {
        walk: 1,
        ..Wishes::default()
    })
    .await;
    watch.quiet().await;
    let row = hire::submit(&watch.house, hire::ACCOUNT).await;
    watch.house.strike(vec![refusing(REFUSALS)]).await;
    while refused(&watch.house).await == 0 {
        pause(Duration::from_millis(5)).await;
    }
    pause(MEANWHILE).await;
    let first = refused(&watch.house).await;
    // Those that were under way when the first refusal came.
    assert!((1..=4).contains(&first), "{first}");

    for round in 1..=3 {
        watch
            .house
            .tenant
            .advance(SignedDuration::from_secs(PAUSE_SECONDS + 1))
            .expect("the clock moves");
        pause(MEANWHILE).await;
        assert_eq!(
            refused(&watch.house).await,
            first + round,
            "one call tries for all"
        );
    }
    watch.house.strike(Vec::new()).await;
    watch
        .house
        .tenant
        .advance(SignedDuration::from_secs(PAUSE_SECONDS + 1))
        .expect("the clock moves");
    watch
        .until("taken up", |tenant| {
            rows::text(tenant, INBOX, row, "PFStatus") == "IA"
        })
        .await;
}
