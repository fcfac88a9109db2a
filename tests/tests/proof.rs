//! What an auditor and an administrator check by the command line: evidence packages, routes with reasons, definitions.

use std::process::Output;

use e2e::hire;
use e2e::house::{House, Wishes};
use e2e::person::Person;
use e2e::post::mails;
use e2e::watch::Watch;

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
const NUMBER: &str = "USR-2026-00001";

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

/// A path in the house's folder as text.
fn path(house: &House, name: &str) -> String {
    house.folder.path().join(name).display().to_string()
}

/// The whole job, carried out.
async fn done() -> Watch {
    let mut watch = hire::open(BACKEND, Wishes::default()).await;
    hire::carry_through(&mut watch).await;
    watch.quiet().await;
    watch.house.kill();
    watch
}

/// Without the configuration: as on an auditor's machine.
fn verify(file: &str, more: &[&str]) -> Output {
    let mut command = std::process::Command::new(BACKEND);
    command.args([
        "--config",
        "/nowhere.toml",
        "evidence",
        "verify",
        file,
        "--english",
    ]);
    command.args(more).output().expect("the product's binary runs")
}

/// A word of a decision is changed in the file.
fn tampered(house: &House, text: &str) {
    let file = path(house, "tampered.json");
    std::fs::write(
        &file,
        text.replacen("\\\"type\\\":\\\"decided\\\"", "\\\"type\\\":\\\"denied1\\\"", 1),
    )
    .expect("a file");
    let found = verify(&file, &[]);
    assert!(!found.status.success(), "{}", said(&found));
    assert!(
        said(&found).contains("The text of the line does not have this hash"),
        "{}",
        said(&found)
    );
}

fn only_its_own_key_fits(house: &House, file: &str, package: &serde_json::Value) {
    let (key, other) = (path(house, "public.pem"), path(house, "other.pem"));
    std::fs::write(&key, package["key"]["pem"].as_str().expect("PEM")).expect("the key");
    let stranger = openssl::pkey::PKey::generate_ed25519().expect("a key");
    std::fs::write(&other, stranger.public_key_to_pem().expect("PEM")).expect("another key");
    assert!(verify(file, &["--key", &key]).status.success());
    let foreign = verify(file, &["--key", &other]);
    assert!(
        !foreign.status.success() && said(&foreign).contains("another key"),
        "{}",
        said(&foreign)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_package_of_a_whole_job_proves_itself_and_a_tampered_one_is_named() {
    let watch = done().await;
    let house = &watch.house;
    let file = path(house, "package.json");
    let exported = house.run(&["evidence", "export", "--application", NUMBER, "--out", &file]);
    assert!(exported.status.success(), "{}", said(&exported));
    let good = verify(&file, &[]);
    assert!(good.status.success(), "{}", said(&good));
    assert!(said(&good).contains("0 fault(s)"), "{}", said(&good));
    let text = std::fs::read_to_string(&file).expect("the package");
    let package: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let versions = package["versions"].as_array().expect("versions");
    assert!(!versions.is_empty(), "votes in the list were judged by versions");
    assert!(
        versions
            .iter()
            .all(|version| version["said"]["fields"].is_object())
    );
    assert!(!package["told"]["calls"].as_array().expect("calls").is_empty());
    only_its_own_key_fits(house, &file, &package);
    let applicant = Person::sign_in(house, hire::APPLICANT).await;
    let closing = mails(house, &applicant, "【完了】").remove(0);
    let fingerprint = package["key"]["fingerprint"].as_str().expect("a fingerprint");
    assert!(closing.contains(fingerprint), "{closing}");
    let (_, head) = closing.split_once("履歴の末尾の署名: ").expect("a head");
    let (head, _) = head.split_once("<br>").expect("a line");
    let passed = verify(&file, &["--head", head]);
    assert!(passed.status.success(), "{}", said(&passed));
    let cut = verify(&file, &["--head", &format!("1{head}")]);
    assert!(
        !cut.status.success() && said(&cut).contains("cut off or rewritten"),
        "{}",
        said(&cut)
    );
    tampered(house, &text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_route_says_who_is_asked_and_why() {
    let watch = hire::open(BACKEND, Wishes::default()).await;
    let house = &watch.house;
    let applicant = format!("kei.morita@{}", house.world().names.domain);
    let output = house.run(&[
        "route",
        "--workflow",
        "user-create",
        "--applicant",
        &applicant,
        "--explain",
    ]);
    let told = said(&output);
    assert!(output.status.success(), "{told}");
    for words in [
        "1. 上長承認",
        "takashi.hasegawa",
        "申請者の上長であるため",
        "情報システム部 合議",
        "部門の該当者であるため",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_definition_that_cannot_reach_anybody_is_named_and_setup_refuses_it_in_the_same_words() {
    let house = House::build(BACKEND, Wishes::default()).await;
    for local in ["toru.soma", "ren.nakahara"] {
        let upn = format!("{local}@{}", house.world().names.domain);
        let mut tenant = house.world().tenant();
        let mut users = tenant.directory.users.values_mut();
        let user = users.find(|user| user.user_principal_name == upn);
        user.expect("somebody of this name").account_enabled = false;
    }
    let file = path(&house, "definition.json");
    std::fs::write(&file, include_str!("../../manifests/workflows/user-create.json")).expect("a file");
    let checked = house.run(&["definitions", "check", &file]);
    assert!(!checked.status.success());
    let told = said(&checked);
    assert!(told.contains("steps[1]"), "{told}");
    let words = "2 approvals are needed but only 1 people can be asked";
    assert!(told.contains(words), "{told}");
    let setup = house.run(&["setup"]);
    assert!(
        !setup.status.success() && said(&setup).contains(words),
        "{}",
        said(&setup)
    );
    std::fs::write(&file, "{ \"key\": 3 }").expect("a file");
    let unread = house.run(&["definitions", "check", &file]);
    assert!(
        !unread.status.success() && said(&unread).contains("line 1"),
        "{}",
        said(&unread)
    );
}
