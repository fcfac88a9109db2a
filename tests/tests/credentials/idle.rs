//! Whoever renews where nothing is to be renewed is told so, why, and until when.

use e2e::registration::said;
use jiff::SignedDuration;

use super::{A_DAY, house, phase, renew};

const A_MONTH: SignedDuration = SignedDuration::from_hours(24 * 30);

#[tokio::test(flavor = "multi_thread")]
async fn within_the_overlap_it_says_until_when_it_does_nothing_and_force_is_refused_with_what_to_do() {
    let house = house("").await;
    renew(&house);
    let registered = house.thumbprints().await;
    let effects = house.count_effects();
    let plan = house.plan();
    assert_eq!(plan["idle"]["why"], "overlap", "{plan}");
    let shown = said(&house.run(&["credentials", "plan"]));
    assert!(shown.contains("まで登録に残ります"), "{shown}");
    let again = renew(&house);
    assert!(
        again.contains("まで登録に残ります") && again.contains("それまで renew は何もしません"),
        "{again}"
    );
    let forced = house.run(&["credentials", "renew", "--force"]);
    let told = said(&forced);
    assert!(
        !forced.status.success() && told.contains("credentials rollback") && told.contains("JST"),
        "{told}"
    );
    assert_eq!(house.count_effects(), effects, "nothing was changed");
    assert_eq!(house.thumbprints().await, registered);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_overlap_force_removes_the_old_one_and_renews_once_more() {
    let house = house("").await;
    renew(&house);
    house.tenant.advance(A_DAY).expect("the clock moves");
    let forced = house.run(&["credentials", "renew", "--force"]);
    assert!(forced.status.success(), "{}", said(&forced));
    let status = house.credentials_status();
    assert_eq!(
        (&status["renewal"]["number"], phase(&house).as_str()),
        (&2.into(), "switched"),
        "{status}"
    );
    assert_eq!(house.thumbprints().await.len(), 2);
    assert!(house.run(&["credentials", "verify"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_young_one_is_left_alone_and_the_plan_says_so_until_it_is_old_enough() {
    let house = house("").await;
    renew(&house);
    house.tenant.advance(A_DAY).expect("the clock moves");
    renew(&house);
    assert_eq!(phase(&house), "removed");
    let plan = house.plan();
    assert_eq!(plan["idle"]["why"], "young", "{plan}");
    let shown = said(&house.run(&["credentials", "plan"]));
    assert!(
        shown.contains("30 日未満") && shown.contains("--force"),
        "{shown}"
    );
    house.tenant.advance(A_MONTH).expect("the clock moves");
    let plan = house.plan();
    assert_eq!(plan["idle"], serde_json::Value::Null, "{plan}");
    renew(&house);
    assert_eq!(house.credentials_status()["renewal"]["number"], 2);
}
