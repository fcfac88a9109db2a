//! What has begun is not given up unseen: 強制終了 of an execution, 作業不可, and workers who have left.

use std::collections::BTreeSet;

use crate::fixture::{Story, approval, flow, marks, person, step};
use crate::states::{cancel, decline, finish, park};
use serde_json::{Value, json};
use workflow::application::{attendance, may_follow};
use workflow::{Command, Event, Hash, PersonId, PlanStepId, RefusalCode, SealedFile, State};

fn work(key: &str, stage: &str, workers: &[&str]) -> Value {
    let workers = json!([{ "from": "people", "people": workers }]);
    step(
        key,
        json!({ "manualWork": { "workers": workers, "stage": stage } }),
    )
}

/// Approved, and on its way.
fn started(steps: impl IntoIterator<Item = Value>) -> Story {
    let first = approval("one", &["a"], json!({}));
    let mut story = Story::accepted(flow([first].into_iter().chain(steps)));
    story.approve("a");
    story.tell(Command::StartExecution).unwrap();
    story
}

fn begin(step: &str) -> Command {
    Command::BeginStep {
        step: PlanStepId::new(step),
        before: json!(null),
    }
}

fn undo(step: &str) -> Command {
    Command::FinishCompensation {
        step: PlanStepId::new(step),
        receipt: json!({}),
    }
}

fn admin(choice: &str) -> Command {
    let (by, reason) = (person("admin"), "中止".to_owned());
    match choice {
        "retry" => Command::Retry { by },
        "compensate" => Command::Compensate { by, reason },
        "accept" => Command::AcceptAsIs { by, reason },
        step => Command::Skip {
            by,
            step: PlanStepId::new(step),
            reason,
        },
    }
}

fn finish_work(story: &Story, by: &str) -> Command {
    Command::FinishWork {
        by: person(by),
        token: story.token().unwrap(),
        result: "済".to_owned(),
        proof: vec![SealedFile {
            name: "x".to_owned(),
            hash: Hash([1; 32]),
        }],
        marks: marks(),
    }
}

#[test]
fn t18_an_execution_that_has_begun_is_stopped_and_what_it_did_can_be_undone() {
    let mut story = started([]);
    story.tell(begin("user")).unwrap();
    story.tell(cancel()).unwrap();
    assert_eq!(story.code(), "RV");
    // The call that was under way came to its end: its receipt is kept, and nothing follows.
    story.tell(finish("user")).unwrap();
    assert!(matches!(story.last(), Event::StepDone { .. }));
    assert_eq!(story.code(), "RV");
    assert_eq!(
        story.tell(finish("licence")).unwrap_err().code,
        RefusalCode::NotNow
    );
    story.tell(admin("compensate")).unwrap();
    assert_eq!(story.code(), "EX");
    // Stopped again while it is being undone, it goes on with that.
    story.tell(cancel()).unwrap();
    assert_eq!(story.code(), "RV");
    story.tell(admin("retry")).unwrap();
    story.tell(undo("user")).unwrap();
    assert_eq!(story.code(), "FA");
}

/// The last call that undoes something was under way when it was stopped, and came to its end all the same.
#[test]
fn t22_what_was_undone_to_the_end_while_it_was_stopped_ends_with_the_retry() {
    let mut story = started([]);
    for command in [finish("user"), park(), admin("compensate"), park(), undo("user")] {
        story.tell(command).unwrap();
    }
    assert_eq!(story.code(), "RV");
    story.tell(admin("retry")).unwrap();
    assert_eq!(story.code(), "FA");
}

#[test]
fn t18_before_anything_was_done_there_is_nothing_to_look_at() {
    let mut story = started([]);
    story.tell(cancel()).unwrap();
    assert_eq!(story.code(), "CA");
    assert!(may_follow(story.now(), &person("applicant")).is_err());
}

#[test]
fn t18_t23_what_an_administrator_ends_half_done_can_be_undone_by_a_new_application() {
    let mut story = started([work("after", "afterExecution", &["d"])]);
    story.tell(finish("user")).unwrap();
    story.tell(finish("licence")).unwrap();
    assert_eq!(story.code(), "MW");
    story.tell(cancel()).unwrap();
    assert_eq!((story.code(), story.token()), ("RV", None));
    story.tell(cancel()).unwrap();
    assert_eq!(story.code(), "CA");
    may_follow(story.now(), &person("applicant")).unwrap();
    let mut undone = started([]);
    undone.tell(finish("user")).unwrap();
    undone.tell(park()).unwrap();
    undone.tell(admin("compensate")).unwrap();
    undone.tell(undo("user")).unwrap();
    assert_eq!(undone.code(), "FA");
    assert!(may_follow(undone.now(), &person("applicant")).is_err());
}

