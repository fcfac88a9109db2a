//! Two who renew at once, and the service that renews by itself.

use std::time::Duration;

use e2e::administrators;
use e2e::control::rule;
use e2e::house::{House, Wishes, pause};
use e2e::person::Person;
use e2e::post::mails;
use e2e::registration::{OWN, said};
use e2e::scene::cast::ADMINISTRATOR;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{A_DAY, BACKEND, house, phase, renew};

const LOOK: Duration = Duration::from_millis(200);
const LOOKS: u32 = 300;
const SUBJECT: &str = "【要確認】アプリの資格情報";

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_renew_at_once_one_does_it_and_the_other_is_told_who() {
    let house = house("").await;
    let slow = json!({ "host": "graph.microsoft.com", "pathContains": "/addKey" });
    let mut slow = rule(slow, &json!("unavailable"));
    slow["times"] = json!(100_000);
    house.strike(vec![slow]).await;
    let mut first = house.start(&["credentials", "renew"]);
    for _ in 0..LOOKS {
        if phase(&house) == "made" {
            break;
        }
        pause(LOOK).await;
    }
    let second = house.run(&["credentials", "renew"]);
    assert!(
        !second.status.success() && said(&second).contains("command "),
        "{}",
        said(&second)
    );
    house.strike(Vec::new()).await;
    for _ in 0..LOOKS {
        if first.try_wait().is_ok_and(|ended| ended.is_some()) {
            break;
        }
        let pass = house.tenant.advance(SignedDuration::from_secs(5));
        pass.expect("the clock moves");
        pause(LOOK).await;
    }
    assert_eq!(phase(&house), "switched");
    assert_eq!(house.thumbprints().await.len(), 2);
}

/// Time runs until it is so.
pub(crate) async fn until(house: &House, what: &str, is_so: impl Fn(&House) -> bool) {
    for _ in 0..LOOKS {
        if is_so(house) {
            return;
        }
        let pass = house.tenant.advance(SignedDuration::from_secs(30));
        pass.expect("the clock moves");
        pause(LOOK).await;
    }
    panic!("not {what}: {}\n{}", house.credentials_status(), house.log_end());
}

