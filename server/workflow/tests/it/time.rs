//! What time leads to (T14, T15, T16): reminders, deadlines, going ahead of the absent, looking afterwards.

use crate::fixture::{DAY, Story, and, approval, at, flow, marks, person, step};
use serde_json::{Value, json};
use workflow::application::{Flag, ItemState, NoticeState, StepState, due_actions, next_due};
use workflow::route::SkipReason;
use workflow::{Choice, Command, Event, Level, PrincipalRef, RefusalCode, StepKey, access};

fn due(more: Value) -> Value {
    and(json!({ "due": { "calendarDays": 3 } }), more)
}

fn two_steps(more: Value) -> Story {
    let first = approval("one", &["a", "b"], more);
    Story::accepted(flow([first, approval("two", &["c"], json!({}))]))
}

#[test]
fn t16_w21_w23_a_deadline_does_what_the_step_says() {
    let cases = [
        (json!({ "do": "remind" }), "IA", "one"),
        (
            json!({ "do": "escalate", "to": [{ "from": "people", "people": ["e"] }] }),
            "IA",
            "one",
        ),
        (json!({ "do": "approve" }), "IA", "two"),
        (json!({ "do": "reject" }), "RJ", ""),
        (json!({ "do": "sendBack" }), "SB", ""),
        (json!({ "do": "expire" }), "EP", ""),
    ];
    for (action, code, asked) in cases {
        let mut story = two_steps(due(json!({ "atDeadline": action })));
        let early = Command::MeetDeadline { asking: 1 };
        assert_eq!(
            story.tell(early).unwrap_err().code,
            RefusalCode::NotDue,
            "{action}"
        );
        story.let_pass(3 * DAY);
        assert_eq!(story.code(), code, "{action}");
        if code == "IA" {
            assert_eq!(story.asked().0, asked, "{action}");
        }
        let after = story.events.len();
        story.let_pass(DAY);
        assert_eq!(story.events.len(), after, "once: {action}");
    }
}

#[test]
fn t16_what_was_not_answered_is_timed_out_and_what_was_said_stands() {
    let mut story = two_steps(due(json!({ "atDeadline": { "do": "approve" } })));
    story.approve("a");
    story.let_pass(3 * DAY);
    let item = |name: &str| story.now().past[0].item(&person(name)).unwrap().state.clone();
    assert!(matches!(item("a"), ItemState::Done { .. }));
    assert_eq!(item("b"), ItemState::TimedOut);
}

#[test]
fn t16_w23_escalation_adds_or_replaces() {
    let to = json!([{ "from": "people", "people": ["d", "e"] }]);
    for (replace, asked) in [(false, vec!["b", "d", "e"]), (true, vec!["d", "e"])] {
        let action = json!({ "do": "escalate", "to": to, "replace": replace });
        let mut story = two_steps(due(json!({ "atDeadline": action })));
        story.approve("a");
        story.let_pass(3 * DAY);
        assert_eq!(story.asked().1, asked);
        for who in asked {
            story.approve(who);
        }
        assert_eq!(story.asked().0, "two");
    }
}

#[test]
fn t16_a_replacement_that_could_not_reach_the_quorum_only_adds() {
    let action = json!({ "do": "escalate", "to": [{ "from": "people", "people": ["e"] }], "replace": true });
    let mut story = two_steps(due(
        json!({ "atDeadline": action, "quorum": { "of": "n", "n": 2 } }),
    ));
    story.let_pass(3 * DAY);
    assert_eq!(story.asked().1, ["a", "b", "e"]);
}

