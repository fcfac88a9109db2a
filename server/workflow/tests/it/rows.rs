//! Rows of a bulk application: begun and ended some at a time; one that fails stops no other.

use crate::fixture::{Story, accept, person, plan, submit};
use serde_json::json;
use workflow::application::{Progress, RowBegun, RowEnd, RowEnded};
use workflow::{Choice, Command, PlanStepId, RefusalCode, State, replay};

/// The fixture's plan has the steps `user` and `licence`: here they are rows.
fn executing() -> Story {
    let mut story = Story::of([submit(), accept()]);
    for (who, choice) in [
        ("manager", Choice::Approve),
        ("it1", Choice::Approve),
        ("it3", Choice::Approve),
    ] {
        story.vote(who, choice).unwrap();
    }
    story.tell(Command::StartExecution).unwrap();
    story
}

fn begin(rows: &[&str]) -> Command {
    let begun = |row: &&str| RowBegun {
        row: PlanStepId::new(*row),
        before: json!({ "account": null }),
    };
    Command::BeginRows {
        rows: rows.iter().map(begun).collect(),
    }
}

fn end(rows: &[(&str, bool)]) -> Command {
    let ended = |(row, good): &(&str, bool)| RowEnded {
        row: PlanStepId::new(*row),
        end: if *good {
            RowEnd::Done {
                receipt: json!({ "account": row }),
            }
        } else {
            RowEnd::Failed {
                why: "taken".to_owned(),
            }
        },
    };
    Command::EndRows {
        rows: rows.iter().map(ended).collect(),
    }
}

fn progress(story: &Story) -> Progress {
    match &story.now().state {
        State::Executing(progress) => progress.clone(),
        other => panic!("not in execution: {other:?}"),
    }
}

fn is_replayed(story: &Story) {
    let told = replay(story.events.iter().map(|(at, event)| (*at, event))).unwrap();
    assert_eq!(told.as_ref(), Some(story.now()));
}

#[test]
fn f10_rows_are_done_together_and_the_last_one_ends_the_application() {
    let mut story = executing();
    story.tell(begin(&["user", "licence"])).unwrap();
    assert_eq!(
        story.tell(begin(&["user"])).unwrap_err().code,
        RefusalCode::NotNow,
        "the first look counts"
    );
    story.tell(end(&[("licence", true)])).unwrap();
    assert_eq!(story.code(), "EX");
    story.tell(end(&[("user", true)])).unwrap();
    assert_eq!(story.code(), "CO");
    is_replayed(&story);
}

#[test]
fn f10_a_failed_row_is_retried_alone_or_skipped() {
    let mut story = executing();
    story.tell(begin(&["user", "licence"])).unwrap();
    story.tell(end(&[("user", false), ("licence", true)])).unwrap();
    assert_eq!(story.code(), "EX");
    assert!(progress(&story).waiting().is_empty(), "nothing is left to try");
    let alone = story.tell(crate::states::finish("user")).unwrap_err();
    assert_eq!(alone.code, RefusalCode::NoSuchPlanStep, "it waits for a retry");
    let again = story.tell(end(&[("licence", true)])).unwrap_err();
    assert_eq!(
        again.code,
        RefusalCode::NoSuchPlanStep,
        "what is done is never done again"
    );
    let park = Command::Park { why: "1".to_owned() };
    story.tell(park.clone()).unwrap();
    assert_eq!(story.code(), "RV");
    story.tell(Command::Retry { by: person("admin") }).unwrap();
    assert_eq!(progress(&story).waiting(), [&PlanStepId::new("user")]);
    story.tell(end(&[("user", false)])).unwrap();
    story.tell(park).unwrap();
    let skip = Command::Skip {
        by: person("admin"),
        step: PlanStepId::new("user"),
        reason: "退職".to_owned(),
    };
    story.tell(skip).unwrap();
    story.tell(Command::Retry { by: person("admin") }).unwrap();
    assert_eq!(story.code(), "PC");
    is_replayed(&story);
}

#[test]
fn f10_what_was_approved_is_not_exchanged_once_a_row_failed() {
    let mut story = executing();
    story.tell(end(&[("user", false)])).unwrap();
    let changed = story.tell(Command::PlanChanged { plan: plan("x") }).unwrap_err();
    assert_eq!(changed.code, RefusalCode::AlreadyBegun);
}

fn undone(rows: &[(&str, bool)]) -> Command {
    match end(rows) {
        Command::EndRows { rows } => Command::EndRowCompensations { rows },
        other => other,
    }
}

fn compensating() -> Story {
    let mut story = executing();
    story.tell(begin(&["user", "licence"])).unwrap();
    story.tell(end(&[("user", true), ("licence", false)])).unwrap();
    story.tell(Command::Park { why: "1".to_owned() }).unwrap();
    let compensate = Command::Compensate {
        by: person("admin"),
        reason: "入社取りやめ".to_owned(),
    };
    story.tell(compensate).unwrap();
    story
}

fn to_undo(story: &Story) -> Vec<PlanStepId> {
    match &story.now().state {
        State::Compensating(progress) => progress.waiting_to_be_undone().into_iter().cloned().collect(),
        other => panic!("not in compensation: {other:?}"),
    }
}

#[test]
fn t22_rows_are_undone_the_last_first_also_those_that_failed_half_way() {
    let mut story = compensating();
    assert_eq!(to_undo(&story), ["licence", "user"].map(PlanStepId::new));
    story.tell(undone(&[("licence", true)])).unwrap();
    assert_eq!(
        story.tell(undone(&[("licence", true)])).unwrap_err().code,
        RefusalCode::NoSuchPlanStep,
        "what is undone is not undone again"
    );
    story.tell(undone(&[("user", true)])).unwrap();
    assert_eq!(story.code(), "FA");
    is_replayed(&story);
}

#[test]
fn t22_a_row_that_cannot_be_undone_stops_no_other_and_is_retried_alone() {
    let mut story = compensating();
    story.tell(undone(&[("licence", false), ("user", true)])).unwrap();
    assert_eq!((story.code(), to_undo(&story)), ("EX", Vec::new()));
    let park = Command::Park { why: "1".to_owned() };
    story.tell(park.clone()).unwrap();
    story.tell(Command::Retry { by: person("admin") }).unwrap();
    assert_eq!(to_undo(&story), [PlanStepId::new("licence")]);
    story.tell(undone(&[("licence", false)])).unwrap();
    story.tell(park).unwrap();
    let accept = Command::AcceptAsIs {
        by: person("admin"),
        reason: "手で消した".to_owned(),
    };
    story.tell(accept).unwrap();
    assert_eq!(story.code(), "PC", "something of it stands");
    is_replayed(&story);
}
