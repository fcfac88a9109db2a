//! Budgets of resource units, blocks, and what was used, over the wire.

use reqwest::Response;
use serde_json::{Value, json};

use super::house::{House, app_named};
use crate::seed::ALMIGHTY;
use crate::sharepoint::state::ids::{ItemId, ScopeId};
use crate::sharepoint::state::scope::Scope;

const WEB: &str = "https://contoso.sharepoint.com/sites/flow/_api/web";

async fn read(house: &House) -> Response {
    house.call("GET", WEB).send().await.unwrap()
}

fn header<'a>(answer: &'a Response, name: &str) -> Option<&'a str> {
    answer.headers().get(name).map(|value| value.to_str().unwrap())
}

async fn limit(house: &House, minute: u64) {
    let limits = json!({"minute": minute, "day": 1_000, "tenantFiveMinutes": 1_000});
    let switches = json!({"resource_units": {"limits": limits}});
    assert_eq!(house.control("PUT", "/switches", switches).await.status(), 200);
}

#[tokio::test]
async fn a_spent_minute_is_refused_and_comes_back() {
    let house = House::open().await;
    limit(&house, 5).await;
    for _ in 0..3 {
        assert_eq!(header(&read(&house).await, "ratelimit-limit"), None);
    }
    let near = read(&house).await;
    assert_eq!(near.status(), 200);
    assert_eq!(header(&near, "ratelimit-limit"), Some("5"));
    assert_eq!(header(&near, "ratelimit-remaining"), Some("1"));
    assert_eq!(read(&house).await.status(), 200);
    let refused = read(&house).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(header(&refused, "ratelimit-remaining"), Some("0"));
    let wait: i64 = header(&refused, "retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait));
    house
        .control("POST", "/clock/advance", json!({"seconds": wait}))
        .await;
    assert_eq!(read(&house).await.status(), 200);
    house.running.stop().await;
}

#[tokio::test]
async fn what_an_app_used_is_told_and_set_back() {
    let house = House::open().await;
    house.make_list().await;
    read(&house).await;
    let app = app_named(&house.running.world, ALMIGHTY).app_id.0.to_string();
    let usage = house.look("/usage").await;
    let used = &usage["apps"][&app];
    assert_eq!((&used["requests"], &used["writes"]), (&json!(2), &json!(1)));
    assert_eq!(used["resourceUnits"], 3);
    let body = json!({"Title": "Things", "BaseTemplate": 100}).to_string().len();
    assert_eq!(used["bytesReceived"], body);
    assert_eq!(
        usage["lists"]["/sites/flow/Lists/Things"],
        json!({"items": 0, "uniqueScopes": 0})
    );
    assert_eq!(house.control("DELETE", "/usage", Value::Null).await.status(), 204);
    assert_eq!(house.look("/usage").await["apps"][&app]["requests"], 0);
    house.running.stop().await;
}

#[tokio::test]
async fn a_blocked_app_gets_503_alone_until_it_is_let_in_again() {
    let house = House::open().await;
    let app = app_named(&house.running.world, ALMIGHTY).app_id.0;
    let path = format!("/usage/{app}/block");
    assert_eq!(house.control("PUT", &path, Value::Null).await.status(), 204);
    let refused = read(&house).await;
    assert_eq!(refused.status(), 503);
    assert_eq!(header(&refused, "retry-after"), None);
    assert_eq!(house.control("DELETE", &path, Value::Null).await.status(), 204);
    assert_eq!(read(&house).await.status(), 200);
    house.running.stop().await;
}

#[tokio::test]
async fn many_scopes_in_a_list_cost_more_units() {
    let house = House::open().await;
    house.make_list().await;
    let url = format!("{WEB}/lists/getbytitle('Things')/items");
    let item = json!({"Title": "one"});
    house.call("POST", &url).json(&item).send().await.unwrap();
    let app = app_named(&house.running.world, ALMIGHTY).app_id.0.to_string();
    let mut costs = Vec::new();
    for scopes in [5_000, 5_001, 10_001] {
        seal(&house, scopes);
        house.control("DELETE", "/usage", Value::Null).await;
        house.call("GET", &url).send().await.unwrap();
        costs.push(house.look("/usage").await["apps"][&app]["resourceUnits"].clone());
    }
    assert_eq!(costs, [1, 2, 3]);
    house.running.stop().await;
}

/// Makes the list hold so many scopes.
fn seal(house: &House, scopes: u32) {
    let mut tenant = house.running.world.tenant();
    let mut lists = tenant.sharepoint.sites[0].lists.values_mut();
    let items = &mut lists.find(|list| list.title == "Things").unwrap().items;
    let first = items[&ItemId(1)].clone();
    for id in 2..scopes + 2 {
        let mut item = first.clone();
        (item.id, item.leaf) = (ItemId(id), format!("{id}_.000"));
        item.scope = Some(Scope::empty(ScopeId(uuid::Uuid::from_u128(id.into()))));
        items.insert(item);
    }
}

#[tokio::test]
async fn what_an_app_spends_of_graph_is_refused_part_by_part() {
    let house = House::open().await;
    let limits = json!({"units": 5, "writes": 9, "mailbox": 9, "mailboxAtOnce": 9});
    let switches = json!({"graph_budgets": {"limits": limits}, "calls_are_kept": true});
    assert_eq!(house.control("PUT", "/switches", switches).await.status(), 200);
    let users = "https://graph.microsoft.com/v1.0/users?$top=100";
    assert_eq!(house.call("GET", users).send().await.unwrap().status(), 200);
    let read = |id: &str| json!({"id": id, "method": "GET", "url": "/users?$top=100"});
    let batch = json!({ "requests": [read("1"), read("2"), read("3")] });
    let url = "https://graph.microsoft.com/v1.0/$batch";
    let answer = house.call("POST", url).json(&batch).send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    let status = |at: usize| &answer["responses"][at]["status"];
    assert_eq!([0, 1, 2].map(status), [200, 200, 429]);
    let refused = house.call("GET", users).send().await.unwrap();
    assert_eq!(refused.status(), 429);
    assert_eq!(
        header(&refused, "x-ms-throttle-information"),
        Some("ResourceUnitLimitExceeded")
    );
    let wait: i64 = header(&refused, "retry-after").unwrap().parse().unwrap();
    assert!((1..=10).contains(&wait));
    house
        .control("POST", "/clock/advance", json!({"seconds": wait}))
        .await;
    assert_eq!(house.call("GET", users).send().await.unwrap().status(), 200);
    let kept = house.look("/ledger").await["operations"].clone();
    let statuses: Vec<&Value> = kept
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["status"])
        .collect();
    // One, three parts and their batch, one that was refused, one that was let in again.
    assert_eq!(statuses, [200, 200, 200, 429, 200, 429, 200]);
    house.running.stop().await;
}
