//! 13 証明書の更新: while ten applications are carried out, the app's certificate is rolled: the new one is added, the
//! service goes over to it, and the old one is removed. Everything ends, and nothing is done twice.

use dev_tenant::directory::AppCertificate;
use dev_tenant::seed::certificate_file;
use e2e::forms;
use e2e::house::House;
use e2e::ledger;
use e2e::offer::managers_approval;
use e2e::rows::INBOX;
use e2e::scene::cast::{APPLICANT, MANAGER, sign_in};
use e2e::scene::{MANAGERS_STEP, item_of, until, vote};
use jiff::SignedDuration;
use openssl::base64::encode_block;
use openssl::x509::X509;
use serde_json::json;
use uuid::Uuid;

use crate::company::with_steps;

const JOBS: usize = 10;

/// Entra knows a second certificate of the app from now on; the file with its key.
fn add_certificate(house: &House) -> std::path::PathBuf {
    let file = certificate_file(&house.folder.path().join("tenant"), "wrong");
    let pem = std::fs::read(&file).expect("a certificate");
    let der = X509::from_pem(&pem)
        .and_then(|one| one.to_der())
        .expect("a certificate");
    let not_after = house.world().clock.now() + SignedDuration::from_hours(24 * 365);
    let ours = house.our_app().app_id;
    let mut tenant = house.world().tenant();
    let app = tenant.directory.apps.get_mut(&ours).expect("our registration");
    app.certificates.push(AppCertificate {
        key_id: Uuid::from_u128(13),
        der: encode_block(&der),
        not_after,
        removed: false,
    });
    file
}

fn remove_the_old_one(house: &House) {
    let ours = house.our_app().app_id;
    let mut tenant = house.world().tenant();
    let app = tenant.directory.apps.get_mut(&ours).expect("our registration");
    for old in app
        .certificates
        .iter_mut()
        .filter(|one| one.key_id != Uuid::from_u128(13))
    {
        old.removed = true;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s13_the_certificate_is_rolled_while_ten_applications_are_carried_out() {
    let mut house = with_steps(|_| vec![managers_approval(&json!({}))]).await;
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
    let before = house.count_effects();
    for item in items {
        vote(&house, &manager, item, MANAGERS_STEP).await;
    }
    assert!(house.count_effects() > before, "they are being carried out");
    let new = add_certificate(&house);
    house.configure(|text| {
        let line = text
            .lines()
            .find(|line| line.starts_with("certificate = "))
            .expect("the old one")
            .to_owned();
        text.replace(&line, &format!("certificate = \"{}\"", new.display()))
    });
    house.kill();
    remove_the_old_one(&house);
    house.serve().await;
    for row in &rows {
        until(&house, &applicant, (INBOX, *row), |row| row["PFStatus"] == "CO").await;
    }
    let once = ledger::once(&house);
    let made = once
        .iter()
        .filter(|(key, _)| key.starts_with("graph:create:user:"));
    let made: Vec<_> = made.map(|(_, times)| *times).collect();
    assert_eq!(made, [1; JOBS], "each account once");
    assert!(house.run(&["doctor"]).status.success());
    assert!(house.run(&["verify-journal"]).status.success());
}
