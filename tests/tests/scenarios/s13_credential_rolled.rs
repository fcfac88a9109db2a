//! 13 証明書の更新: while ten applications are carried out, the app's certificate and secret are renewed by the command, the
//! running service goes over, and the old certificate is removed. Everything ends, and nothing is done twice.

use e2e::administrators;
use e2e::control::rule;
use e2e::forms;
use e2e::house::{House, Wishes, pause};
use e2e::ledger;
use e2e::offer::managers_approval;
use e2e::person::Person;
use e2e::registration::said;
use e2e::rows::INBOX;
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, MANAGER, sign_in};
use e2e::scene::{MANAGERS_STEP, item_of, vote};
use jiff::SignedDuration;
use serde_json::json;

use crate::company::BACKEND;

const JOBS: usize = 10;
const LOOK: std::time::Duration = std::time::Duration::from_millis(200);
const LOOKS: u32 = 300;

/// A house that serves and can renew; nobody but the test does.
async fn house() -> House {
    let mut house = House::build(BACKEND, Wishes::default()).await;
    administrators::appoint(&house, ADMINISTRATOR);
    house.can_renew(false, "secret = true");
    house.own_registration().await;
    house.offer_steps(&[managers_approval(&json!({}))]);
    house.run(&["setup"]);
    house.serve().await;
    house
}

/// Renewed by the command while the service runs; once that works by the new certificate, the old one is taken away.
async fn roll(house: &House) {
    let before = house.thumbprints().await;
    let renewed = house.run(&["credentials", "renew"]);
    assert!(renewed.status.success(), "{}", said(&renewed));
    for _ in 0..LOOKS {
        if house.credentials_status()["instances"][0]["proof"] != "configured" {
            break;
        }
        pause(LOOK).await;
    }
    let status = house.credentials_status();
    assert_ne!(status["instances"][0]["proof"], "configured", "{status}");
    remove_the_old_one(house);
    let after = house.thumbprints().await;
    assert!(after.len() == 1 && !before.contains(&after[0]), "{after:?}");
}

/// As an administrator who does not wait for the overlap to end.
fn remove_the_old_one(house: &House) {
    let ours = house.our_app().app_id;
    let mut tenant = house.world().tenant();
    let app = tenant.directory.apps.get_mut(&ours).expect("our registration");
    let (_, old) = app.certificates.split_last_mut().expect("certificates");
    for one in old {
        one.removed = true;
    }
}

/// Time runs: pauses after refusals end.
async fn all_are(house: &House, by: &Person, rows: &[i64], state: &str) {
    for row in rows {
        for _ in 0..LOOKS {
            let seen = by.read(INBOX, *row).await.expect("his own row");
            if seen["PFStatus"] == state {
                break;
            }
            let pass = house.tenant.advance(SignedDuration::from_secs(5));
            pass.expect("the clock's file");
            pause(LOOK).await;
        }
        let seen = by.read(INBOX, *row).await.expect("his own row");
        assert_eq!(seen["PFStatus"], state, "{}", house.log_end());
    }
}

/// How often each account was made.
fn created(house: &House) -> Vec<usize> {
    let once = ledger::once(house);
    let made = once
        .iter()
        .filter(|(key, _)| key.starts_with("graph:create:user:"));
    made.map(|(_, times)| *times).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn s13_the_certificate_is_rolled_while_ten_applications_are_carried_out() {
    let house = house().await;
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let mut rows = Vec::new();
    for number in 0..JOBS {
        let form = forms::account(&house, &format!("hana{number}.takahashi"));
        rows.push(applicant.add(INBOX, &forms::application(&form)).await);
    }
    let mut items = Vec::new();
    for row in &rows {
        items.push(item_of(&house, &applicant, &manager, *row).await);
    }
    // Nobody can be created meanwhile, so that all ten are under way when it happens.
    let creation = json!({ "host": "graph.microsoft.com", "method": "POST", "pathContains": "/users" });
    let mut busy = rule(creation, &json!("unavailable"));
    busy["times"] = json!(100_000);
    house.strike(vec![busy]).await;
    for item in items {
        vote(&house, &manager, item, MANAGERS_STEP).await;
    }
    all_are(&house, &applicant, &rows, "EX").await;
    assert!(created(&house).is_empty(), "they are being carried out");
    let process = house.process();
    roll(&house).await;
    house.strike(Vec::new()).await;
    all_are(&house, &applicant, &rows, "CO").await;
    assert_eq!(created(&house), [1; JOBS], "each account once");
    assert_eq!(house.process(), process, "never restarted");
    assert!(house.run(&["doctor"]).status.success());
    assert!(house.run(&["verify-journal"]).status.success());
}
