//! The app loses a permission: what needs it waits, administrators are told once, and it goes on when it is given back.

use e2e::house::{House, pause};
use e2e::person::Person;
use e2e::post;
use e2e::scene::cast::ADMINISTRATOR;
use jiff::SignedDuration;
use serde_json::json;

use super::stage::{Kind, ONE_EXPERT, SUBJECT, Stage};

/// Without it nobody's sign-in can be allowed again.
const PERMISSION: &str = "User.ReadWrite.All";
/// What it held beside it: people are still read.
const READING: &str = "User.Read.All";
const SUBJECT_OF_MAIL: &str = "【要確認】Microsoft 365 がアプリの操作を拒否しています";
const LOOK: std::time::Duration = std::time::Duration::from_millis(200);
const LOOKS: usize = 600;
/// Longer than a token lives.
const LATER: SignedDuration = SignedDuration::from_hours(2);

fn narrow(house: &House) {
    let ours = house.our_app().app_id;
    let mut tenant = house.world().tenant();
    let app = tenant.directory.apps.get_mut(&ours).expect("our registration");
    for roles in app.roles.values_mut() {
        if roles.remove(PERMISSION) {
            roles.insert(READING.to_owned());
        }
    }
    drop(tenant);
    house.tenant.advance(LATER).expect("the clock moves");
}

/// Waits for the mail, then grants the permission again.
async fn mended(stage: &Stage, administrator: &Person) -> String {
    for _ in 0..LOOKS {
        let told = post::mails(&stage.house, administrator, SUBJECT_OF_MAIL);
        if let Some(told) = told.into_iter().next() {
            stage.house.consent(PERMISSION);
            stage.house.tenant.advance(LATER).expect("the clock moves");
            return told;
        }
        pause(LOOK).await;
    }
    panic!("nobody was told\n{}", stage.house.log_end());
}

#[tokio::test(flavor = "multi_thread")]
async fn x09_a_permission_that_was_withdrawn_is_told_once_and_the_application_goes_on_when_it_is_back() {
    let stage = Stage::new().await;
    stage.change_user(SUBJECT, |user| user.account_enabled = false);
    narrow(&stage.house);
    let administrator = Person::sign_in(&stage.house, ADMINISTRATOR).await;
    let kind = Kind {
        workflow: "user-allow",
        last: ONE_EXPERT,
    };
    let form = json!({ "user": stage.person(SUBJECT), "reason": "復職のため" });
    let (_, told) = tokio::join!(stage.carry_out(kind, &form), mended(&stage, &administrator));
    assert!(told.contains(PERMISSION), "{told}");
    assert_eq!(stage.picture(SUBJECT)["user"]["account_enabled"], true);
    stage.settle().await;
    let mails = post::mails(&stage.house, &administrator, SUBJECT_OF_MAIL);
    assert_eq!(mails.len(), 1, "once for one reason: {mails:#?}");
}
