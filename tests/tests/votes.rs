//! Which entries count as decisions: a table of cases written into the real list, and what becomes of each.

#[path = "votes/cases.rs"]
mod cases;

use std::sync::Arc;
use std::time::Duration;

use cases::{CASES, Case, Cast, Writer, approval, decision_for};
use e2e::administrators;
use e2e::forms;
use e2e::house::{House, Wishes, pause};
use e2e::person::Person;
use e2e::post::mails;
use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::task::JoinSet;

const INBOX: &str = "PFInbox";
const APPLICATIONS: &str = "PFApplications";
const MANAGERS_STEP: &str = "上長承認";
const IT_STEP: &str = "情報システム部 合議";
const NOT_COUNTED: &str = "【判断は反映されていません】";
const ATTENTION: &str = "【要確認】";
const TAMPERED: &str = "不整合";
/// Looked at this often, so many times at most.
const LOOK: Duration = Duration::from_millis(200);
const LOOKS: u32 = 400;

async fn house() -> (House, Cast) {
    let mut house = House::build(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    administrators::appoint(&house, "toru.soma");
    house.run(&["setup"]);
    house.serve().await;
    let sign_in = |local| Person::sign_in(&house, local);
    let (applicant, manager, owner, expert) = tokio::join!(
        sign_in("kei.morita"),
        sign_in("takashi.hasegawa"),
        sign_in("toru.soma"),
        sign_in("ren.nakahara"),
    );
    let cast = Cast {
        applicant,
        manager,
        owner,
        expert,
    };
    (house, cast)
}

/// Reads until what is read is as wanted.
async fn until(house: &House, by: &Person, list: &str, item: i64, wanted: impl Fn(&Value) -> bool) -> Value {
    let mut seen = Value::Null;
    for _ in 0..LOOKS {
        if let Ok(row) = by.read(list, item).await {
            if wanted(&row) {
                return row;
            }
            seen = row;
        }
        pause(LOOK).await;
    }
    panic!("it stays so: {seen}\n{}", house.log());
}

/// Hands in one application; the number of its item, once the manager is asked.
async fn apply(house: &House, cast: &Cast, local: &str) -> i64 {
    let form = forms::account(house, local);
    let row = cast.applicant.add(INBOX, &forms::application(&form)).await;
    let row = until(house, &cast.applicant, INBOX, row, |row| row["PFStatus"] == "IA").await;
    let number = row["PFNumber"].as_str().expect("a number");
    let path = format!(
        "web/getlist('/sites/flow/Lists/{APPLICATIONS}')/items?$select=Id&$filter=PFNumber eq '{number}'"
    );
    for _ in 0..LOOKS {
        let (_, found) = cast.manager.send(Method::GET, &path, &[], None).await;
        if let Some(id) = found["value"][0]["Id"].as_i64() {
            return id;
        }
        pause(LOOK).await;
    }
    panic!("the manager sees no {number}\n{}", house.log());
}

async fn vote(by: &Person, item: i64) {
    let found = by.read(APPLICATIONS, item).await.expect("what he is asked");
    let status = by.change(APPLICATIONS, item, &approval(&found, by)).await;
    assert!(status.is_success(), "{status}");
}

/// As forms of SharePoint save; `in_place` writes into the newest version.
async fn save_form(by: &Person, item: i64, values: &[(&str, &str)], in_place: bool) {
    let (status, answer) = try_form(by, item, values, in_place).await;
    let refused = answer["value"]
        .as_array()
        .is_none_or(|values| values.iter().any(|value| value["HasException"] == true));
    assert!(status.is_success() && !refused, "{status}: {answer}");
}

async fn try_form(by: &Person, item: i64, values: &[(&str, &str)], in_place: bool) -> (StatusCode, Value) {
    let values = values
        .iter()
        .map(|(name, value)| json!({ "FieldName": name, "FieldValue": value }));
    let body = json!({ "formValues": values.collect::<Vec<_>>(), "bNewDocumentUpdate": in_place });
    let path =
        format!("web/getlist('/sites/flow/Lists/{APPLICATIONS}')/items({item})/ValidateUpdateListItem");
    by.send(Method::POST, &path, &[], Some(&body)).await
}

fn login(house: &House, local: &str) -> String {
    let upn = format!("{local}@{}", house.world().names.domain);
    json!([{ "Key": format!("i:0#.f|membership|{upn}") }]).to_string()
}

/// Waits until somebody was told exactly once that an entry of his does not count, for this reason.
async fn is_told(house: &House, to: &Person, number: &str, reason: &str) {
    let subject = format!("{NOT_COUNTED}{number}");
    for _ in 0..LOOKS {
        let told = mails(house, to, &subject);
        if !told.is_empty() {
            assert!(told.len() == 1 && told[0].contains(reason), "{reason}: {told:?}");
            return;
        }
        pause(LOOK).await;
    }
    panic!("nobody was told: {reason}\n{}", house.log());
}

/// The columns that only the app writes, as far as the table touches them.
const SEALED: [&str; 6] = [
    "PFStatus",
    "PFStepName",
    "PFStepToken",
    "PFPayload",
    "PFApplicantId",
    "PFSubject",
];

async fn does_not_count(house: &House, cast: &Cast, entry: &Case, item: i64) {
    let asked = cast
        .manager
        .read(APPLICATIONS, item)
        .await
        .expect("what he is asked");
    let by = match entry.by {
        Writer::Manager => &cast.manager,
        Writer::Owner => &cast.owner,
    };
    let written = (entry.write)(&asked, cast);
    let answer = by.change(APPLICATIONS, item, &written).await;
    assert!(answer.is_success(), "{}: {answer}", entry.name);
    let number = asked["PFNumber"].as_str().expect("a number");
    is_told(house, by, number, entry.reason).await;
    let is_whole = |row: &Value| {
        SEALED.iter().all(|column| row[column] == asked[column])
            && ["PFDecision", "PFDecisionFor"]
                .iter()
                .all(|column| row[column].is_null())
            && (row["PFFlags"] == TAMPERED) == entry.flagged
    };
    let row = until(house, &cast.manager, APPLICATIONS, item, is_whole).await;
    assert_eq!(row["PFStepName"], MANAGERS_STEP, "{}", entry.name);
    // What was refused stands in nobody's way: the manager decides, and it counts.
    vote(&cast.manager, item).await;
    until(house, &cast.manager, APPLICATIONS, item, |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_decision_counts_nothing_is_put_back_flagged_and_told() {
    let scene = Arc::new(house().await);
    let mut cases = JoinSet::new();
    for (number, case) in CASES.iter().enumerate() {
        let scene = Arc::clone(&scene);
        cases.spawn(async move {
            let (house, cast) = &*scene;
            let item = apply(house, cast, &format!("hana{number}")).await;
            does_not_count(house, cast, case, item).await;
        });
    }
    cases.join_all().await;
    assert!(scene.0.run(&["verify-journal"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_votes_written_before_the_service_wakes_are_both_counted() {
    let (mut house, cast) = house().await;
    let item = apply(&house, &cast, "hana.takahashi").await;
    vote(&cast.manager, item).await;
    until(&house, &cast.expert, APPLICATIONS, item, |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
    house.kill();
    vote(&cast.owner, item).await;
    vote(&cast.expert, item).await;
    house.serve().await;
    // What the dead process was at is free again when its lease has run out.
    house
        .tenant
        .advance(SignedDuration::from_mins(3))
        .expect("the clock's file");
    until(&house, &cast.applicant, INBOX, 1, |row| row["PFStatus"] == "CO").await;
    for person in [&cast.owner, &cast.expert] {
        assert!(mails(&house, person, NOT_COUNTED).is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_form_counts_once_the_step_has_stood_five_minutes() {
    let (house, cast) = house().await;
    let item = apply(&house, &cast, "hana.takahashi").await;
    house
        .tenant
        .advance(SignedDuration::from_mins(6))
        .expect("the clock's file");
    let plain = json!({ "PFDecision": "承認" });
    let written = cast.manager.change(APPLICATIONS, item, &plain).await;
    assert!(written.is_success(), "{written}");
    until(&house, &cast.manager, APPLICATIONS, item, |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
    assert!(mails(&house, &cast.manager, NOT_COUNTED).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_owner_can_write_in_another_name_and_what_stands_already_is_guarded() {
    let (house, cast) = house().await;
    let item = apply(&house, &cast, "hana.takahashi").await;
    vote(&cast.manager, item).await;
    let is_asked = |row: &Value| row["PFStepName"] == IT_STEP && row["PFDecision"].is_null();
    let asked = until(&house, &cast.expert, APPLICATIONS, item, is_asked).await;
    let number = asked["PFNumber"].as_str().expect("a number");
    // SharePoint keeps the name of whoever is no owner.
    let forged = decision_for(&asked, &cast.owner);
    let owner = login(&house, "toru.soma");
    let values = [
        ("PFDecision", "承認"),
        ("PFDecisionFor", forged.as_str()),
        ("Editor", owner.as_str()),
    ];
    save_form(&cast.expert, item, &values, false).await;
    is_told(&house, &cast.expert, number, "判断対象の列の値が正しくありません").await;
    until(&house, &cast.expert, APPLICATIONS, item, is_asked).await;
    // An owner puts another's name on a version that was judged already.
    let expert = login(&house, "ren.nakahara");
    let decided = decision_for(&asked, &cast.expert);
    let values = [
        ("PFDecision", "承認"),
        ("PFDecisionFor", decided.as_str()),
        ("Editor", expert.as_str()),
    ];
    save_form(&cast.owner, item, &values, true).await;
    let stopped = |row: &Value| row["PFStatus"] == "RV" && row["PFFlags"] == TAMPERED;
    until(&house, &cast.applicant, APPLICATIONS, item, stopped).await;
    for _ in 0..LOOKS {
        if !mails(&house, &cast.owner, &format!("{ATTENTION}{number}")).is_empty() {
            return;
        }
        pause(LOOK).await;
    }
    panic!("no administrator was told\n{}", house.log());
}

/// Microsoft leaves open whether SharePoint honours this. If so, what it records is all that anybody can know.
#[tokio::test(flavor = "multi_thread")]
async fn where_every_editor_may_name_another_only_those_who_are_asked_can() {
    let (house, cast) = house().await;
    house.switch(|switches| switches.anyone_sets_editor = true);
    let item = apply(&house, &cast, "hana.takahashi").await;
    vote(&cast.manager, item).await;
    let is_asked = |row: &Value| row["PFStepName"] == IT_STEP && row["PFDecision"].is_null();
    let asked = until(&house, &cast.expert, APPLICATIONS, item, is_asked).await;
    let (owner, decided) = (login(&house, "toru.soma"), decision_for(&asked, &cast.owner));
    let values = [
        ("PFDecision", "承認"),
        ("PFDecisionFor", decided.as_str()),
        ("Editor", owner.as_str()),
    ];
    // Who was asked before, and who applied, has no right to edit any more.
    until_refused(&cast.manager, item, &values).await;
    until_refused(&cast.applicant, item, &values).await;
    let untouched = cast.owner.read(APPLICATIONS, item).await.expect("the item");
    assert!(is_asked(&untouched), "{untouched}");
    save_form(&cast.expert, item, &values, false).await;
    let is_counted = |row: &Value| {
        row["PFAssigneesId"]
            .as_array()
            .is_some_and(|asked| asked.len() == 2)
    };
    until(&house, &cast.expert, APPLICATIONS, item, is_counted).await;
}

/// The step is shown a moment before those of the last one lose their right.
async fn until_refused(by: &Person, item: i64, values: &[(&str, &str)]) {
    for _ in 0..LOOKS {
        let comment = json!({ "PFDecisionComment": "" });
        if by.change(APPLICATIONS, item, &comment).await == StatusCode::FORBIDDEN {
            let (status, _) = try_form(by, item, values, false).await;
            assert_eq!(status, StatusCode::FORBIDDEN);
            return;
        }
        pause(LOOK).await;
    }
    panic!("{} may still edit", by.id);
}
