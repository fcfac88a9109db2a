//! Each kind of fault as a client feels it.

use reqwest::{Client, Response};
use serde_json::{Value, json};

use super::house::House;

const USERS: &str = "https://graph.microsoft.com/v1.0/users";

impl House {
    async fn plan(&self, plan: Value) {
        let answer = self.control("PUT", "/faults", plan).await;
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    }

    async fn users(&self, client: &Client) -> reqwest::Result<Response> {
        self.call_by(client, "GET", USERS).send().await
    }
}

/// No status, and not for want of a connection: nobody can tell what became of the call.
fn is_reset(outcome: reqwest::Result<Response>) -> bool {
    outcome.is_err_and(|error| error.is_request() && !error.is_connect() && error.status().is_none())
}

#[tokio::test]
async fn throttling_tells_when_to_come_back_and_ends_after_its_number() {
    let house = House::open().await;
    let client = house.http1();
    let rule = json!({"match": {"host": "graph.microsoft.com"}, "kind": {"throttle": {"retryAfter": "1.5"}}, "times": 2});
    house.plan(json!({ "rules": [rule] })).await;
    for _ in 0..2 {
        let refused = house.users(&client).await.unwrap();
        assert_eq!(refused.status(), 429);
        assert_eq!(refused.headers()["retry-after"], "1.5");
        let body: Value = refused.json().await.unwrap();
        assert_eq!(body["error"]["code"], "TooManyRequests");
    }
    assert_eq!(house.users(&client).await.unwrap().status(), 200);
    house.running.stop().await;
}

#[tokio::test]
async fn unavailability_has_no_effect_and_names_no_time() {
    let house = House::open().await;
    let client = house.http1();
    house.plan(json!({"rules": [{"kind": "unavailable"}]})).await;
    let refused = house.create_user(&client, "mei").await.unwrap();
    assert_eq!(refused.status(), 503);
    assert!(!refused.headers().contains_key("retry-after"));
    assert_eq!(house.effects("graph:create:user"), Vec::<String>::new());
    house.running.stop().await;
}

#[tokio::test]
async fn a_reset_before_leaves_nothing_and_a_reset_after_the_effect_leaves_it_without_an_answer() {
    let house = House::open().await;
    for client in [house.http1(), house.any_protocol()] {
        let before = json!({"match": {"pathContains": "/users"}, "kind": "resetBefore"});
        house.plan(json!({ "rules": [before] })).await;
        let known = house.effects("graph:create:user").len();
        let name = format!("mei{known}");
        assert!(is_reset(house.create_user(&client, &name).await));
        assert_eq!(house.effects("graph:create:user").len(), known);

        let after = json!({"match": {"effectPrefix": "graph:create:user"}, "kind": "resetAfter"});
        house.plan(json!({ "rules": [after] })).await;
        assert_eq!(house.users(&client).await.unwrap().status(), 200);
        assert!(is_reset(house.create_user(&client, &name).await));
        assert_eq!(house.effects("graph:create:user").len(), known + 1);
        assert_eq!(house.create_user(&client, &name).await.unwrap().status(), 400);
    }
    house.running.stop().await;
}

#[tokio::test]
async fn a_reset_after_a_reading_needs_no_effect() {
    let house = House::open().await;
    let client = house.http1();
    house
        .plan(json!({"rules": [{"kind": "resetAfter", "skip": 1}]}))
        .await;
    assert_eq!(house.users(&client).await.unwrap().status(), 200);
    assert!(is_reset(house.users(&client).await));
    assert_eq!(house.users(&client).await.unwrap().status(), 200);
    house.running.stop().await;
}

#[tokio::test]
async fn a_slow_answer_outlives_an_impatient_client_but_its_effect_stands() {
    let house = House::open().await;
    let client = house.http1();
    let slow = json!({"match": {"effectPrefix": "graph:create:user"}, "kind": {"slow": {"millis": 60_000}}});
    house.plan(json!({ "rules": [slow] })).await;
    let impatient = house.impatient();
    let late = house.create_user(&impatient, "mei").await;
    assert!(late.is_err_and(|error| error.is_timeout()));
    assert_eq!(house.effects("graph:create:user").len(), 1);
    assert_eq!(house.users(&client).await.unwrap().status(), 200);
    house.running.stop().await;
}

#[tokio::test]
async fn a_plan_that_cannot_be_is_refused_with_the_field_and_the_old_one_goes_on() {
    let house = House::open().await;
    house
        .plan(json!({"rules": [{"kind": "unavailable", "times": 9}]}))
        .await;
    let early = json!({"rules": [{"match": {"effectPrefix": "graph:"}, "kind": "resetBefore"}]});
    let refused = house.control("PUT", "/faults", early).await;
    assert_eq!(refused.status(), 400);
    assert!(refused.text().await.unwrap().contains("match.effectPrefix"));
    assert_eq!(house.look("/faults").await["rules"][0]["times"], 9);
    house.running.stop().await;
}

#[tokio::test]
async fn a_batch_half_fails_and_what_depends_on_the_struck_part_is_not_done() {
    let house = House::open().await;
    let rule = json!({"match": {"pathContains": "/groups"}, "kind": {"throttle": {"retryAfter": "2"}}});
    house.plan(json!({ "rules": [rule] })).await;
    let group =
        json!({"displayName": "a", "mailNickname": "a", "mailEnabled": false, "securityEnabled": true});
    let request = |id: &str, method: &str, url: &str, after: &[&str]| {
        json!({"id": id, "method": method, "url": url, "dependsOn": after, "body": group,
            "headers": {"Content-Type": "application/json"}})
    };
    let batch = json!({"requests": [
        request("1", "POST", "/groups", &[]),
        request("2", "POST", "/groups", &["1"]),
        {"id": "3", "method": "GET", "url": "/users"},
        request("4", "POST", "/groups", &[]),
    ]});
    let url = "https://graph.microsoft.com/v1.0/$batch";
    let answer = house.call("POST", url).json(&batch).send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    let responses = answer["responses"].as_array().unwrap();
    let statuses: Vec<u64> = responses
        .iter()
        .map(|one| one["status"].as_u64().unwrap())
        .collect();
    assert_eq!(statuses, [429, 424, 200, 201]);
    assert_eq!(responses[0]["headers"]["Retry-After"], "2");
    assert_eq!(house.effects("graph:create:group").len(), 1);
    house.running.stop().await;
}