fn go_to(house: &House, moment: &str) {
    let moment: Timestamp = moment.parse().expect("a moment");
    let by = moment.duration_since(house.world().clock.now());
    house.tenant.advance(by).expect("the clock moves");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_february_at_night_the_service_renews_and_removes_by_itself() {
    let mut house = House::build(BACKEND, Wishes::default()).await;
    administrators::appoint(&house, ADMINISTRATOR);
    house.can_renew(true, "");
    house.own_registration().await;
    let before = house.thumbprints().await;
    house.run(&["setup"]);
    // Monday, 1 February 2027: 02:10 in Tokyo.
    go_to(&house, "2027-01-31T17:10:00Z");
    house.serve().await;
    until(&house, "switched", |house| phase(house) == "switched").await;
    house
        .tenant
        .advance(SignedDuration::from_hours(25))
        .expect("the clock moves");
    until(&house, "removed", |house| phase(house) == "removed").await;
    let after = house.thumbprints().await;
    assert!(after.len() == 1 && after != before, "{before:?} {after:?}");
    measured(&house).await;
}

/// The next rehearsal shows monitoring how long the certificate holds. It makes a key: leaps of the clock would take its
/// lease away.
async fn measured(house: &House) {
    for _ in 0..LOOKS {
        if house.metrics().await.contains("credential_seconds_left") {
            return;
        }
        let pass = house.tenant.advance(SignedDuration::from_secs(1));
        pass.expect("the clock moves");
        pause(LOOK).await;
    }
    panic!("nothing is measured\n{}", house.log_end());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_one_stays_until_an_instance_that_could_not_go_over_was_restarted() {
    let mut house = House::build(BACKEND, Wishes::default()).await;
    administrators::appoint(&house, ADMINISTRATOR);
    house.run(&["setup"]);
    house.serve().await;
    // It serves, and knows nothing of a section [credentials].
    house.can_renew(false, "");
    house.own_registration().await;
    renew(&house);
    assert_eq!(phase(&house), "switched");
    house.tenant.advance(A_DAY).expect("the clock moves");
    until(&house, "at work", |house| {
        house.credentials_status()["instances"][0]["proof"] == "configured"
    })
    .await;
    let refused = house.run(&["credentials", "renew"]);
    assert!(
        !refused.status.success() && said(&refused).contains("以前の資格情報で動いているインスタンス"),
        "{}",
        said(&refused)
    );
    assert_eq!(house.thumbprints().await.len(), 2);
    let doctor = said(&house.run(&["doctor"]));
    assert!(doctor.contains("以前の資格情報で動いている"), "{doctor}");
    assert!(doctor.contains("マスターキーのないインスタンス"), "{doctor}");
    let status = house.credentials_status();
    let instance = &status["instances"][0];
    assert_eq!(instance["masterKey"]["state"], "absent", "{status}");
    assert!(
        instance["remedy"]
            .as_str()
            .is_some_and(|remedy| remedy.contains("[credentials]"))
    );
    let told = said(&house.run(&["credentials", "status"]));
    assert!(
        told.contains("マスターキーなし") && told.contains("再起動してください"),
        "{told}"
    );
    house.kill();
    house.serve().await;
    until(&house, "removed", |house| phase(house) == "removed").await;
    until(&house, "given a key", |house| {
        let instance = &house.credentials_status()["instances"][0];
        instance["masterKey"]["state"] == "held" && instance["remedy"].is_null()
    })
    .await;
    assert_eq!(house.thumbprints().await.len(), 1);
}

/// 59 days before it.
fn near_its_end(house: &House) {
    let status = house.credentials_status();
    let ends = status["inUse"][0]["ends"].as_str().expect("an end");
    let ends: Timestamp = ends.parse().expect("a moment");
    let sixty = ends - SignedDuration::from_hours(24 * 59);
    go_to(house, &sixty.to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn w30_whoever_prefers_japanese_reads_why_in_japanese_also_where_the_product_speaks_english() {
    let mut house = House::build(BACKEND, Wishes::default()).await;
    administrators::appoint(&house, ADMINISTRATOR);
    house.can_renew(true, "");
    house.configure(|text| text.replace("[mail]\n", "[mail]\nlanguage = \"en\"\n"));
    house.run(&["setup"]);
    near_its_end(&house);
    house.serve().await;
    let reader = Person::sign_in(&house, ADMINISTRATOR).await;
    until(&house, "told", |house| !mails(house, &reader, SUBJECT).is_empty()).await;
    let text = mails(&house, &reader, SUBJECT).concat();
    assert!(text.contains("同意を与えてください"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_is_told_in_time_what_stands_in_the_way_and_once_a_mark() {
    let mut house = House::build(BACKEND, Wishes::default()).await;
    administrators::appoint(&house, ADMINISTRATOR);
    house.can_renew(true, "");
    house.run(&["setup"]);
    near_its_end(&house);
    house.serve().await;
    let reader = Person::sign_in(&house, ADMINISTRATOR).await;
    let told = |house: &House| mails(house, &reader, SUBJECT).len();
    until(&house, "told", |house| told(house) == 1).await;
    let text = mails(&house, &reader, SUBJECT).concat();
    assert!(
        text.contains("Application.ReadWrite.OwnedBy") && text.contains("60"),
        "{text}"
    );
    house
        .tenant
        .advance(SignedDuration::from_hours(24 * 30))
        .expect("the clock moves");
    until(&house, "told again", |house| told(house) == 2).await;
    let doctor = house.run(&["doctor"]);
    assert!(
        !doctor.status.success() && said(&doctor).contains(&in_the_way(OWN)),
        "{}",
        said(&doctor)
    );
    // Mended since the night's rehearsal.
    house.own_registration().await;
    let doctor = said(&house.run(&["doctor"]));
    assert!(
        doctor.contains("credentials")
            && !doctor.contains(&in_the_way(OWN))
            && !doctor.contains("owners/$ref"),
        "{doctor}"
    );
}

fn in_the_way(permission: &str) -> String {
    format!("異常    credentials: アプリに権限がありません。アプリケーション許可 {permission}")
}
