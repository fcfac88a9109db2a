//! An owner of the site edits, deletes, adds and rewrites what only the product should: each is named, and nothing is
//! decided by it.

#[path = "hostile/behind.rs"]
mod behind;
#[path = "hostile/forging.rs"]
mod forging;
#[path = "hostile/recovery.rs"]
mod recovery;

use dev_tenant::sharepoint::state::item::Item;
use e2e::hire;
use e2e::house::{House, Wishes};
use e2e::person::Person;
use e2e::rows::{self, APPLICATIONS};
use e2e::watch::Watch;
use openssl::sha::sha256;
use reqwest::Method;
use serde_json::{Value, json};

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
const HISTORY: &str = "PFHistory";
const NUMBER: &str = "USR-2026-00001";

fn said(house: &House, command: &str) -> (bool, String) {
    let output = house.run(&[command]);
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

/// One application at the step of the three, with one of two votes given; the product is stopped.
async fn half_way() -> (Watch, Person) {
    let mut watch = hire::open(BACKEND, Wishes::default()).await;
    hire::submit(&watch.house, hire::ACCOUNT).await;
    watch
        .until("the manager is asked", |tenant| hire::is_at(tenant, "上長承認"))
        .await;
    hire::agree(&mut watch, hire::MANAGER).await;
    watch
        .until("the three are asked", |tenant| {
            hire::is_at(tenant, "情報システム部 合議")
        })
        .await;
    hire::agree(&mut watch, hire::VOTERS[0]).await;
    watch.quiet().await;
    watch.house.kill();
    let whole = said(&watch.house, "verify-journal");
    assert!(whole.0, "{}", whole.1);
    let owner = Person::sign_in(&watch.house, &owner(&watch.house)).await;
    (watch, owner)
}

/// Local part of the name of a site administrator.
fn owner(house: &House) -> String {
    let tenant = house.world().tenant();
    let mut users = rows::site(&tenant).users.values();
    let owner = users.find(|user| user.is_site_admin).expect("an administrator");
    let upn = owner.login_name.rsplit('|').next().unwrap_or_default();
    upn.split('@').next().unwrap_or_default().to_owned()
}

/// The history row of this line, by its number in the list.
fn row(house: &House, line: usize) -> i64 {
    let tenant = house.world().tenant();
    let ending = format!(":{line}");
    let mut ids = rows::items(&tenant, HISTORY).map(|item| i64::from(item.id.0));
    let ours = |id: &i64| {
        let key = rows::text(&tenant, HISTORY, *id, "PFLineKey");
        key.ends_with(&ending) && !key.starts_with("definition:")
    };
    ids.find(ours).expect("the line's row")
}

fn text(house: &House, line: usize, column: &str) -> String {
    let id = row(house, line);
    rows::text(&house.world().tenant(), HISTORY, id, column)
}

async fn edit(house: &House, owner: &Person, line: usize, fields: &Value) {
    let saved = owner.change(HISTORY, row(house, line), fields).await;
    assert!(saved.is_success(), "{saved}");
}

fn lines(house: &House) -> usize {
    let tenant = house.world().tenant();
    rows::items(&tenant, HISTORY).count() - 1
}

/// Writes a line anew, and every later one with the hash of the one before it.
async fn rewrite(house: &House, owner: &Person, from: usize) {
    let mut before: Option<String> = None;
    for line in from..=lines(house) {
        let mut body = text(house, line, "PFBody");
        body = match &before {
            None => body.replace("\"verdict\":\"approve\"", "\"verdict\":\"reject\""),
            Some(hash) => body.replace(&text(house, line, "PFPrevHash"), hash),
        };
        assert_ne!(body, text(house, line, "PFBody"));
        let digest = sha256(body.as_bytes());
        let hash = digest
            .iter()
            .fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        let prev = before.take().unwrap_or_else(|| text(house, line, "PFPrevHash"));
        let fields = json!({ "PFBody": body, "PFHash": hash, "PFPrevHash": prev });
        edit(house, owner, line, &fields).await;
        before = Some(hash);
    }
}

/// Each of these is named for the application, and the database is unmoved.
fn named(house: &House, problems: &[&str]) {
    let (whole, told) = said(house, "verify-journal");
    for problem in problems {
        let line = format!("{NUMBER}: {problem}");
        assert!(
            told.lines().any(|told| told.starts_with(&line)),
            "not named: {line}\n{told}"
        );
    }
    assert!(!whole, "{told}");
}

fn evidence(house: &House) -> Value {
    let output = house.run(&["evidence", "show", "--application", NUMBER]);
    serde_json::from_slice(&output.stdout).expect("evidence")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_that_was_rewritten_to_its_end_is_named_line_by_line_and_is_not_recovered() {
    let (watch, owner) = half_way().await;
    let house = &watch.house;
    let before = evidence(house);
    // Lines 1 and 2: submitted, accepted; 3: the manager's approval.
    rewrite(house, &owner, 3).await;
    named(
        house,
        &[
            "history list, line 3: PFBody is not what",
            "history list, line 4: PFBody is not what",
        ],
    );
    assert_eq!(evidence(house), before);
    house.lose_database();
    let (whole, told) = said(house, "recover");
    let wanted = format!("{NUMBER}: line 4: ");
    assert!(
        !whole && told.lines().any(|line| line.starts_with(&wanted)),
        "{told}"
    );
    assert!(told.contains("0 application(s) recovered"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_were_deleted_added_or_signed_by_another_are_named() {
    let (watch, owner) = half_way().await;
    let house = &watch.house;
    let before = evidence(house);
    let foreign = text(house, 1, "PFSignature");
    edit(house, &owner, 2, &json!({ "PFSignature": foreign })).await;
    let key = text(house, 1, "PFLineKey").replace(":1", ":99");
    let added = json!({ "Title": "x", "PFLineKey": key, "PFNumber": NUMBER, "PFSeq": 99, "PFBody": "{}",
        "PFAt": "2026-11-25T00:00:00Z", "PFHash": "00", "PFPrevHash": "00", "PFActorOid": "service" });
    owner.add(HISTORY, &added).await;
    delete(house, &owner, 3).await;
    named(
        house,
        &[
            "history list, line 2: PFSignature is not what",
            "history list, line 3: it is missing",
            "history list, line 99: the journal has no such line",
        ],
    );
    assert_eq!(evidence(house), before);
}

/// Changes the item as nobody could over the wire but its owner, behind every version's back.
fn tamper(house: &House, change: impl FnOnce(&mut Item)) {
    let mut tenant = house.world().tenant();
    let mut sites = tenant.sharepoint.sites.iter_mut();
    let site = sites
        .find(|site| site.path == dev_tenant::seed::SITE)
        .expect("the site");
    let mut lists = site.lists.values_mut();
    let list = lists
        .find(|list| list.root_folder.ends_with(APPLICATIONS))
        .expect("the list");
    let first = *list.items.keys().next().expect("the item");
    list.items.change(first, change);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judged_version_that_was_rewritten_or_deleted_is_named_and_decides_nothing() {
    let (watch, _) = half_way().await;
    let house = &watch.house;
    let before = evidence(house);
    let other = {
        let tenant = house.world().tenant();
        let mut users = rows::site(&tenant).users.values();
        users
            .find(|user| user.is_site_admin)
            .expect("an administrator")
            .id
    };
    let judged = text(house, 3, "PFBody");
    let judged: Value = serde_json::from_str(&judged).expect("a line");
    let number = judged["via"]["version"]
        .as_u64()
        .expect("the version of the vote");
    let at = usize::try_from(number).expect("small") - 1;
    tamper(house, |item| item.versions[at].editor = other);
    named(
        house,
        &[&format!("item: version {number} changed after it was judged")],
    );
    tamper(house, |item| drop(item.versions.remove(at)));
    named(house, &[&format!("item: version {number} is missing")]);
    assert_eq!(evidence(house), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_names_a_list_whose_permissions_or_settings_were_changed() {
    let (watch, owner) = half_way().await;
    let house = &watch.house;
    let list = |name: &str, action: &str| format!("web/getlist('/sites/flow/Lists/{name}'){action}");
    let settings = json!({ "MajorVersionLimit": 3, "EnableVersioning": true });
    let merge = [("X-HTTP-Method", "MERGE"), ("IF-MATCH", "*")];
    let (status, said_so) = owner
        .send(Method::POST, &list(APPLICATIONS, ""), &merge, Some(&settings))
        .await;
    assert!(status.is_success(), "{status}: {said_so}");
    let (status, said_so) = owner
        .send(Method::POST, &list(HISTORY, "/resetroleinheritance"), &[], None)
        .await;
    assert!(status.is_success(), "{status}: {said_so}");
    let (healthy, told) = said(house, "doctor");
    for (name, what) in [
        (APPLICATIONS, "リストの設定を修正"),
        (HISTORY, "リストの権限の継承を中止"),
    ] {
        let wanted = format!("異常    Lists/{name}: {what}");
        assert!(
            told.lines().any(|line| line.starts_with(&wanted)),
            "{wanted}\n{told}"
        );
    }
    assert!(!healthy);
}

async fn delete(house: &House, owner: &Person, line: usize) {
    let path = format!(
        "web/getlist('/sites/flow/Lists/{HISTORY}')/items({})",
        row(house, line)
    );
    let headers = [("X-HTTP-Method", "DELETE"), ("IF-MATCH", "*")];
    let (status, _) = owner.send(Method::POST, &path, &headers, None).await;
    assert!(status.is_success(), "{status}");
}
