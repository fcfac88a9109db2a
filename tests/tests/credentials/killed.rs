//! `kill -9` at every boundary: the next run goes on, and what is left is what an undisturbed run leaves.

use std::process::{Command, Stdio};
use std::time::Duration;

use e2e::control::rule;
use e2e::house::{House, pause};
use e2e::registration::said;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{house, phase, renew};

/// Longer than the lease of whoever was killed.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_mins(4);
const LOOK: Duration = Duration::from_millis(100);
const LOOKS: u32 = 300;

fn on(path: &str, kind: &str) -> Value {
    let matching = json!({ "host": "graph.microsoft.com", "pathContains": path });
    let mut rule = rule(matching, &json!(kind));
    rule["times"] = json!(1);
    rule
}

/// Begins, and is killed as soon as the rules have struck.
async fn killed_at(house: &House, rules: Vec<Value>) {
    house.strike(rules).await;
    let mut child = house.start(&["credentials", "renew"]);
    for _ in 0..LOOKS {
        if house.unstruck().await.is_empty() || child.try_wait().is_ok_and(|ended| ended.is_some()) {
            break;
        }
        pause(LOOK).await;
    }
    assert!(house.unstruck().await.is_empty(), "never struck");
    let _ = child.kill();
    let _ = child.wait();
    house.strike(Vec::new()).await;
    house.tenant.advance(LEASE).expect("the clock moves");
}

pub(crate) async fn assert_whole(house: &House, before: &[String]) {
    let report = renew(house);
    assert_eq!(phase(house), "removed", "{report}");
    let after = house.thumbprints().await;
    assert!(
        after.len() == 1 && !before.contains(&after[0]),
        "{before:?} {after:?}"
    );
    let registration = house.registration().await;
    let secrets = registration["passwordCredentials"].as_array().map(Vec::len);
    assert_eq!(secrets, Some(1), "{registration}");
    assert!(house.run(&["credentials", "verify"]).status.success());
    assert!(
        house
            .run(&["credentials", "secret", &house.file("secret")])
            .status
            .success()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn before_and_after_each_write_and_after_the_switch() {
    let house = house("secret = true").await;
    let before = house.thumbprints().await;
    // Planned and made; nothing is registered.
    killed_at(&house, vec![on("/addKey", "unavailable")]).await;
    assert_eq!(phase(&house), "made");
    // Registered, and the answer lost.
    killed_at(&house, vec![on("/addKey", "resetAfter")]).await;
    assert_eq!(house.thumbprints().await.len(), 2);
    // A secret whose text nobody knows.
    killed_at(&house, vec![on("/addPassword", "resetAfter")]).await;
    // Everything is registered, nothing proven.
    let site = json!({ "host": "contoso.sharepoint.com" });
    let mut site = rule(site, &json!("unavailable"));
    site["times"] = json!(1);
    killed_at(&house, vec![site]).await;
    assert_eq!(phase(&house), "added");
    assert_eq!(house.thumbprints().await.len(), 2, "registered once");
    renew(&house);
    assert_eq!(phase(&house), "switched");
    house
        .tenant
        .advance(SignedDuration::from_hours(25))
        .expect("the clock moves");
    // The old one is out, and the answer lost.
    killed_at(&house, vec![on("/removeKey", "resetAfter")]).await;
    assert_whole(&house, &before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_is_gone_to_its_end_too() {
    let house = house("").await;
    let before = house.thumbprints().await;
    renew(&house);
    house.strike(vec![on("/removeKey", "resetAfter")]).await;
    let mut child = house.start(&["credentials", "rollback"]);
    for _ in 0..LOOKS {
        if house.unstruck().await.is_empty() {
            break;
        }
        pause(LOOK).await;
    }
    let _ = child.kill();
    let _ = child.wait();
    house.strike(Vec::new()).await;
    house.tenant.advance(LEASE).expect("the clock moves");
    assert!(house.run(&["credentials", "rollback"]).status.success());
    assert_eq!(phase(&house), "rolledBack");
    assert_eq!(house.thumbprints().await, before);
}

/// Presses Ctrl-C.
fn interrupt(process: u32) {
    let mut kill = Command::new("kill");
    let done = kill.args(["-INT", &process.to_string()]).status();
    assert!(done.is_ok_and(|done| done.success()));
}

#[tokio::test(flavor = "multi_thread")]
async fn by_hand_it_ends_at_once_and_says_how_it_goes_on() {
    let house = house("").await;
    let refusing = json!({ "host": "graph.microsoft.com", "pathContains": "/addKey" });
    house.strike(vec![rule(refusing, &json!("unavailable"))]).await;
    let mut renewing = house.command(&["credentials", "renew"]);
    let renewing = renewing.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut renewing = renewing.expect("it starts");
    for _ in 0..LOOKS {
        if phase(&house) == "made" {
            break;
        }
        pause(LOOK).await;
    }
    assert!(renewing.try_wait().is_ok_and(|ended| ended.is_none()), "it waits");
    interrupt(renewing.id());
    let ended = renewing.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(130));
    assert!(said(&ended).contains("3 分後"), "{}", said(&ended));
    house.strike(Vec::new()).await;
    house.tenant.advance(LEASE).expect("the clock moves");
    renew(&house);
    assert_eq!(phase(&house), "switched");
    assert_eq!(house.thumbprints().await.len(), 2, "registered once");
}