#[test]
fn w22_reminders_come_once_each_and_together_when_they_were_missed() {
    let reminders = json!([{ "before": { "calendarDays": 1 } }, { "after": { "calendarDays": 1 } }]);
    let mut story = two_steps(due(json!({ "reminders": reminders })));
    assert_eq!(next_due(story.now(), story.terms()), Some(at(120 + 2 * DAY)));
    let reminded = |story: &Story| {
        let sent = story.events.iter().filter_map(|(_, event)| match event {
            Event::Reminded { reminders } => Some(reminders.len()),
            _ => None,
        });
        sent.collect::<Vec<_>>()
    };
    story.let_pass(2 * DAY);
    assert_eq!(reminded(&story), [1]);
    story.let_pass(3 * DAY);
    assert_eq!(reminded(&story), [1, 1]);
    let mut late = two_steps(due(json!({ "reminders": reminders })));
    late.let_pass(10 * DAY);
    assert_eq!(reminded(&late), [2]);
    assert!(due_actions(late.now(), late.terms(), at(late.clock)).is_empty());
    let again = Command::Remind {
        asking: 1,
        reminders: [0].into(),
    };
    assert_eq!(late.tell(again).unwrap_err().code, RefusalCode::NotDue);
}

fn idle() -> Story {
    let pull_up =
        json!({ "pullUp": { "after": { "calendarDays": 2 }, "reviewWithin": { "calendarDays": 5 } } });
    let steps = [
        approval("one", &["a", "b"], pull_up.clone()),
        approval("two", &["c"], pull_up),
        approval("three", &["d"], json!({})),
        approval("four", &["e"], json!({})),
    ];
    Story::accepted(flow(steps))
}

fn pull_up(story: &Story, by: &str) -> Command {
    Command::PullUp {
        by: person(by),
        token: story.token().unwrap(),
        comment: None,
        marks: marks(),
    }
}

#[test]
fn t14_w19_a_later_approver_goes_ahead_of_an_idle_step() {
    let mut story = idle();
    assert_eq!(
        story.tell(pull_up(&story, "c")).unwrap_err().code,
        RefusalCode::NotDue
    );
    let reads = |story: &Story, who: &str| {
        access(story.now()).contains(&(PrincipalRef::Person(person(who)), Level::Read))
    };
    assert!(!reads(&story, "d"));
    story.let_pass(2 * DAY);
    assert!(reads(&story, "c") && reads(&story, "d") && !reads(&story, "e"));
    assert_eq!(
        story.tell(pull_up(&story, "e")).unwrap_err().code,
        RefusalCode::NotAssignee
    );
    story.tell(pull_up(&story, "d")).unwrap();
    assert_eq!(story.asked().0, "four");
    let states: Vec<_> = story
        .now()
        .steps(&story.definition)
        .into_iter()
        .map(|(_, state)| state)
        .collect();
    let skipped = StepState::Skipped(SkipReason::PullUp);
    assert_eq!(states, [skipped, skipped, StepState::Passed, StepState::Active]);
    assert!(story.now().flags().contains(&Flag::PostReviewOpen));
    let waiting: Vec<_> = story.now().notices[0].open().map(ToString::to_string).collect();
    assert_eq!(waiting, ["a", "b", "c"]);
}

#[test]
fn t14_nobody_goes_ahead_of_a_step_where_somebody_decided() {
    let mut story = idle();
    story.let_pass(2 * DAY);
    story.approve("a");
    assert_eq!(
        story.tell(pull_up(&story, "c")).unwrap_err().code,
        RefusalCode::TooLate
    );
}

#[test]
fn t14_nobody_goes_ahead_of_a_step_that_somebody_holds() {
    let mut story = idle();
    story.let_pass(2 * DAY);
    story.vote("a", Choice::Hold).unwrap();
    let ahead = story.tell(pull_up(&story, "c"));
    assert_eq!(ahead.unwrap_err().code, RefusalCode::HeldByOther);
    story.vote("a", Choice::Confirm).unwrap();
    story.tell(pull_up(&story, "c")).unwrap();
}

#[test]
fn t14_those_known_to_be_absent_are_not_waited_for() {
    let mut story = idle();
    let offer = |absent| Command::OfferPullUp { asking: 1, absent };
    assert_eq!(story.tell(offer(false)).unwrap_err().code, RefusalCode::NotDue);
    story.tell(offer(true)).unwrap();
    story.tell(pull_up(&story, "c")).unwrap();
    assert_eq!(story.asked().0, "three");
}

fn acknowledge(by: &str, step: &str) -> Command {
    Command::Acknowledge {
        by: person(by),
        step: Some(StepKey::new(step)),
        comment: None,
        marks: marks(),
    }
}

