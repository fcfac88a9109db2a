//! What stands in the way is named with its remedy, and nothing is half done.

use std::time::Duration;

use e2e::house::{House, Wishes, pause};
use e2e::registration::{OWN, said};
use jiff::SignedDuration;
use serde_json::json;

use super::{BACKEND, house, phase, renew};

const LOOK: Duration = Duration::from_millis(200);
const LOOKS: u32 = 300;

/// The obstacles that a plan names.
pub(crate) fn obstacles(house: &House) -> Vec<String> {
    let plan = house.plan();
    let obstacles = plan["obstacles"].as_array().cloned().unwrap_or_default();
    let name = |one: &serde_json::Value| one["what"]["obstacle"].as_str().unwrap_or_default().to_owned();
    obstacles.iter().map(name).collect()
}

/// The first line of why a renewal does not begin.
pub(crate) fn refused(house: &House) -> String {
    let effects = house.count_effects();
    let refused = house.run(&["credentials", "renew"]);
    assert!(!refused.status.success(), "{}", said(&refused));
    assert_eq!(house.count_effects(), effects, "nothing was changed");
    said(&refused)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_permission_and_a_missing_owner_are_two_things() {
    let house = House::build(BACKEND, Wishes::default()).await;
    let unconfigured = house.run(&["credentials", "renew"]);
    assert!(
        said(&unconfigured).contains("[credentials]"),
        "{}",
        said(&unconfigured)
    );
    house.can_renew(false, "");
    assert_eq!(obstacles(&house), ["permissionMissing"]);
    assert!(refused(&house).contains(OWN));
    house.consent(OWN);
    assert_eq!(obstacles(&house), ["notOwner"]);
    assert!(refused(&house).contains("owners/$ref"));
    house.own_registration().await;
    assert!(obstacles(&house).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_s_lifetime_is_told_before_anything_is_made_and_even_where_it_cannot_be_read() {
    let house = house("").await;
    let rules = json!({
        "keyCredentials": [{
            "restrictionType": "asymmetricKeyLifetime", "state": "enabled", "maxLifetime": "P90D",
            "restrictForAppsCreatedAfterDateTime": "2000-01-01T00:00:00Z",
        }],
        "passwordCredentials": [],
    });
    house.forbid(&rules).await;
    // Without Policy.Read.All the refusal itself tells.
    assert!(obstacles(&house).is_empty());
    let done = house.run(&["credentials", "renew"]);
    assert!(
        !done.status.success() && said(&done).contains("CredentialInvalidLifetime"),
        "{}",
        said(&done)
    );
    assert_eq!(house.thumbprints().await.len(), 1);
    assert!(house.run(&["credentials", "rollback"]).status.success());
    house.consent("Policy.Read.All");
    house.consent("Application.Read.All");
    assert_eq!(obstacles(&house), ["lifetimeForbidden"]);
    assert!(refused(&house).contains("lifetime_days"));
    house.configure(|text| {
        text.replace(
            "[credentials.renewal]\n",
            "[credentials.renewal]\nlifetime_days = 80\n",
        )
    });
    renew(&house);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_master_key_is_refused_overwrites_nothing_and_the_right_one_goes_on() {
    let house = house("").await;
    renew(&house);
    let master = house.file("master.key");
    std::fs::rename(&master, house.file("right.key")).expect("the key is moved");
    let made = house.run(&["credentials", "master-key", &master]);
    assert!(made.status.success(), "{}", said(&made));
    let wrong = house.run(&["doctor"]);
    assert!(
        !wrong.status.success() && said(&wrong).contains("master key"),
        "{}",
        said(&wrong)
    );
    let rewrap = house.run(&["credentials", "rewrap"]);
    assert!(!rewrap.status.success(), "{}", said(&rewrap));
    // Both are named: everything goes under the new one, and the old one is no longer needed.
    house.configure(|text| {
        let former = "former_master_keys = [{ file = \"right.key\" }]\n[credentials.automatic]\n";
        text.replace("[credentials.automatic]\n", former)
    });
    assert_eq!(phase(&house), "switched");
    let rewrap = house.run(&["credentials", "rewrap"]);
    assert!(
        rewrap.status.success() && said(&rewrap).starts_with("1 "),
        "{}",
        said(&rewrap)
    );
    std::fs::remove_file(house.file("right.key")).expect("the old key is gone");
    assert!(house.run(&["credentials", "verify"]).status.success());
}

/// An hour after the end of the certificate.
fn run_out(house: &House) {
    let plan = house.plan();
    let ends = plan["plan"]["old"]["ends"].as_str().expect("an end");
    let ends: jiff::Timestamp = ends.parse().expect("a moment");
    let past = ends.duration_since(house.world().clock.now()) + SignedDuration::from_hours(1);
    house.tenant.advance(past).expect("the clock moves");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_looks_first_after_he_has_registered_the_new_one_is_not_sent_round_in_a_circle() {
    let house = house("").await;
    run_out(&house);
    assert!(!house.run(&["credentials", "renew"]).status.success());
    let unregistered = house.run(&["credentials", "plan"]);
    assert!(
        !unregistered.status.success() && said(&unregistered).contains("障害: 今の資格情報は"),
        "{}",
        said(&unregistered)
    );
    let expiries = said(&house.run(&["expiries"]));
    assert!(expiries.contains("(期限切れ、手作業)"), "{expiries}");
    let pem = house.run(&["credentials", "certificate"]);
    house.register(&pem.stdout).await;
    let registered = house.run(&["credentials", "plan"]);
    assert!(
        registered.status.success() && said(&registered).contains("renew はこの続きから進みます"),
        "{}",
        said(&registered)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_one_that_ran_out_is_replaced_once_somebody_has_registered_the_new_one() {
    let house = house("").await;
    run_out(&house);
    let verified = house.run(&["credentials", "verify"]);
    assert!(
        !verified.status.success() && said(&verified).contains("期限が切れました"),
        "never passed over: {}",
        said(&verified)
    );
    let early = house.run(&["credentials", "certificate"]);
    assert!(
        !early.status.success() && said(&early).contains("先に `provisioning-flow credentials renew`"),
        "{}",
        said(&early)
    );
    let doctor = said(&house.run(&["doctor"]));
    assert_eq!(doctor.matches("異常    credentials: ").count(), 1, "{doctor}");
    let unknown: Vec<_> = doctor
        .lines()
        .filter(|line| line.starts_with("確認不能"))
        .collect();
    assert!(!unknown.is_empty(), "{doctor}");
    for line in unknown {
        assert!(!line.contains("Credentials("), "{line}");
    }
    let stopped = house.run(&["credentials", "renew"]);
    assert!(
        !stopped.status.success() && said(&stopped).contains("credentials certificate"),
        "{}",
        said(&stopped)
    );
    assert_eq!(phase(&house), "made");
    let pem = house.run(&["credentials", "certificate"]);
    assert!(
        pem.status.success() && !said(&pem).contains("PRIVATE"),
        "{}",
        said(&pem)
    );
    house.register(&pem.stdout).await;
    renew(&house);
    assert_eq!(phase(&house), "switched");
    assert!(house.run(&["credentials", "verify"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_spread_is_waited_for_then_told_and_gone_on_with_and_the_old_one_works_meanwhile() {
    let house = house("patience = 5").await;
    house.switch(|switches| switches.entra.credential_lag_seconds = 4 * 3_600);
    let mut waiting = house.start(&["credentials", "renew"]);
    for _ in 0..LOOKS {
        if phase(&house) == "added" {
            break;
        }
        pause(LOOK).await;
    }
    assert!(waiting.try_wait().is_ok_and(|ended| ended.is_none()), "it waits");
    assert!(
        house.run(&["credentials", "verify"]).status.success(),
        "the old one works"
    );
    house
        .tenant
        .advance(SignedDuration::from_mins(6))
        .expect("the clock moves");
    let ended = waiting.wait().expect("it ends");
    assert!(!ended.success() && phase(&house) == "added");
    let told = house.run(&["credentials", "renew"]);
    assert!(
        !told.status.success() && said(&told).contains("行き渡って"),
        "{}",
        said(&told)
    );
    house
        .tenant
        .advance(SignedDuration::from_hours(9))
        .expect("the clock moves");
    renew(&house);
    assert_eq!(phase(&house), "switched");
    assert_eq!(house.thumbprints().await.len(), 2);
}
