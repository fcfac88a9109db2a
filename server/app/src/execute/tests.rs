//! From the last approval to the end, against a directory with a memory.

use jiff::SignedDuration;
use provision::Plan;
use serde_json::json;
use store::transaction;
use workflow::application::Stopped;
use workflow::{Code, Command, StepKey};

use super::*;
use crate::cases;
use crate::planning;
use crate::testing::{Directory, GROUP, TestService, approved, person};

async fn state(service: &Service, id: &ApplicationId) -> State {
    Case::of_job(service, id).await.unwrap().application.state
}

/// Runs the job until it ends, as the runner would.
async fn run_out(service: &Service, id: &ApplicationId) -> u32 {
    for runs in 1..20 {
        match run(service, id).await {
            Ok(JobEnd::Done) => return runs,
            Ok(JobEnd::Onward(..)) => {}
            Ok(end) => panic!("{end:?}"),
            Err(error) => assert!(
                matches!(
                    error.end(service.now(), 1),
                    JobEnd::Later(..) | JobEnd::Onward(..)
                ),
                "{error}"
            ),
        }
    }
    panic!("it never ends")
}

/// Made, and not shown yet.
async fn waits_after_the_first_step(service: &Service, id: &ApplicationId) {
    let end = run(service, id).await;
    assert!(matches!(end, Ok(JobEnd::Onward(..))), "{end:?}");
}

const ALL: [&str; 4] = [
    "POST /v1.0/users",
    "PUT /v1.0/users/00000000-0000-0000-0000-00000000000e/manager/$ref",
    "POST /v1.0/users/00000000-0000-0000-0000-00000000000e/assignLicense",
    "POST /v1.0/groups/00000000-0000-0000-0000-00000000000d/members/$ref",
];

#[tokio::test]
async fn what_was_approved_is_done_once_and_in_order() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    let id = approved(&test.service).await;
    assert_eq!(run_out(&test.service, &id).await, 1);
    assert_eq!(state(&test.service, &id).await.code(), Code::CO);
    assert_eq!(directory.memory().writes, ALL);
    let made = directory.memory().users["h.takahashi@contoso.example"].clone();
    assert_eq!(
        (&made["department"], &made["usageLocation"]),
        (&json!("営業部"), &json!("JP"))
    );
}

#[tokio::test]
async fn lost_answers_and_slow_copies_never_repeat_a_write() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    let id = approved(&test.service).await;
    directory.memory().lag = 3;
    directory.memory().lost_answers = 4;
    assert!(run_out(&test.service, &id).await > 1, "it waits for the copies");
    assert_eq!(state(&test.service, &id).await.code(), Code::CO);
    assert_eq!(directory.memory().writes, ALL);
}

#[test]
fn a_step_that_was_done_makes_the_pauses_short_again() {
    let now = jiff::Timestamp::UNIX_EPOCH;
    let end = |open: &[usize]| counted_anew(Err(OVERTAKEN), open, now);
    assert!(matches!(end(&[3, 3]), Err(JobError::Wait(_))));
    assert!(matches!(end(&[]), Err(JobError::Wait(_))));
    let Ok(JobEnd::Onward(then, _)) = end(&[4, 4, 3]) else {
        panic!("one was done")
    };
    assert_eq!(then.duration_since(now), SignedDuration::from_secs(2));
    assert!(matches!(
        counted_anew(Ok(JobEnd::Done), &[4, 3], now),
        Ok(JobEnd::Done)
    ));
}

#[tokio::test]
async fn x14_before_each_write_the_journal_holds_what_stood_there() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    let service = &test.service;
    let id = approved(service).await;
    run_out(service, &id).await;
    let images: Result<_, store::StoreError> =
        transaction!(service.store.read(&service.tenant), tx => tx.before_images(&id).await);
    let before: Vec<_> = images
        .unwrap()
        .into_iter()
        .map(|image| image.body["before"].clone())
        .collect();
    let account = crate::testing::ACCOUNT;
    assert_eq!(
        before,
        [
            json!({ "account": null }),
            json!({ "account": account, "manager": null }),
            json!({ "account": account, "licences": [] }),
            json!({ "account": account, "group": GROUP, "member": false }),
        ]
    );
}

