//! Subscriptions and the notifications that become due.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::harness::{House, OWNER, app, house, person};
use crate::sharepoint::webhooks::queue::{Delivery, settle, take_due_deliveries};

const LIST: &str = "web/lists/getbytitle('Things')";

fn due(house: &House) -> Vec<Delivery> {
    take_due_deliveries(
        &mut house.world.tenant(),
        &house.world.names,
        house.world.clock.now(),
    )
}

fn subscribed() -> House {
    let house = house();
    house.list("Things");
    let body = json!({"notificationUrl": "https://flow.contoso.example/hook", "clientState": "secret"});
    let made = house.post(&app(), &format!("{LIST}/subscriptions"), &body);
    assert_eq!(made.status, 201, "{}", made.json);
    assert_eq!(made.json["resourceData"], Value::Null);
    house
}

#[test]
fn many_changes_of_a_minute_are_one_notification_without_details() {
    let house = subscribed();
    for _ in 0..3 {
        house.post(&app(), &format!("{LIST}/items"), &json!({"Title": "x"}));
    }
    assert_eq!(due(&house), []);
    house.world.clock.advance(SignedDuration::from_secs(61));
    let sent = due(&house);
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].body["value"][0]["clientState"], "secret");
    assert_eq!(sent[0].body["value"][0]["siteUrl"], "/sites/flow");
    assert_eq!(due(&house), []);
}

#[test]
fn a_failed_notification_comes_again_after_five_minutes_and_is_dropped_after_five_attempts() {
    let house = subscribed();
    house.post(&app(), &format!("{LIST}/items"), &json!({"Title": "x"}));
    let mut attempts = 0;
    for _ in 0..10 {
        house.world.clock.advance(SignedDuration::from_secs(301));
        for delivery in due(&house) {
            attempts += 1;
            settle(
                &mut house.world.tenant(),
                &delivery,
                false,
                house.world.clock.now(),
            );
        }
    }
    assert_eq!(attempts, 5);
}

#[test]
fn another_client_sees_no_foreign_subscription_and_nobody_may_ask_for_more_than_180_days() {
    let house = subscribed();
    assert_eq!(
        house.get(&app(), &format!("{LIST}/subscriptions")).values().len(),
        1
    );
    assert_eq!(
        house
            .get(&person(OWNER), &format!("{LIST}/subscriptions"))
            .values()
            .len(),
        0
    );
    let late = house.world.clock.now() + SignedDuration::from_hours(24 * 181);
    let body = json!({"notificationUrl": "https://flow.contoso.example/hook", "expirationDateTime": late.to_string()});
    assert_eq!(
        house.post(&app(), &format!("{LIST}/subscriptions"), &body).status,
        400
    );
    for url in [
        "http://flow.contoso.example/hook",
        "https://flow.contoso.example:8443/hook",
    ] {
        let refused = house.post(
            &app(),
            &format!("{LIST}/subscriptions"),
            &json!({"notificationUrl": url}),
        );
        assert_eq!(
            (refused.status, refused.code()),
            (400, "-1, System.InvalidOperationException")
        );
    }
}

#[test]
fn without_order_notifications_overtake_each_other_and_none_is_lost() {
    let house = subscribed();
    let body = json!({"notificationUrl": "https://flow.contoso.example/hook"});
    for _ in 0..7 {
        house.post(&app(), &format!("{LIST}/subscriptions"), &body);
    }
    house.world.tenant().switches.webhook_out_of_order = true;
    house.post(&app(), &format!("{LIST}/items"), &json!({"Title": "x"}));
    let mut readings = Vec::new();
    for _ in 0..12 {
        house.world.clock.advance(SignedDuration::from_secs(61));
        let sent: Vec<uuid::Uuid> = due(&house).iter().map(|delivery| delivery.subscription).collect();
        readings.push(sent);
    }
    let all = readings.concat();
    let mut sorted = all.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!((all.len(), sorted.len()), (8, 8));
    assert!(readings[0].len() < 8 && all != sorted);
}
