//! February without fear: what proves the app is renewed while the product works, is killed, and meets whatever can
//! stand in the way.

#[path = "credentials/any_moment.rs"]
mod any_moment;
#[path = "credentials/federated.rs"]
mod federated;
#[path = "credentials/filed.rs"]
mod filed;
#[path = "credentials/forbidden.rs"]
mod forbidden;
#[path = "credentials/hindered.rs"]
mod hindered;
#[path = "credentials/idle.rs"]
mod idle;
#[path = "credentials/kept.rs"]
mod kept;
#[path = "credentials/killed.rs"]
mod killed;
#[path = "credentials/listed.rs"]
mod listed;
#[path = "credentials/loaded.rs"]
mod loaded;
#[path = "credentials/machine.rs"]
mod machine;
#[path = "credentials/meddled.rs"]
mod meddled;
#[path = "credentials/msal.rs"]
mod msal;
#[path = "credentials/newcomer.rs"]
mod newcomer;
#[path = "credentials/process.rs"]
mod process;
#[path = "credentials/rewrapped.rs"]
mod rewrapped;
#[path = "credentials/several.rs"]
mod several;
#[path = "credentials/told.rs"]
mod told;
#[path = "credentials/year.rs"]
mod year;

use e2e::administrators;
use e2e::house::{House, Wishes, pause};
use e2e::person::Person;
use e2e::registration::said;
use e2e::rows::INBOX;
use e2e::scene::cast::{APPLICANT, MANAGER, sign_in};
use e2e::scene::{apply, until};
use jiff::SignedDuration;
use serde_json::Value;

pub(crate) const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
const LOOK: std::time::Duration = std::time::Duration::from_millis(200);
const LOOKS: u32 = 300;
/// Longer than the overlap.
pub(crate) const A_DAY: SignedDuration = SignedDuration::from_hours(25);

/// A house that can renew; nobody but the test does.
pub(crate) async fn house(more: &str) -> House {
    let house = House::build(BACKEND, Wishes::default()).await;
    administrators::appoint(&house, e2e::scene::cast::ADMINISTRATOR);
    house.can_renew(false, more);
    house.own_registration().await;
    house
}

/// What serves, with its lists.
async fn serving() -> House {
    let mut house = house("").await;
    house.run(&["setup"]);
    house.serve().await;
    house
}

pub(crate) fn renew(house: &House) -> String {
    let done = house.run(&["credentials", "renew", "--by", "a test"]);
    assert!(done.status.success(), "{}", said(&done));
    said(&done)
}

pub(crate) async fn until_phase(house: &House, wanted: &str) {
    for _ in 0..LOOKS {
        if phase(house) == wanted {
            return;
        }
        let pass = house.tenant.advance(SignedDuration::from_secs(30));
        pass.expect("the clock moves");
        pause(LOOK).await;
    }
    panic!(
        "not {wanted}: {}\n{}",
        house.credentials_status(),
        house.log_end()
    );
}

pub(crate) fn phase(house: &House) -> String {
    let status = house.credentials_status();
    status["renewal"]["phase"].as_str().unwrap_or_default().to_owned()
}

async fn someone_applies(house: &House, applicant: &Person, manager: &Person, local: &str) {
    let (row, _) = apply(house, applicant, manager, local).await;
    until(house, applicant, (INBOX, row), |row| row["PFStatus"] == "IA").await;
}

/// What the log says of calls that were refused for want of a credential.
fn refusals(house: &House) -> Vec<String> {
    lines_with(&house.log(), &["Credentials("])
}

/// What it says of tokens that Entra did not give.
pub(crate) fn refusals_by_entra(log: &str) -> Vec<String> {
    lines_with(log, &["\"refused\"", "\"Login\""])
}