#[tokio::test]
async fn x14_before_each_write_the_history_list_holds_what_stood_there() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    let id = approved(&test.service).await;
    run_out(&test.service, &id).await;
    let memory = directory.memory();
    let last_before_write = memory.history_at_writes.iter().map(|rows| {
        let body = memory.history[rows - 1]["PFBody"].as_str().unwrap();
        serde_json::from_str::<serde_json::Value>(body).unwrap()["event"].clone()
    });
    let begun: Vec<_> = last_before_write
        .map(|event| (event["type"].clone(), event["step"].clone()))
        .collect();
    let steps = [
        "create-user",
        "set-manager",
        "assign-licence:00000000-0000-0000-0000-00000000000c",
        "add-to-group:00000000-0000-0000-0000-00000000000d",
    ];
    let wanted: Vec<_> = steps
        .iter()
        .map(|step| (json!("stepBegun"), json!(step)))
        .collect();
    assert_eq!(begun, wanted);
}

#[tokio::test]
async fn a_changed_plan_goes_back_to_the_last_approver_and_nothing_is_done() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    let service = &test.service;
    let id = approved(service).await;
    // What was approved lacks the group that the form leads to now.
    let mut case = Case::of_job(service, &id).await.unwrap();
    let State::Approved { case: accepted, .. } = &mut case.application.state else {
        panic!("not approved")
    };
    let Plans::One(Plan::Account(mut other)) = planning::unseal(&accepted.plan).unwrap() else {
        panic!("a plan for rows")
    };
    other.steps.pop();
    accepted.plan = planning::seal(&Plans::One(Plan::Account(other))).unwrap();
    case.row.state = serde_json::to_value(&case.application).unwrap();
    let saved: Result<_, store::StoreError> =
        transaction!(service.store.write(&service.tenant), tx => tx.save_application(&mut case.row).await);
    saved.unwrap();
    run_out(service, &id).await;
    let State::InApproval(review) = state(service, &id).await else {
        panic!("nobody is asked")
    };
    assert_eq!(review.asking.step, StepKey::new("it"));
    assert!(directory.memory().writes.is_empty());
}

#[tokio::test]
async fn somebody_elses_account_is_never_touched() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    let service = &test.service;
    let id = approved(service).await;
    let stranger =
        json!({"id": GROUP, "userPrincipalName": "h.takahashi@contoso.example", "displayName": "x"});
    let name = "h.takahashi@contoso.example".to_owned();
    directory
        .memory()
        .users
        .insert(name, stranger.as_object().unwrap().clone());
    run_out(service, &id).await;
    let State::NeedsAttention { why, .. } = state(service, &id).await else {
        panic!("nobody looks")
    };
    assert!(why.contains("ユーザー名"), "{why}");
    assert!(directory.memory().writes.is_empty());
}

#[tokio::test]
async fn x13_seats_that_run_out_park_the_case_and_a_retry_goes_on_from_there() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    let service = &test.service;
    let id = approved(service).await;
    directory.memory().lag = 2;
    waits_after_the_first_step(service, &id).await;
    directory.memory().seats = 0;
    run_out(service, &id).await;
    let State::NeedsAttention { stopped, why } = state(service, &id).await else {
        panic!("nobody looks")
    };
    assert!(why.starts_with("assign-licence:"), "{why}");
    let Stopped::Execution(progress) = stopped else {
        panic!("not in execution")
    };
    assert_eq!(progress.done.len(), 2);
    directory.memory().seats = 1;
    cases::act(service, &id, &Command::Retry { by: person(30) })
        .await
        .unwrap();
    run_out(service, &id).await;
    assert_eq!(state(service, &id).await.code(), Code::CO);
    assert_eq!(directory.memory().writes, ALL);
}

#[tokio::test]
async fn what_never_becomes_visible_is_shown_to_a_person() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    let service = &test.service;
    let id = approved(service).await;
    directory.memory().lag = 100;
    waits_after_the_first_step(service, &id).await;
    assert_eq!(state(service, &id).await.code(), Code::EX, "it waits at first");
    test.later(SignedDuration::from_mins(19));
    too_late_to_withdraw(service, &id).await;
    run(service, &id).await.unwrap_err();
    test.later(SignedDuration::from_mins(21));
    too_late_to_withdraw(service, &id).await;
    run_out(service, &id).await;
    assert_eq!(state(service, &id).await.code(), Code::RV);
    // A retry counts anew.
    cases::act(service, &id, &Command::Retry { by: person(30) })
        .await
        .unwrap();
    run(service, &id).await.unwrap_err();
    assert_eq!(state(service, &id).await.code(), Code::EX);
}

/// What somebody asks in vain is a line of the journal too.
async fn too_late_to_withdraw(service: &Service, id: &ApplicationId) {
    let asked = Command::TurnDown {
        by: person(10),
        reason: "not_now".to_owned(),
    };
    let outcome = cases::act(service, id, &asked).await.unwrap();
    assert!(matches!(outcome, Outcome::Done(_)));
}
