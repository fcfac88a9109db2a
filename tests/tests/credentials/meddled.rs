//! Somebody alters what is kept, or takes certificates out of the registration, in the midst of a renewal.

use e2e::registration::said;
use e2e::scene::cast::{APPLICANT, MANAGER, sign_in};

use super::hindered::{obstacles, refused};
use super::{A_DAY, house, kept, phase, refusals, renew, serving, several, someone_applies, until_phase};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_altered_in_the_database_proves_nothing_while_the_running_service_goes_on() {
    let mut house = serving().await;
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    renew(&house);
    let right = kept::first(&house).await;
    // The running service has gone over before.
    several::until(&house, "gone over", |house| {
        house.credentials_status()["instances"][0]["proof"] == right.id.as_str()
    })
    .await;
    let mut altered = right.clone();
    *altered.sealed.last_mut().expect("bytes") ^= 1;
    kept::put(&house, &altered).await;
    let registered = house.thumbprints().await;
    for command in ["status", "verify", "renew", "rollback"] {
        let effects = house.count_effects();
        let refused = house.run(&["credentials", command]);
        let told = said(&refused);
        assert!(!refused.status.success(), "{command}: {told}");
        assert!(
            told.contains("書き換えられています") && told.contains("credential の行を戻して"),
            "{command}: {told}"
        );
        assert_eq!(house.count_effects(), effects, "{command}");
    }
    assert_eq!(house.thumbprints().await, registered);
    someone_applies(&house, &applicant, &manager, "hana.takahashi").await;
    assert!(refusals(&house).is_empty(), "{:?}", refusals(&house));
    house.kill();
    let again = house.run(&["serve"]);
    assert!(
        !again.status.success() && said(&again).contains("a kept credential was altered"),
        "{}",
        said(&again)
    );
    kept::put(&house, &right).await;
    house.serve().await;
    house.tenant.advance(A_DAY).expect("the clock moves");
    until_phase(&house, "removed").await;
    assert!(house.run(&["credentials", "verify"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_former_certificate_there_is_no_way_back_and_the_way_forward_is_open() {
    let house = house("").await;
    let before = house.thumbprints().await;
    renew(&house);
    house.unregister(&before[0]).await;
    let registered = house.thumbprints().await;
    let effects = house.count_effects();
    let back = house.run(&["credentials", "rollback"]);
    let told = said(&back);
    assert!(!back.status.success(), "{told}");
    assert!(
        told.contains("戻せません") && told.contains("`credentials renew`"),
        "{told}"
    );
    assert_eq!(house.count_effects(), effects);
    assert_eq!(
        (phase(&house), house.thumbprints().await),
        ("switched".to_owned(), registered.clone())
    );
    house.tenant.advance(A_DAY).expect("the clock moves");
    renew(&house);
    assert_eq!(
        (phase(&house), house.thumbprints().await),
        ("removed".to_owned(), registered)
    );
    assert!(house.run(&["credentials", "verify"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_certificate_that_somebody_took_out_leaves_the_former_one_which_works_on() {
    let house = house("").await;
    let before = house.thumbprints().await;
    renew(&house);
    let mut new = house.thumbprints().await;
    new.retain(|one| !before.contains(one));
    house.unregister(&new[0]).await;
    // While the former one is registered, whatever looks tells the way back.
    assert_eq!(obstacles(&house), ["newLost"]);
    for command in [
        &["credentials", "renew"][..],
        &["credentials", "plan"],
        &["credentials", "verify"],
        &["doctor"],
    ] {
        let looked = house.run(command);
        let told = said(&looked);
        assert!(
            !looked.status.success() && told.contains("`credentials rollback`"),
            "{command:?}: {told}"
        );
        assert!(!told.contains("renew は何もしません"), "{command:?}: {told}");
    }
    house.tenant.advance(A_DAY).expect("the clock moves");
    let told = refused(&house);
    assert!(
        told.contains("アプリの登録から消えています") && told.contains("`credentials rollback`"),
        "{told}"
    );
    assert_eq!(
        (phase(&house), house.thumbprints().await),
        ("switched".to_owned(), before.clone())
    );
    let plan = house.run(&["setup", "--plan"]);
    assert!(
        said(&plan).contains("PF-Apply"),
        "read by the former one: {}",
        said(&plan)
    );
    let back = house.run(&["credentials", "rollback"]);
    assert!(back.status.success(), "{}", said(&back));
    assert_eq!(
        (phase(&house), house.thumbprints().await),
        ("rolledBack".to_owned(), before)
    );
    renew(&house);
    assert_eq!(
        (phase(&house), house.thumbprints().await.len()),
        ("switched".to_owned(), 2)
    );
}
