//! Always open: what people ask and decide while the product is down is carried out when it is back.

use e2e::hire::{self, APPLICANT, MANAGER, VOTERS};
use e2e::house::{House, Wishes};
use e2e::person::Person;
use e2e::rows::{self, APPLICATIONS, INBOX};
use e2e::watch::Watch;
use e2e::{ledger, run, soak};
use jiff::SignedDuration;
use serde_json::json;

/// A step token must have stood for five minutes before an edit that names none counts.
const STANDING: SignedDuration = SignedDuration::from_mins(6);
const FILE: &str = "辞令.txt";

fn status(house: &House, row: i64) -> String {
    rows::text(&house.world().tenant(), INBOX, row, "PFStatus")
}

async fn until_status(watch: &mut Watch, row: i64, wanted: &str) {
    watch
        .until(wanted, |tenant| {
            rows::text(tenant, INBOX, row, "PFStatus") == wanted
        })
        .await;
}

async fn until_step(watch: &mut Watch, step: &str) {
    watch.until(step, |tenant| hire::is_at(tenant, step)).await;
}

/// Ends the product; some time passes.
fn stop(house: &mut House) {
    house.kill();
    house.tenant.advance(STANDING).expect("the clock moves");
}

/// Like EditForm: nothing but the choice is written.
async fn choose(house: &House, who: &str) {
    let person = Person::sign_in(house, who).await;
    let choice = json!({ "PFDecision": "承認" });
    let answer = person.change(APPLICATIONS, 1, &choice).await;
    assert!(answer.is_success(), "{who}: {answer}");
}

/// A draft is saved, changed, given a file, and submitted; its row.
async fn draft(house: &House, applicant: &Person) -> i64 {
    let unfinished = hire::form(house, "somebody");
    let row = applicant.add(INBOX, &hire::row(&unfinished, "")).await;
    let form = hire::form(house, "aoi.takahashi");
    for action in ["", "申請"] {
        if action == "申請" {
            applicant.attach(INBOX, row, FILE, "営業部主任を命ずる").await;
        }
        let saved = applicant.change(INBOX, row, &hire::row(&form, action)).await;
        assert!(saved.is_success(), "{saved}");
    }
    row
}

async fn withdraw(house: &House, applicant: &Person, row: i64) {
    let number = rows::text(&house.world().tenant(), INBOX, row, "PFNumber");
    let act = json!({
        "Title": "取下げ", "PFKind": "act", "PFApplicantAction": "取下げ", "PFNumber": number,
    });
    applicant.add(INBOX, &act).await;
}

/// Mails of this kind, and that none was sent twice.
fn mails(house: &House, kind: &str) -> usize {
    let once = ledger::once(house);
    assert!(once.values().all(|count| *count == 1), "{once:#?}");
    let sent = once.keys().filter(|key| key.starts_with("graph:send:"));
    sent.filter(|key| key.contains(&format!(":{kind}:"))).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_asked_and_decided_while_the_product_was_down_is_carried_out_and_asked_once() {
    let mut watch = hire::open(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    let decided = hire::submit(&watch.house, hire::ACCOUNT).await;
    until_status(&mut watch, decided, "IA").await;
    let regretted = hire::submit(&watch.house, "mei.takahashi").await;
    until_status(&mut watch, regretted, "IA").await;
    watch.quiet().await;

    stop(&mut watch.house);
    let applicant = Person::sign_in(&watch.house, APPLICANT).await;
    let drafted = draft(&watch.house, &applicant).await;
    withdraw(&watch.house, &applicant, regretted).await;
    choose(&watch.house, MANAGER).await;
    assert_eq!(status(&watch.house, drafted), "", "nobody is there to answer");
    watch.house.serve().await;
    until_status(&mut watch, drafted, "IA").await;
    until_status(&mut watch, regretted, "WD").await;
    until_step(&mut watch, "情報システム部 合議").await;
    watch.quiet().await;

    stop(&mut watch.house);
    let [first, second] = VOTERS;
    choose(&watch.house, first).await;
    // The choice is the same again: only by what it names can it be told from the first.
    hire::agree(&mut watch, second).await;
    watch.house.serve().await;
    until_status(&mut watch, decided, "CO").await;
    watch.quiet().await;

    let house = &watch.house;
    // Three managers' steps and three votes of the first: each was asked for once, and every entry counted.
    assert_eq!(mails(house, "decide"), 6);
    assert_eq!(mails(house, "not-counted"), 0);
    assert_eq!(mails(house, "completed"), 1);
    assert_eq!(status(house, drafted), "IA");
    let asked = mails(house, "decide");
    soak::keep(
        "open",
        &json!({ "stops": 2, "rows and votes meanwhile": 5, "asked": asked }),
    );
    originals_hold_the_file(house);
    run::whole(&watch);
}

fn originals_hold_the_file(house: &House) {
    let tenant = house.world().tenant();
    let originals = rows::items(&tenant, "PFFiles");
    let files: Vec<_> = originals
        .map(|item| item.attachments.keys().collect::<Vec<_>>())
        .collect();
    assert_eq!(files, [[FILE]]);
    assert_eq!(rows::items(&tenant, APPLICATIONS).count(), 3);
}
