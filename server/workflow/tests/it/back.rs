//! Taking back, ending, holding (T9 to T12).

use crate::fixture::{DAY, Story, approval, flow, person, with};
use serde_json::json;
use workflow::application::Flag;
use workflow::{Choice, Command, RefusalCode};

fn three(more: &serde_json::Value) -> Story {
    let steps = [("one", ["a", "b"]), ("two", ["c", "d"])];
    Story::accepted(flow(
        steps.map(|(key, people)| approval(key, &people, more.clone())),
    ))
}

fn take_back(by: &str) -> Command {
    Command::TakeBack { by: person(by) }
}

#[test]
fn t09_w15_the_last_approver_takes_his_decision_back_while_the_next_has_done_nothing() {
    let mut story = three(&json!({}));
    assert_eq!(story.tell(take_back("a")).unwrap_err().code, RefusalCode::TooLate);
    story.approve("a");
    story.approve("b");
    let next = story.token();
    assert_eq!(
        story.tell(take_back("a")).unwrap_err().code,
        RefusalCode::NotAssignee
    );
    story.tell(take_back("b")).unwrap();
    assert_eq!(
        story.asked(),
        ("one".to_owned(), vec!["b".to_owned()]),
        "what a said stands"
    );
    assert_ne!(story.token(), next);
    story.approve("b");
    assert_eq!(story.asked().0, "two");
    story.approve("c");
    assert_eq!(story.tell(take_back("b")).unwrap_err().code, RefusalCode::TooLate);
}

#[test]
fn t10_the_applicant_pulls_back_as_long_as_the_definition_says() {
    let pull = || Command::PullBack {
        by: person("applicant"),
    };
    for (policy, first, second) in [
        ("untilFirstDecision", true, false),
        ("untilLastStep", true, true),
        ("never", false, false),
    ] {
        let definition = || {
            let steps = ["a", "b", "c"].map(|who| approval(who, &[who], json!({})));
            with(json!({ "steps": steps, "pullBack": policy }))
        };
        let mut early = Story::accepted(definition());
        assert_eq!(early.tell(pull()).is_ok(), first, "{policy}");
        let mut later = Story::accepted(definition());
        later.approve("a");
        assert_eq!(later.tell(pull()).is_ok(), second, "{policy}");
        let mut last = Story::accepted(definition());
        last.approve("a");
        last.approve("b");
        assert!(last.tell(pull()).is_err(), "{policy}");
    }
}

#[test]
fn t11_w14_the_applicant_withdraws_as_long_as_the_definition_says() {
    let withdraw = || Command::Withdraw {
        by: person("applicant"),
        comment: None,
    };
    for (policy, asked, approved) in [
        ("untilExecution", true, true),
        ("untilApproved", true, false),
        ("never", false, false),
    ] {
        let definition =
            || with(json!({ "steps": [approval("one", &["a"], json!({}))], "withdraw": policy }));
        let mut story = Story::accepted(definition());
        assert_eq!(story.tell(withdraw()).is_ok(), asked, "{policy}");
        let mut story = Story::accepted(definition());
        story.approve("a");
        assert_eq!(story.tell(withdraw()).is_ok(), approved, "{policy}");
        let mut story = Story::accepted(definition());
        story
            .vote(
                "a",
                Choice::SendBack(workflow::application::SendBackTo::Applicant {}),
            )
            .unwrap();
        story.tell(withdraw()).unwrap();
        assert_eq!(story.code(), "WD");
    }
}

#[test]
fn t12_w16_a_hold_shows_and_blocks_the_others_until_it_is_released() {
    let mut story = three(&json!({}));
    story.vote("a", Choice::Hold).unwrap();
    assert_eq!(story.code(), "HO");
    assert_eq!(
        story.vote("b", Choice::Approve).unwrap_err().code,
        RefusalCode::HeldByOther
    );
    assert_eq!(
        story.vote("b", Choice::Confirm).unwrap_err().code,
        RefusalCode::HeldByOther
    );
    story.tell(Command::Release { by: person("admin") }).unwrap();
    assert_eq!(story.code(), "IA");
    assert_eq!(
        story
            .tell(Command::Release { by: person("admin") })
            .unwrap_err()
            .code,
        RefusalCode::NotNow
    );
    let mut strict = three(&json!({ "hold": "forbidden" }));
    assert_eq!(
        strict.vote("a", Choice::Hold).unwrap_err().code,
        RefusalCode::NotAllowed
    );
}

#[test]
fn t12_the_clock_stops_while_a_step_is_held_only_where_the_definition_says() {
    for (hold, late) in [("allowed", true), ("stopsClock", false)] {
        let mut story = three(&json!({ "hold": hold, "due": { "calendarDays": 3 } }));
        story.let_pass(DAY);
        story.vote("a", Choice::Hold).unwrap();
        story.let_pass(5 * DAY);
        assert_eq!(story.now().flags().contains(&Flag::Late), late, "{hold}");
        story.vote("a", Choice::Confirm).unwrap();
        story.let_pass(DAY);
        assert_eq!(
            story.now().flags().contains(&Flag::Late),
            late,
            "{hold}: a day is left"
        );
        story.let_pass(DAY);
        assert!(story.now().flags().contains(&Flag::Late), "{hold}");
    }
}