fn lines_with(log: &str, words: &[&str]) -> Vec<String> {
    let has = |line: &&str| words.iter().all(|word| line.contains(word));
    log.lines().filter(has).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_service_goes_over_without_a_restart_and_without_one_refused_call() {
    let mut house = serving().await;
    house.log_everything();
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let process = house.process();
    someone_applies(&house, &applicant, &manager, "hana1.takahashi").await;
    let before = house.thumbprints().await;
    let report = renew(&house);
    assert!(
        report.contains("SharePoint OK") && report.contains("a test"),
        "{report}"
    );
    assert_eq!(phase(&house), "switched");
    let both = house.thumbprints().await;
    assert!(both.len() == 2 && both.contains(&before[0]), "{both:?}");
    someone_applies(&house, &applicant, &manager, "hana2.takahashi").await;
    house.tenant.advance(A_DAY).expect("the clock moves");
    // The service ends what was begun by hand, although nothing begins by itself.
    until_phase(&house, "removed").await;
    let after = house.thumbprints().await;
    assert!(
        after.len() == 1 && !before.contains(&after[0]),
        "{before:?} {after:?}"
    );
    someone_applies(&house, &applicant, &manager, "hana3.takahashi").await;
    assert_eq!(house.process(), process, "never restarted");
    assert!(refusals(&house).is_empty(), "{:?}", refusals(&house));
    assert!(house.run(&["credentials", "verify"]).status.success());
    let healthy = house.run(&["doctor"]);
    assert!(healthy.status.success(), "{}", said(&healthy));
    let again = renew(&house);
    assert!(again.contains("30"), "twice in a row is once: {again}");
    assert_eq!(house.thumbprints().await, after);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_changes_nothing_and_a_rollback_leaves_what_was() {
    let house = house("").await;
    let before = house.registration().await;
    let effects = house.count_effects();
    let plan = house.plan();
    assert_eq!(plan["obstacles"], Value::Array(Vec::new()));
    let shown = house.run(&["credentials", "renew", "--plan"]);
    assert!(shown.status.success(), "{}", said(&shown));
    assert_eq!(house.count_effects(), effects);
    renew(&house);
    let back = house.run(&["credentials", "rollback", "--by", "Sato", "--reason", "a test"]);
    assert!(
        back.status.success() && said(&back).contains("Sato が取り消しを始めた: a test"),
        "{}",
        said(&back)
    );
    assert!(phase(&house) == "rolledBack", "{}", said(&back));
    assert_eq!(
        house.registration().await["keyCredentials"],
        before["keyCredentials"]
    );
    assert!(house.run(&["credentials", "verify"]).status.success());
    assert!(
        !house.run(&["credentials", "rollback"]).status.success(),
        "there is nothing to roll back"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_secret_lies_in_the_clear_or_is_told() {
    let mut house = house("secret = true").await;
    house.log_everything();
    let report = renew(&house);
    let done = house.run(&["credentials", "report", "--format", "json"]);
    let file = house.file("secret.txt");
    assert!(house.run(&["credentials", "secret", &file]).status.success());
    let secret = std::fs::read_to_string(&file).expect("the secret");
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).expect("a file").permissions());
    assert_eq!(mode & 0o777, 0o600);
    assert!(
        !house.run(&["credentials", "secret", &file]).status.success(),
        "never overwritten"
    );
    let mut database = std::fs::read(house.file("flow.sqlite")).expect("the database");
    database.extend(std::fs::read(house.file("flow.sqlite-wal")).unwrap_or_default());
    for text in [
        report,
        said(&done),
        house.log(),
        String::from_utf8_lossy(&database).into_owned(),
    ] {
        assert!(!text.contains(&secret) && !text.contains("PRIVATE KEY"));
    }
    assert_eq!(
        house.registration().await["passwordCredentials"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_is_signed_and_tells_what_was_done() {
    let house = house("").await;
    renew(&house);
    let report = house.run(&["credentials", "report", "--format", "json"]);
    let report: Value = serde_json::from_slice(&report.stdout).expect("JSON");
    let events: Vec<_> = report["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| line["event"].clone())
        .collect();
    assert_eq!(
        events,
        [
            "planned", "made", "keyAdded", "passed", "passed", "proven", "switched"
        ]
    );
    assert!(
        report["signature"]
            .as_str()
            .is_some_and(|signature| signature.len() == 128)
    );
    for (language, word) in [
        ("en", "switched to the new credential"),
        ("ja", "新しい資格情報に切り替えた"),
    ] {
        house.configure(|text| {
            let text = text.replace("language = \"en\"\n", "");
            text.replace(
                "[mail]\n",
                &format!("[mail]\nlanguage = \"{language}\"\n").replace("language = \"ja\"\n", ""),
            )
        });
        let page = said(&house.run(&["credentials", "report"]));
        assert!(page.contains(word), "{page}");
    }
}