fn object(by: &str, step: &str) -> Command {
    Command::Object {
        by: person(by),
        step: Some(StepKey::new(step)),
        comment: "聞いていない".to_owned(),
        marks: marks(),
    }
}

#[test]
fn t15_w19_whoever_was_passed_over_looks_afterwards_and_may_object() {
    let mut story = idle();
    story.let_pass(2 * DAY);
    story.tell(pull_up(&story, "d")).unwrap();
    story.tell(acknowledge("a", "one")).unwrap();
    assert_eq!(
        story.tell(acknowledge("a", "one")).unwrap_err().code,
        RefusalCode::NoSuchItem
    );
    story.approve("e");
    assert_eq!(story.code(), "AP", "nothing waits for it");
    story.tell(object("b", "one")).unwrap();
    assert!(story.now().flags().contains(&Flag::Objection));
    let settle = Command::SettleObjection {
        by: person("admin"),
        step: StepKey::new("one"),
        person: person("b"),
        reason: "説明した".to_owned(),
    };
    story.tell(settle.clone()).unwrap();
    assert_eq!(story.tell(settle).unwrap_err().code, RefusalCode::NoSuchItem);
    story.let_pass(6 * DAY);
    assert!(story.now().notices[0].is_late);
    story.tell(acknowledge("c", "one")).unwrap();
    assert!(story.now().flags().is_empty());
}

#[test]
fn t15_a_post_review_of_the_definition_begins_with_the_last_approval() {
    let review = step(
        "later",
        json!({ "postReview": { "reviewers": [{ "from": "people", "people": ["e"] }] } }),
    );
    let mut story = Story::accepted(flow([approval("one", &["a"], json!({})), review]));
    assert!(story.now().notices.is_empty());
    story.approve("a");
    assert_eq!(story.code(), "AP");
    story.tell(object("e", "later")).unwrap();
    assert!(matches!(
        story.now().notices[0].items[0].state,
        NoticeState::Objected { .. }
    ));
}

#[test]
fn w20_a_circulation_is_read_and_acknowledged_and_never_waited_for() {
    let readers = json!({ "circulation": { "readers": [{ "from": "people", "people": ["d", "e"] }] } });
    let steps = [
        approval("one", &["a"], json!({})),
        step("round", readers),
        approval("two", &["b"], json!({})),
    ];
    let mut story = Story::accepted(flow(steps));
    let holds = |story: &Story, who: &str, level| {
        let principal = PrincipalRef::Person(person(who));
        access(story.now()).contains(&(principal, level))
    };
    assert!(!holds(&story, "e", Level::Read) && !holds(&story, "e", Level::Decide));
    story.approve("a");
    assert_eq!(story.asked().0, "two");
    assert!(holds(&story, "e", Level::Decide), "he writes that he has seen it");
    story.tell(acknowledge("d", "round")).unwrap();
    assert!(holds(&story, "d", Level::Read));
    assert_eq!(
        story.tell(object("e", "round")).unwrap_err().code,
        RefusalCode::NotAllowed
    );
    story.approve("b");
    assert_eq!(story.code(), "AP");
    let unnamed = Command::Acknowledge {
        by: person("e"),
        step: None,
        comment: None,
        marks: marks(),
    };
    story.tell(unnamed).unwrap();
    assert!(holds(&story, "e", Level::Read));
}

#[test]
fn w20_what_was_circulated_once_in_a_round_is_not_sent_again() {
    let readers = json!({ "circulation": { "readers": [{ "from": "people", "people": ["e"] }] } });
    let steps = [
        approval("one", &["a"], json!({})),
        step("round", readers),
        approval("two", &["b"], json!({})),
    ];
    let mut story = Story::accepted(flow(steps));
    story.approve("a");
    let back = workflow::application::SendBackTo::Step {
        step: StepKey::new("one"),
    };
    story.vote("b", Choice::SendBack(back)).unwrap();
    story.approve("a");
    assert_eq!(story.now().notices.len(), 1);
}
