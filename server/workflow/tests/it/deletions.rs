//! 削除の上限: an application that would delete too much waits, whole, for an administrator.

use crate::fixture::{Story, approval, flow, person};
use crate::states::{accept_as_is, cancel, finish, park, withdraw, work};
use serde_json::{Value, json};
use workflow::application::{Progress, TooManyDeletions, may_follow};
use workflow::{Command, Event, PlanStepId, RefusalCode, State};

pub(crate) fn hold() -> Command {
    Command::HoldDeletions {
        deletions: TooManyDeletions {
            wanted: 60,
            before: 0,
            most: 50,
            hours: 24,
        },
    }
}

fn allow(reason: &str) -> Command {
    Command::AllowDeletions {
        by: person("admin"),
        reason: reason.to_owned(),
    }
}

fn retry() -> Command {
    Command::Retry { by: person("admin") }
}

fn begin() -> Command {
    Command::BeginStep {
        step: PlanStepId::new("user"),
        before: json!(null),
    }
}

fn approved(more: Value) -> Story {
    let mut story = Story::accepted(flow([approval("one", &["a"], json!({}))]));
    if let Value::Object(more) = more {
        let mut definition = serde_json::to_value(&story.definition).unwrap();
        definition.as_object_mut().unwrap().extend(more);
        story.definition = serde_json::from_value(definition).unwrap();
    }
    story.approve("a");
    story
}

fn held() -> Story {
    let mut story = approved(Value::Null);
    story.tell(hold()).unwrap();
    story
}

fn code(refused: Result<(), workflow::Refusal>) -> RefusalCode {
    refused.unwrap_err().code
}

#[test]
fn x08_nothing_of_it_is_begun_until_an_administrator_lets_it_go_on_for_a_reason() {
    let mut story = held();
    assert_eq!(story.code(), "RV");
    for command in [
        Command::StartExecution,
        begin(),
        finish("user"),
        park(),
        hold(),
        accept_as_is(),
    ] {
        assert_eq!(code(story.tell(command)), RefusalCode::NotNow);
    }
    assert_eq!(code(story.tell(allow(" "))), RefusalCode::ReasonMissing);
    story.tell(allow("組織改編による")).unwrap();
    assert_eq!(story.code(), "EX");
    assert!(matches!(story.last(), Event::DeletionsAllowed { by, .. } if *by == person("admin")));
    // What was allowed is not held again.
    assert_eq!(code(story.tell(hold())), RefusalCode::AlreadyBegun);
    for command in [begin(), finish("user"), finish("licence")] {
        story.tell(command).unwrap();
    }
    assert_eq!(story.code(), "CO");
}

#[test]
fn x08_a_retry_is_measured_again_and_what_has_begun_is_not_held() {
    let mut story = held();
    story.tell(retry()).unwrap();
    assert_eq!(story.code(), "EX");
    story.tell(hold()).unwrap();
    assert_eq!(story.code(), "RV");
    story.tell(retry()).unwrap();
    story.tell(begin()).unwrap();
    assert_eq!(code(story.tell(hold())), RefusalCode::AlreadyBegun);
}

#[test]
fn x08_its_applicant_gives_it_up_and_an_administrator_ends_it_with_nothing_done() {
    let mut story = held();
    story.tell(withdraw()).unwrap();
    assert_eq!(story.code(), "WD");
    let mut story = approved(json!({ "withdraw": "untilApproved" }));
    story.tell(hold()).unwrap();
    assert_eq!(code(story.tell(withdraw())), RefusalCode::TooLate);
    story.tell(cancel()).unwrap();
    assert_eq!(story.code(), "CA");
    assert!(may_follow(story.now(), &person("applicant")).is_err());
}

#[test]
fn x08_work_by_hand_that_comes_first_is_asked_for_once_it_is_allowed() {
    let mut story = crate::states::STATES
        .iter()
        .find(|(code, _)| *code == "AP")
        .map(|(_, told)| told())
        .unwrap();
    story.tell(hold()).unwrap();
    story.tell(allow("確認済み")).unwrap();
    assert_eq!(story.code(), "MW");
    let done = work(&story);
    story.tell(done).unwrap();
    let State::Executing(Progress {
        deletions_allowed, ..
    }) = &story.now().state
    else {
        panic!("not executing")
    };
    assert!(deletions_allowed);
}
