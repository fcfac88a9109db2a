//! F10: one application for many accounts. Judged row by row, approved once, carried out row by row.

#[path = "bulk/undone.rs"]
mod undone;

use e2e::bulk;
use e2e::hire;
use e2e::house::Wishes;
use e2e::kills::Kills;
use e2e::ledger;
use e2e::person::Person;
use e2e::rows::{self, APPLICATIONS, INBOX};
use e2e::run::whole;
use e2e::soak;
use e2e::watch::Watch;
use serde_json::{Value, json};

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
const ADMINISTRATOR: &str = "toru.soma";
/// The product dies so often while rows are carried out.
const KILLS: usize = 3;

fn issues(house: &e2e::house::House, row: i64) -> Vec<(String, String)> {
    let told = rows::text(&house.world().tenant(), INBOX, row, "PFIssues");
    let told: Vec<Value> = serde_json::from_str(&told).expect("issues");
    let word = |issue: &Value, name: &str| issue[name].as_str().unwrap_or_default().to_owned();
    told.iter()
        .map(|issue| (word(issue, "field"), word(issue, "code")))
        .collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(field, code): &(&str, &str)| ((*field).to_owned(), (*code).to_owned());
    pairs.iter().map(owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn f10_rows_are_judged_again_and_refused_row_by_row() {
    let mut watch = hire::open(BACKEND, Wishes::default()).await;
    let mut people: Vec<Value> = (1..=3).map(|number| bulk::row(&watch.house, number)).collect();
    people[1]["employeeNumber"] = json!("12");
    people[2]["upnLocal"] = json!(bulk::local(1));
    let row = bulk::submit(&watch.house, people).await;
    bulk::until_state(&mut watch, row, "SB").await;
    let wrong = [
        ("people[1].employeeNumber", "not_digits"),
        ("people[2].upnLocal", "duplicate"),
    ];
    assert_eq!(issues(&watch.house, row), pairs(&wrong));
    let applicant = Person::sign_in(&watch.house, hire::APPLICANT).await;
    watch.quiet().await;
    let mails = e2e::post::mails(&watch.house, &applicant, "【差戻し】").join("\n");
    assert!(
        mails.contains("2 行目 社員番号") && mails.contains("3 行目 ユーザー名"),
        "{mails}"
    );
    checks_a_file_on_the_shell(&watch.house);
    // What only the tenant knows is told for each row too.
    let mut people: Vec<Value> = (1..=3).map(|number| bulk::row(&watch.house, number)).collect();
    people[1]["upnLocal"] = json!(hire::MANAGER);
    people[2]["manager"] = json!({ "upn": "nobody@contoso.com" });
    let row = bulk::submit(&watch.house, people).await;
    bulk::until_state(&mut watch, row, "SB").await;
    let wrong = [
        ("people[1].upnLocal", "taken"),
        ("people[2].manager", "manager_gone"),
    ];
    assert_eq!(issues(&watch.house, row), pairs(&wrong));
}

/// The command line judges a file with the same words.
fn checks_a_file_on_the_shell(house: &e2e::house::House) {
    let file = house.folder.path().join("rows.csv");
    let file = file.to_str().expect("a readable path");
    let check = |text: &str| {
        std::fs::write(file, text).expect("a file");
        let checked = house.run(&["csv", "check", "--workflow", "users-create", file]);
        let said = String::from_utf8_lossy(&checked.stdout).into_owned();
        (checked.status.success(), said)
    };
    let names = "姓,名,社員番号,部署,上長,ユーザー名\n";
    let (is_good, said) = check(&format!("{names}高橋,花,12,営業部,a@contoso.com,hana\n"));
    assert!(!is_good && said.contains("1 行目 社員番号: "), "{said}");
    let (is_good, said) = check(&format!("{names}高橋,花,000012,営業部,a@contoso.com,hana\n"));
    assert!(is_good && said.contains("1 row(s), 0 finding(s)"), "{said}");
    let template = house.run(&["csv", "template", "--workflow", "users-create"]);
    assert!(
        String::from_utf8_lossy(&template.stdout).contains("社員番号,部署"),
        "{template:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn f10_rows_in_a_file_count_only_as_they_were_when_applied_for() {
    let mut watch = hire::open(BACKEND, Wishes::default()).await;
    watch.house.kill();
    let people: Vec<Value> = (1..=2).map(|number| bulk::row(&watch.house, number)).collect();
    let row = bulk::submit_file(&watch.house, &people).await;
    let applicant = Person::sign_in(&watch.house, hire::APPLICANT).await;
    let files = format!("web/getlist('/sites/flow/Lists/{INBOX}')/items({row})/AttachmentFiles");
    let (_, found) = applicant.send(reqwest::Method::GET, &files, &[], None).await;
    let name = found["value"][0]["FileName"]
        .as_str()
        .expect("the file")
        .to_owned();
    let path = format!("{files}/getByFileName('{name}')");
    let (status, said) = applicant
        .send(reqwest::Method::DELETE, &path, &[("IF-MATCH", "*")], None)
        .await;
    assert!(status.is_success(), "{said}");
    let others: Vec<Value> = (3..=4).map(|number| bulk::row(&watch.house, number)).collect();
    applicant
        .attach(INBOX, row, &name, &json!(others).to_string())
        .await;
    watch.house.serve().await;
    bulk::until_state(&mut watch, row, "SB").await;
    assert_eq!(issues(&watch.house, row), pairs(&[("people", "rows_altered")]));
}

#[tokio::test(flavor = "multi_thread")]
async fn f10_a_file_is_read_once_however_many_fields_somebody_invents_that_name_it() {
    let mut watch = hire::open(BACKEND, Wishes::default()).await;
    watch.house.switch(|switches| switches.calls_are_kept = true);
    let people: Vec<Value> = (1..=2).map(|number| bulk::row(&watch.house, number)).collect();
    let invented: Vec<String> = (0..100).map(|number| format!("more{number}")).collect();
    let row = bulk::submit_file_with(&watch.house, &people, &invented).await;
    bulk::until_state(&mut watch, row, "SB").await;
    let told = issues(&watch.house, row);
    assert!(
        told.contains(&("more0".to_owned(), "unknown_field".to_owned())),
        "{told:?}"
    );
    let operations = ledger::operations(&watch.house);
    let read = operations
        .iter()
        .filter(|one| one.path.contains("GetFileByServerRelativePath"));
    assert_eq!(read.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn f10_x6_one_approval_carries_out_every_row_and_those_that_failed_are_retried_alone() {
    const ROWS: usize = 25;
    let mut watch = hire::open(BACKEND, Wishes::default()).await;
    e2e::administrators::appoint(&watch.house, ADMINISTRATOR);
    let people: Vec<Value> = (1..=ROWS).map(|number| bulk::row(&watch.house, number)).collect();
    let row = bulk::submit_file(&watch.house, &people).await;
    watch
        .until("the manager is asked", |tenant| hire::is_at(tenant, "上長承認"))
        .await;
    // The table follows the columns; he is told of it when both are there.
    watch.quiet().await;
    shows_all_rows(&watch.house).await;
    // Somebody takes a name after it was looked up.
    let stranger = watch.house.hire(&bulk::local(7)).await;
    bulk::agree(&mut watch, ROWS).await;
    bulk::until_state(&mut watch, row, "RV").await;
    watch.quiet().await;
    let result = bulk::result(&watch.house);
    assert!(
        result.contains("✓ 1-6, 8-25") && result.contains("✗ 7: "),
        "{result}"
    );
    let once = ledger::once(&watch.house);
    watch.house.delete(stranger).await;
    assert_eq!(bulk::administer(&watch.house, ADMINISTRATOR, &["retry"]), "EX");
    bulk::until_state(&mut watch, row, "CO").await;
    watch.quiet().await;
    assert!(
        bulk::result(&watch.house).contains("✓ 1-25"),
        "{}",
        bulk::result(&watch.house)
    );
    let again = ledger::once(&watch.house);
    assert!(
        once.keys().all(|key| again[key] == 1),
        "what was done is not done again: {again:#?}"
    );
    let tenant = watch.house.world().tenant();
    let count = |list: &str| rows::items(&tenant, list).count();
    assert_eq!((count(INBOX), count(APPLICATIONS)), (1, 1), "a file is one item");
    drop(tenant);
    whole(&watch);
}

/// The history list holds every line, also those that are longer than a column: the database is made of it again.
async fn lose_and_recover(watch: &mut Watch) {
    watch.house.kill();
    watch.house.lose_database();
    let recovered = watch.house.run(&["recover"]);
    let said = String::from_utf8_lossy(&recovered.stderr);
    assert!(recovered.status.success(), "{said}\n{}", watch.house.log());
    watch.house.serve().await;
    watch.quiet().await;
    whole(watch);
}

/// Approvers see the sums, the first rows, and all of them in a table of the item.
async fn shows_all_rows(house: &e2e::house::House) {
    let preview = rows::text(&house.world().tenant(), APPLICATIONS, 1, "PFPreview");
    assert!(preview.contains("アカウント: （なし） → 25 件"), "{preview}");
    assert!(
        preview.contains("20 行目 bulk0020@") && !preview.contains("21 行目"),
        "{preview}"
    );
    let manager = Person::sign_in(house, hire::MANAGER).await;
    let url = format!("/sites/flow/Lists/{APPLICATIONS}/Attachments/1/作成するアカウント.csv");
    let path = format!("web/GetFileByServerRelativePath(decodedUrl='{url}')/$value");
    let (status, table) = manager.send(reqwest::Method::GET, &path, &[], None).await;
    assert!(status.is_success(), "{status}: {table}");
    let table = table.as_str().unwrap_or_default();
    assert_eq!(table.lines().count(), 26, "{table}");
    assert!(table.contains("bulk0025"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn f10_killed_in_the_middle_rows_go_on_and_nothing_is_done_twice() {
    // So many that no column takes the line of their plans.
    let rows = soak::rows(90);
    let mut watch = hire::open(BACKEND, Wishes::default()).await;
    let people: Vec<Value> = (1..=rows).map(|number| bulk::row(&watch.house, number)).collect();
    let row = bulk::submit_file(&watch.house, &people).await;
    bulk::agree(&mut watch, rows).await;
    let start = watch.house.count_effects();
    // Two writes a row at least: the account and its manager.
    watch.kills = Kills::seeded(soak::seed(10), KILLS, &(start + 5..start + 2 * rows));
    bulk::until_state(&mut watch, row, "CO").await;
    watch.quiet().await;
    assert_eq!(watch.kills.left(), 0, "not killed often enough");
    let created = bulk::created(&watch.house, rows);
    assert!(created.values().all(|count| *count == 1), "{created:#?}");
    let once = ledger::once(&watch.house);
    assert!(once.values().all(|count| *count == 1), "{once:#?}");
    assert!(
        bulk::result(&watch.house).contains(&format!("✓ 1-{rows}")),
        "{}",
        bulk::result(&watch.house)
    );
    whole(&watch);
    lose_and_recover(&mut watch).await;
    let after = ledger::once(&watch.house);
    assert!(after.values().all(|count| *count == 1), "{after:#?}");
    soak::keep("bulk", &json!({ "rows": rows, "kills": KILLS }));
}
