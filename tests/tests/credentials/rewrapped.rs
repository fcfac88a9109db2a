//! Another master key: everything is put under it while people ask and are hired, and the former one is needed no more.

use std::time::Duration;

use e2e::administrators;
use e2e::api::{ApiToken, grant_web_parts};
use e2e::asking::Asking;
use e2e::house::{House, Wishes};
use e2e::registration::said;
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, MANAGER, sign_in};

use super::{A_DAY, BACKEND, kept, phase, renew, several, someone_applies, until_phase};

/// Twenty times a second.
const BETWEEN: Duration = Duration::from_millis(50);
const ONE: &str = "master_key = { file = \"master.key\" }";
const BOTH: &str = "master_key = { file = \"new.key\" }\nformer_master_keys = [{ file = \"master.key\" }]";
const OTHER: &str = "master_key = { file = \"new.key\" }";

/// A house with columns under a data key, that proves itself by a certificate of the product's own making.
async fn renewed() -> House {
    let mut house = House::build(BACKEND, Wishes::default()).await;
    administrators::appoint(&house, ADMINISTRATOR);
    house.can_renew(false, "");
    house.configure(|text| text.replace("[database]\n", "[database]\nencrypted = true\n"));
    grant_web_parts(&house);
    house.own_registration().await;
    house.log_everything();
    house.serve().await;
    let setup = house.run(&["setup"]);
    assert!(setup.status.success(), "{}", said(&setup));
    renew(&house);
    house.tenant.advance(A_DAY).expect("the clock moves");
    until_phase(&house, "removed").await;
    house
}

/// The name of the master key that was made, by what was said of it.
fn key_made(told: &str) -> String {
    let name = told.split_whitespace().nth(1);
    name.unwrap_or_else(|| panic!("no name: {told}")).to_owned()
}

async fn restart(house: &mut House) {
    house.kill();
    house.serve().await;
}

async fn uses(house: &House, credential: &str) {
    several::until(house, "gone over", |house| {
        let status = house.credentials_status();
        let instances = status["instances"].as_array().cloned().unwrap_or_default();
        // One that was ended a moment ago may still be shown.
        instances
            .iter()
            .any(|one| one["proof"].as_str() == Some(credential))
    })
    .await;
}

/// Some instance has said so of its master key, beside ours.
async fn has_key(house: &House, state: &str) {
    several::until(house, state, |house| {
        let status = house.credentials_status();
        let instances = status["instances"].as_array().cloned().unwrap_or_default();
        instances.iter().any(|one| one["masterKey"]["state"] == state)
    })
    .await;
}

/// The running instance has the former key alone until it is restarted.
async fn name_both(house: &mut House) {
    house.configure(|text| text.replace(ONE, BOTH));
    has_key(house, "other").await;
    restart(house).await;
    has_key(house, "held").await;
}

fn all_is_well(house: &House) {
    for check in [&["credentials", "verify"][..], &["verify-journal"], &["doctor"]] {
        let checked = house.run(check);
        assert!(checked.status.success(), "{check:?}: {}", said(&checked));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_master_key_takes_over_under_load_and_the_former_one_is_needed_no_more() {
    let mut house = renewed().await;
    let made = house.run(&["credentials", "master-key", &house.file("new.key")]);
    let new = key_made(&said(&made));
    name_both(&mut house).await;
    let process = house.process();
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let tokens = vec![
        ApiToken::of(&house, &applicant).await,
        ApiToken::of(&house, &manager).await,
    ];
    let asking = Asking::begin(tokens, BETWEEN);
    someone_applies(&house, &applicant, &manager, "hana1.takahashi").await;
    assert_ne!(
        kept::first(&house).await.master,
        new,
        "it lies under the former one"
    );
    let rewrap = house.run(&["credentials", "rewrap"]);
    assert!(rewrap.status.success(), "{}", said(&rewrap));
    assert!(
        said(&rewrap).contains(&format!("2 件をマスターキー {new} の下に")),
        "the certificate and the data key: {}",
        said(&rewrap)
    );
    // The running service still names a former key that is gone from now on.
    house.configure(|text| text.replace(BOTH, OTHER));
    std::fs::remove_file(house.file("master.key")).expect("the former key");
    someone_applies(&house, &applicant, &manager, "hana2.takahashi").await;
    let renewal = house.run(&["credentials", "renew", "--force"]);
    assert!(renewal.status.success(), "{}", said(&renewal));
    assert_eq!(phase(&house), "switched");
    let next = kept::first(&house).await;
    assert_eq!(next.master, new, "a new one lies under the new key");
    uses(&house, &next.id).await;
    someone_applies(&house, &applicant, &manager, "hana3.takahashi").await;
    let heard = asking.end().await;
    assert!(heard.refused.is_empty() && heard.asked > 0, "{heard:#?}");
    assert_eq!(house.process(), process, "never restarted");
    restart(&mut house).await;
    all_is_well(&house);
    let again = house.run(&["credentials", "rewrap"]);
    assert!(
        said(&again).contains("0 件を"),
        "nothing is left: {}",
        said(&again)
    );
}