#[test]
fn t21_work_that_cannot_be_done_is_asked_for_again_or_skipped() {
    let mut story = started([work("before", "beforeExecution", &["d", "e"])]);
    for (by, reason, code) in [
        ("a", "鍵がない", RefusalCode::NotAssignee),
        ("d", " ", RefusalCode::ReasonMissing),
    ] {
        let declined = decline(&story, by, reason);
        assert_eq!(story.tell(declined).unwrap_err().code, code);
    }
    story.tell(decline(&story, "d", "鍵がない")).unwrap();
    let State::NeedsAttention { why, .. } = &story.now().state else {
        panic!("{:?}", story.now().state)
    };
    assert_eq!(why, "鍵がない");
    story.tell(admin("retry")).unwrap();
    assert_eq!(
        story.asked(),
        ("before".to_owned(), vec!["d".to_owned(), "e".to_owned()])
    );
    story.tell(decline(&story, "e", "鍵がない")).unwrap();
    assert_eq!(
        story.tell(admin("after")).unwrap_err().code,
        RefusalCode::NoSuchPlanStep
    );
    story.tell(admin("before")).unwrap();
    story.tell(admin("retry")).unwrap();
    assert_eq!(story.code(), "EX");
    story.tell(finish("user")).unwrap();
    story.tell(finish("licence")).unwrap();
    assert_eq!(story.code(), "PC", "something is missing");
}

#[test]
fn t21_work_that_was_declined_once_and_done_then_is_done() {
    let mut story = started([work("after", "afterExecution", &["d"])]);
    story.tell(finish("user")).unwrap();
    story.tell(finish("licence")).unwrap();
    story.tell(decline(&story, "d", "不在")).unwrap();
    story.tell(admin("retry")).unwrap();
    story.tell(finish_work(&story, "d")).unwrap();
    assert_eq!(story.code(), "CO");
}

#[test]
fn t21_work_that_is_accepted_undone_leaves_a_part_missing() {
    let mut story = started([work("after", "afterExecution", &["d"])]);
    story.tell(finish("user")).unwrap();
    story.tell(finish("licence")).unwrap();
    story.tell(decline(&story, "d", "不在")).unwrap();
    story.tell(admin("accept")).unwrap();
    assert_eq!(story.code(), "PC");
}

/// What follows from who has left.
fn muster(story: &mut Story, left: &[&str]) -> Option<Command> {
    let left: BTreeSet<PersonId> = left.iter().map(|name| person(name)).collect();
    let command = attendance(story.now(), &story.definition, &left);
    if let Some(command) = command.clone() {
        story.tell(command).unwrap();
    }
    command
}

#[test]
fn work_whose_workers_have_all_left_is_told_once_and_goes_on_when_one_is_back_or_it_is_handed_over() {
    let mut story = started([work("before", "beforeExecution", &["d", "e"])]);
    assert_eq!(muster(&mut story, &["d"]), None, "one is enough");
    assert_eq!(muster(&mut story, &["d", "e"]), Some(Command::MissWorkers));
    assert_eq!((story.last(), story.code()), (&Event::WorkersLeft {}, "MW"));
    assert_eq!(muster(&mut story, &["d", "e"]), None, "told already");
    assert_eq!(muster(&mut story, &["e"]), Some(Command::Resume));
    assert_eq!(muster(&mut story, &["d", "e"]), Some(Command::MissWorkers));
    story
        .tell(Command::Reassign {
            by: person("admin"),
            authority: workflow::application::Authority::Administrator,
            from: person("d"),
            to: person("c"),
            reason: "退職".to_owned(),
        })
        .unwrap();
    assert_eq!(muster(&mut story, &["d", "e"]), None);
    assert_eq!(
        muster(&mut story, &["c", "d", "e"]),
        Some(Command::MissWorkers),
        "told anew"
    );
    story.tell(finish_work(&story, "c")).unwrap();
    assert_eq!(story.code(), "EX");
}
