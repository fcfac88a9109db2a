//! Files that go with an application: approvers see what was submitted, whatever becomes of the applicant's row.

use e2e::api::{ApiToken, grant_web_parts};
use e2e::forms;
use e2e::house::{House, Wishes, pause};
use e2e::person::Person;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::{IT_STEP, MANAGERS_STEP, item_of, until, until_told, vote};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// SHA-256 of "abc" (FIPS 180-2, appendix B.1).
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const LOOKS: u32 = 300;

async fn house() -> (House, Person, Person) {
    let mut house = House::build(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    house.run(&["setup"]);
    house.serve().await;
    let applicant = Person::sign_in(&house, "kei.morita").await;
    let manager = Person::sign_in(&house, "takashi.hasegawa").await;
    (house, applicant, manager)
}

/// A draft with these files, handed in; the row.
async fn submit(house: &House, applicant: &Person, files: &[(&str, &'static str)]) -> i64 {
    let form = forms::account(house, "hana.takahashi");
    let row = applicant.add(INBOX, &forms::draft(&form)).await;
    for &(name, content) in files {
        applicant.attach(INBOX, row, name, content).await;
    }
    hand_in(applicant, row).await;
    row
}

async fn hand_in(applicant: &Person, row: i64) {
    let status = applicant
        .change(INBOX, row, &json!({ "PFApplicantAction": "申請" }))
        .await;
    assert!(status.is_success(), "{status}");
}

fn files_path(list: &str, item: i64) -> String {
    format!("web/getlist('/sites/flow/Lists/{list}')/items({item})/AttachmentFiles")
}

async fn names(who: &Person, list: &str, item: i64) -> Vec<String> {
    let (_, found) = who.send(Method::GET, &files_path(list, item), &[], None).await;
    let files = found["value"].as_array().cloned().unwrap_or_default();
    files
        .iter()
        .filter_map(|file| file["FileName"].as_str().map(str::to_owned))
        .collect()
}

async fn remove(who: &Person, list: &str, item: i64, name: &str) {
    let path = format!("{}/getByFileName('{name}')", files_path(list, item));
    let (status, said) = who.send(Method::DELETE, &path, &[("IF-MATCH", "*")], None).await;
    assert!(status.is_success(), "{status}: {said}");
}

async fn content(who: &Person, list: &str, item: i64, name: &str) -> Option<String> {
    let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
    let url = format!("/sites/flow/Lists/{list}/Attachments/{item}/{name}");
    let path = format!("web/GetFileByServerRelativePath(decodedUrl='{url}')/$value");
    let (status, said) = who.send(Method::GET, &path, &[], None).await;
    match said {
        Value::String(text) if status == StatusCode::OK => Some(text),
        _ => None,
    }
}

/// Until a file of an application holds this.
async fn until_holds(house: &House, who: &Person, item: i64, (name, wanted): (&str, &str)) {
    let mut last = None;
    for _ in 0..LOOKS {
        last = content(who, APPLICATIONS, item, name).await;
        if last.as_deref() == Some(wanted) {
            return;
        }
        pause(std::time::Duration::from_millis(200)).await;
    }
    panic!("{name} holds {last:?}\n{}", house.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn f07_approvers_read_what_was_submitted_whatever_becomes_of_the_applicants_row() {
    let (house, applicant, manager) = house().await;
    let row = submit(
        &house,
        &applicant,
        &[("reason.txt", "abc"), ("見積 書.txt", "def")],
    )
    .await;
    let item = item_of(&house, &applicant, &manager, row).await;
    until_holds(&house, &manager, item, ("reason.txt", "abc")).await;
    until_holds(&house, &manager, item, ("見積 書.txt", "def")).await;
    remove(&applicant, INBOX, row, "reason.txt").await;
    applicant.attach(INBOX, row, "reason.txt", "something else").await;
    vote(&house, &manager, item, MANAGERS_STEP).await;
    let expert = Person::sign_in(&house, "toru.soma").await;
    let asked = until(&house, &expert, (APPLICATIONS, item), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
    assert!(
        asked["PFAttachHashes"]
            .as_str()
            .is_some_and(|lines| lines.contains(&format!("{ABC}  reason.txt")))
    );
    until_holds(&house, &expert, item, ("reason.txt", "abc")).await;
    assert_eq!(
        applicant.count("PFFiles").await,
        0,
        "originals are the service's own"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_an_approver_swaps_is_put_back_and_the_vote_on_it_does_not_count() {
    let (mut house, applicant, manager) = house().await;
    let row = submit(&house, &applicant, &[("reason.txt", "abc")]).await;
    let item = item_of(&house, &applicant, &manager, row).await;
    until_holds(&house, &manager, item, ("reason.txt", "abc")).await;
    let asked = until(&house, &manager, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "IA"
    })
    .await;
    house.kill();
    remove(&manager, APPLICATIONS, item, "reason.txt").await;
    manager.attach(APPLICATIONS, item, "reason.txt", "swapped").await;
    assert!(e2e::scene::try_vote(&manager, item, &asked).await.is_success());
    house.serve().await;
    house
        .tenant
        .advance(jiff::SignedDuration::from_mins(1))
        .expect("the clock's file");
    until_told(&house, &manager, "【判断は反映されていません】").await;
    until_holds(&house, &manager, item, ("reason.txt", "abc")).await;
    let flagged = |row: &Value| row["PFFlags"] == "不整合" && row["PFDecision"].is_null();
    let row = until(&house, &manager, (APPLICATIONS, item), flagged).await;
    assert_eq!(row["PFStepName"], MANAGERS_STEP, "{row}\n{}", house.log());
    vote(&house, &manager, item, MANAGERS_STEP).await;
    let expert = Person::sign_in(&house, "toru.soma").await;
    until(&house, &expert, (APPLICATIONS, item), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_taken_is_named_with_a_remedy_and_nothing_is_lost() {
    let (house, applicant, manager) = house().await;
    let row = submit(
        &house,
        &applicant,
        &[("reason.txt", "abc"), ("setup.pdf.exe", "MZ")],
    )
    .await;
    let returned = until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "SB").await;
    let issues = returned["PFIssues"].as_str().unwrap_or_default();
    assert!(
        issues.contains("file_type_refused") && issues.contains("setup.pdf.exe"),
        "{issues}"
    );
    let told = until_told(&house, &applicant, "【差戻し】").await;
    assert!(
        told[0].contains("setup.pdf.exe") && told[0].contains("ファイルを外す"),
        "{told:?}"
    );
    assert_eq!(names(&applicant, INBOX, row).await.len(), 2);
    remove(&applicant, INBOX, row, "setup.pdf.exe").await;
    hand_in(&applicant, row).await;
    let item = item_of(&house, &applicant, &manager, row).await;
    until_holds(&house, &manager, item, ("reason.txt", "abc")).await;
    assert_eq!(names(&manager, APPLICATIONS, item).await, ["reason.txt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn f07_what_an_approver_attaches_is_kept_for_the_next_one_and_what_could_run_is_not() {
    let (house, applicant, manager) = house().await;
    let row = submit(&house, &applicant, &[]).await;
    let item = item_of(&house, &applicant, &manager, row).await;
    until(&house, &manager, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "IA"
    })
    .await;
    manager.attach(APPLICATIONS, item, "run.cmd", "del").await;
    let told = until_told(&house, &manager, "【判断は反映されていません】").await;
    assert!(told[0].contains("run.cmd"), "{told:?}");
    manager.attach(APPLICATIONS, item, "opinion.txt", "abc").await;
    let line = format!("{ABC}  opinion.txt");
    until(&house, &manager, (APPLICATIONS, item), |row| {
        row["PFAttachHashes"] == line
    })
    .await;
    vote(&house, &manager, item, MANAGERS_STEP).await;
    let expert = Person::sign_in(&house, "toru.soma").await;
    until(&house, &expert, (APPLICATIONS, item), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
    assert_eq!(names(&expert, APPLICATIONS, item).await, ["opinion.txt"]);
    remove_once_let_in(&house, &expert, item, "opinion.txt").await;
    until_holds(&house, &expert, item, ("opinion.txt", "abc")).await;
    assert!(house.run(&["verify-journal"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_attached_to_an_application_that_is_over_is_taken_off_and_told() {
    let (mut house, applicant, manager) = house().await;
    let row = submit(&house, &applicant, &[("reason.txt", "abc")]).await;
    let item = item_of(&house, &applicant, &manager, row).await;
    until_holds(&house, &manager, item, ("reason.txt", "abc")).await;
    let open = until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "IA").await;
    let act = json!({
        "Title": "取下げ", "PFKind": "act", "PFApplicantAction": "取下げ", "PFNumber": open["PFNumber"],
    });
    applicant.add(INBOX, &act).await;
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "WD").await;
    house.kill();
    let owner = Person::sign_in(&house, "toru.soma").await;
    owner.attach(APPLICATIONS, item, "later.txt", "abc").await;
    let saved = owner
        .change(APPLICATIONS, item, &json!({ "PFDecisionComment": "x" }))
        .await;
    assert!(saved.is_success(), "{saved}");
    house.serve().await;
    house
        .tenant
        .advance(jiff::SignedDuration::from_mins(1))
        .expect("the clock's file");
    let told = until_told(&house, &owner, "【判断は反映されていません】").await;
    assert!(
        told[0].contains("いまの状態では、その操作はできません。"),
        "{told:?}"
    );
    assert_eq!(names(&owner, APPLICATIONS, item).await, ["reason.txt"]);
    assert!(house.run(&["verify-journal"]).status.success());
}

/// The step is shown a moment before its assignees are let in.
async fn remove_once_let_in(house: &House, who: &Person, item: i64, name: &str) {
    let path = format!("{}/getByFileName('{name}')", files_path(APPLICATIONS, item));
    for _ in 0..LOOKS {
        let (status, _) = who.send(Method::DELETE, &path, &[("IF-MATCH", "*")], None).await;
        if status.is_success() {
            return;
        }
        pause(std::time::Duration::from_millis(200)).await;
    }
    panic!("he may not\n{}", house.log());
}

/// The one file of an application, as our API tells this person.
async fn file_of(house: &House, who: &Person, number: &str) -> (StatusCode, Value) {
    let token = ApiToken::of(house, who).await;
    let (status, told) = token.get(&format!("applications/{number}")).await;
    (status, told["files"][0].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn f07_whoever_may_read_an_application_downloads_its_files_in_ranges_by_his_own_rights() {
    let (house, applicant, manager) = house().await;
    grant_web_parts(&house);
    let row = submit(&house, &applicant, &[("見積 #1.html", "<b>abc</b>")]).await;
    let item = item_of(&house, &applicant, &manager, row).await;
    let name = "見積 #1.html";
    until_holds(&house, &manager, item, (name, "<b>abc</b>")).await;
    let shown = manager.read(APPLICATIONS, item).await.expect("the item");
    let number = shown["PFNumber"].as_str().expect("a number");
    let sealed = shown["PFAttachHashes"].as_str().expect("hashes");
    let stranger = Person::sign_in(&house, "nao.akiyama").await;
    let (_, file) = file_of(&house, &manager, number).await;
    assert_eq!(file["name"], name);
    assert_eq!(
        sealed,
        format!("{}  {name}", file["sha256"].as_str().expect("a hash"))
    );
    let url = file["url"].as_str().expect("an address");
    for reader in [&applicant, &manager] {
        let (status, headers, content) = reader.download(url, None).await;
        assert_eq!((status, content.as_str()), (StatusCode::OK, "<b>abc</b>"));
        assert_eq!(headers["x-content-type-options"], "nosniff");
        let shown_as = headers["content-disposition"].to_str().expect("a header");
        assert!(shown_as.starts_with("attachment"), "{shown_as}");
        let (status, headers, content) = reader.download(url, Some("bytes=3-5")).await;
        assert_eq!((status, content.as_str()), (StatusCode::PARTIAL_CONTENT, "abc"));
        assert_eq!(headers["content-range"], "bytes 3-5/10");
        let (status, ..) = reader.download(url, Some("bytes=10-")).await;
        assert_eq!(status, StatusCode::RANGE_NOT_SATISFIABLE);
    }
    assert_eq!(file_of(&house, &stranger, number).await.0, StatusCode::NOT_FOUND);
    for range in [None, Some("bytes=3-5")] {
        let (status, _, content) = stranger.download(url, range).await;
        assert!([403, 404].contains(&status.as_u16()), "{status}");
        assert!(!content.contains("abc"), "{content}");
    }
}
