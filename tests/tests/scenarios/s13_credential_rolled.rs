//! 13 証明書の更新: while ten applications are carried out, the app's certificate is rolled: the new one is added, the
//! service goes over to it, and the old one is removed. Everything ends, and nothing is done twice.

use dev_tenant::directory::AppCertificate;
use dev_tenant::seed::certificate_file;
use e2e::control::rule;
use e2e::forms;
use e2e::house::{House, pause};
use e2e::ledger;
use e2e::offer::managers_approval;
use e2e::person::Person;
use e2e::rows::INBOX;
use e2e::scene::cast::{APPLICANT, MANAGER, sign_in};
use e2e::scene::{MANAGERS_STEP, item_of, vote};
use jiff::SignedDuration;
use openssl::base64::encode_block;
use openssl::x509::X509;
use serde_json::json;
use uuid::Uuid;

use crate::company::with_steps;

const JOBS: usize = 10;
const LOOK: std::time::Duration = std::time::Duration::from_millis(200);
const LOOKS: u32 = 300;

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

/// The new one is known to Entra and named by the configuration; the old one is taken away.
async fn roll(house: &mut House) {
    let new = add_certificate(house);
    house.configure(|text| {
        let mut lines = text.lines();
        let old = lines.find(|line| line.starts_with("certificate = "));
        let old = old.expect("the old one").to_owned();
        text.replace(&old, &format!("certificate = \"{}\"", new.display()))
    });
    house.kill();
    remove_the_old_one(house);
    house.strike(Vec::new()).await;
    house.serve().await;
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
    roll(&mut house).await;
    all_are(&house, &applicant, &rows, "CO").await;
    assert_eq!(created(&house), [1; JOBS], "each account once");
    assert!(house.run(&["doctor"]).status.success());
    assert!(house.run(&["verify-journal"]).status.success());
}
