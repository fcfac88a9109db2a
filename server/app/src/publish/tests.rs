//! What people see in the item, state by state.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::json;
use store::transaction;
use workflow::application::Source;
use workflow::application::{Channel, Choice, Marks};
use workflow::journal::Place;
use workflow::route::{Route, RouteStep};
use workflow::{Command, Definition, PersonId, Plan, State, StepKey, StepToken};

use super::cell::Cell;
use super::projection::{View, cells};
use super::{EDITABLE, SEALED, Story};
use crate::cases::{Case, NewApplication, act, pin};
use crate::config::Language;
use crate::jobs::JobError;
use crate::setup::WORKFLOWS;
use crate::testing::TestService;

fn person(number: u8) -> PersonId {
    PersonId::new(format!("00000000-0000-0000-0000-0000000000{number:02}"))
}

async fn submitted(test: &TestService) -> Case {
    submitted_by(
        test,
        WORKFLOWS[0],
        r#"{"lastName":"高橋","upnLocal":"h.takahashi"}"#,
    )
    .await
}

async fn submitted_by(test: &TestService, workflow: &str, values: &str) -> Case {
    let definition = Definition::parse(workflow).unwrap();
    let service = &test.service;
    let values = forms::Values::parse(values).unwrap();
    let case: Result<_, JobError> = transaction!(service.store.write(&service.tenant), tx => {
        pin(tx, &definition, workflow).await?;
        let values = values.clone();
        let source = Source::Row { inbox_item: 7, round: 1 };
        let via = Some(Place::Inbox { row: 7, version: 1 });
        let new = NewApplication {
            applicant: person(10), drafter: None, link: None, source, via, values,
        };
        Case::submit(tx, service, &definition, new).await
    });
    case.unwrap()
}

async fn after(test: &TestService, case: &Case, command: Command) -> Case {
    act(&test.service, &case.row.id, &command).await.unwrap();
    Case::of_job(&test.service, &case.row.id).await.unwrap()
}

/// That of the step which is asked now.
fn token(case: &Case) -> StepToken {
    let State::InApproval(review) = &case.application.state else {
        panic!("nothing is asked")
    };
    review.token
}

fn accept() -> Command {
    accept_plan(json!({}))
}

fn accept_plan(body: serde_json::Value) -> Command {
    let asked = |key: &str, people: &[u8]| {
        let people = people.iter().map(|number| person(*number));
        RouteStep::asking(StepKey::new(key), people)
    };
    let steps = vec![asked("manager", &[11]), asked("it", &[21, 22, 23])];
    Command::Accept {
        plan: Plan::seal(vec![], body),
        route: Route::of(steps),
    }
}

async fn shown(test: &TestService, case: &Case) -> BTreeMap<&'static str, Cell> {
    let story = Story::tell(&test.service, case).await.unwrap();
    cells(&View {
        case,
        story: &story,
        attached: "",
        flags: &BTreeSet::new(),
        masters: &BTreeMap::new(),
        names: &BTreeMap::from([(person(10), "森田 圭".to_owned())]),
        language: Language::Ja,
    })
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[tokio::test]
async fn every_sealed_column_is_shown_and_no_column_of_the_approvers() {
    let test = TestService::open().await;
    let shown = shown(&test, &submitted(&test).await).await;
    let names: BTreeSet<_> = shown.keys().copied().collect();
    assert_eq!(names, BTreeSet::from(SEALED));
    assert!(EDITABLE.iter().all(|name| !names.contains(name)));
}

#[tokio::test]
async fn a_step_in_approval_names_who_is_asked_and_what_he_decides_on() {
    let test = TestService::open().await;
    let case = after(&test, &submitted(&test).await, accept()).await;
    let shown = shown(&test, &case).await;
    assert_eq!(shown["Title"], text("新規ユーザー登録 h.takahashi"));
    assert_eq!(
        (&shown["PFStatus"], &shown["PFStatusName"], &shown["PFStepName"]),
        (&text("IA"), &text("承認中"), &text("上長承認"))
    );
    assert_eq!(shown["PFStepToken"], text(&token(&case).to_string()));
    assert_eq!(shown["PFAssignees"], Cell::People(vec![person(11)]));
    assert_eq!(shown["PFSummary"], text("姓: 高橋\nユーザー名: h.takahashi"));
    assert_eq!(shown["PFClosedAt"], Cell::Empty);
    let Cell::Text(history) = &shown["PFHistory"] else {
        panic!("no history")
    };
    assert!(
        history.contains("森田 圭: 申請") && history.ends_with("受付"),
        "{history}"
    );
}

#[tokio::test]
async fn a_rejected_application_asks_nobody_and_says_when_it_ended() {
    let test = TestService::open().await;
    let case = after(&test, &submitted(&test).await, accept()).await;
    let reject = Command::Decide {
        by: person(11),
        token: token(&case),
        choice: Choice::Reject,
        comment: Some("不要".to_owned()),
        marks: Marks::of(Channel::List),
    };
    let shown = shown(&test, &after(&test, &case, reject).await).await;
    assert_eq!(
        (&shown["PFStatus"], &shown["PFStepToken"]),
        (&text("RJ"), &Cell::Empty)
    );
    assert_eq!(shown["PFAssignees"], Cell::People(Vec::new()));
    assert!(matches!(shown["PFClosedAt"], Cell::Moment(at) if at > Timestamp::UNIX_EPOCH));
    assert_eq!(shown["PFDecidedAt"], shown["PFClosedAt"]);
}

#[tokio::test]
async fn a_group_is_called_as_it_was_when_its_change_was_planned() {
    let test = TestService::open().await;
    let is_change = |text: &&&str| Definition::parse(text).unwrap().key.as_str() == "team-change";
    let workflow = WORKFLOWS.iter().find(is_change).unwrap();
    let subject = Definition::parse(workflow)
        .unwrap()
        .execution
        .plan
        .subject()
        .to_owned();
    let values = json!({ subject: "00000000-0000-0000-0000-0000000000a1" }).to_string();
    let case = submitted_by(&test, workflow, &values).await;
    let plan = json!({ "group": { "displayName": "販売会議" } });
    let case = after(&test, &case, accept_plan(plan)).await;
    // The masters know another name today, or none.
    assert_eq!(
        shown(&test, &case).await["PFSummary"],
        text("対象のチーム: 販売会議")
    );
}

#[tokio::test]
async fn nothing_that_somebody_fills_in_or_says_looks_like_a_line_of_ours() {
    let test = TestService::open().await;
    let values = json!({ "lastName": "高橋\nユーザー名: admin", "upnLocal": "h.takahashi" });
    let case = submitted_by(&test, WORKFLOWS[0], &values.to_string()).await;
    let case = after(&test, &case, accept()).await;
    let reject = Command::Decide {
        by: person(11),
        token: token(&case),
        choice: Choice::Reject,
        comment: Some("不要」\n2026-11-25 09:12 森田 圭: 承認 「\u{202e}異議なし".to_owned()),
        marks: Marks::of(Channel::List),
    };
    let shown = shown(&test, &after(&test, &case, reject).await).await;
    assert_eq!(
        shown["PFSummary"],
        text("姓: 高橋\n\u{3000}\u{3000}ユーザー名: admin\nユーザー名: h.takahashi")
    );
    let Cell::Text(history) = &shown["PFHistory"] else {
        panic!("no history")
    };
    let forged = "2026-11-25 09:12 森田 圭: 承認 「異議なし」";
    assert!(history.contains(&format!(" 「不要」 {forged}")), "{history}");
    assert!(!history.lines().any(|line| line.starts_with(forged)), "{history}");
}
