//! 判断: what approvers can say at a step, and what comes of it (T2 to T8).

use crate::fixture::{
    Story, accept, approval, decision, definition, flow, marks, person, resubmit, step, submission, submit,
};
use serde_json::json;
use workflow::application::{Channel, ItemState, SendBackTo, StepState};
use workflow::route::SkipReason;
use workflow::{Choice, Command, Event, RefusalCode, StepKey};

fn all_of(people: &[&str], more: serde_json::Value) -> Story {
    Story::accepted(flow([
        approval("one", people, more),
        approval("two", &["e"], json!({})),
    ]))
}

fn back_to(step: &str) -> Choice {
    Choice::SendBack(SendBackTo::Step {
        step: StepKey::new(step),
    })
}

#[test]
fn t01_what_was_never_submitted_answers_to_nothing() {
    let mut story = Story::default();
    assert_eq!(story.tell(accept()).unwrap_err().code, RefusalCode::NotNow);
}

#[test]
fn t02_f11_a_drafter_may_submit_again_and_a_stranger_may_not() {
    let mut story = Story::default();
    let mut submission = submission();
    submission.drafter = Some(person("a"));
    story.tell(Command::Submit(Box::new(submission))).unwrap();
    story.tell(Command::Return { issues: Vec::new() }).unwrap();
    let again = |by: &str| match resubmit(2) {
        Command::Resubmit { source, values, .. } => Command::Resubmit {
            by: person(by),
            source,
            values,
        },
        other => other,
    };
    assert_eq!(
        story.tell(again("b")).unwrap_err().code,
        RefusalCode::NotApplicant
    );
    story.tell(again("a")).unwrap();
    assert_eq!((story.code(), story.now().round()), ("SU", 2));
    assert_eq!(story.tell(resubmit(2)).unwrap_err().code, RefusalCode::NotNow);
}

#[test]
fn t03_a_route_opens_its_first_step_or_is_approved_by_rule() {
    assert_eq!(
        Story::of([submit(), accept()]).asked(),
        ("manager".to_owned(), vec!["manager".to_owned()])
    );
    let rule = step(
        "rule",
        json!({ "automatic": { "outcomes": [{ "then": "finish" }] } }),
    );
    let story = Story::accepted(flow([rule, approval("one", &["a"], json!({}))]));
    assert_eq!(story.code(), "AP");
    let steps = story.now().steps(&story.definition);
    assert_eq!(steps[1].1, StepState::Skipped(SkipReason::Rule));
}

#[test]
fn t03_a_route_that_leaves_out_an_approval_is_refused() {
    for left_out in [0, 1] {
        let mut story = Story::of([submit()]);
        let Command::Accept { plan, mut route } = accept() else {
            panic!()
        };
        route.steps.remove(left_out);
        let refusal = story.tell(Command::Accept { plan, route }).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::RouteMismatch, "{left_out}");
    }
}

#[test]
fn t04_what_cannot_be_accepted_is_with_the_applicant() {
    let mut story = Story::of([submit()]);
    story.tell(Command::Return { issues: Vec::new() }).unwrap();
    assert_eq!(story.code(), "SB");
}

#[test]
fn t05_w01_w02_w03_w04_a_step_passes_when_its_quorum_is_reached() {
    let cases = [
        (json!({ "quorum": { "of": "any" } }), 1),
        (json!({}), 4),
        (json!({ "quorum": { "of": "n", "n": 3 } }), 3),
        (json!({ "quorum": { "of": "percent", "percent": 60 } }), 3),
    ];
    for (quorum, needed) in cases {
        let mut story = all_of(&["a", "b", "c", "d"], quorum);
        for (given, by) in ["a", "b", "c", "d"].into_iter().enumerate().take(needed) {
            assert_eq!(story.asked().0, "one", "{given} of {needed}");
            story.approve(by);
        }
        assert_eq!(story.asked().0, "two");
    }
}

#[test]
fn t05_lanes_are_asked_together_and_nobody_twice() {
    let lanes =
        json!([{ "from": "people", "people": ["a", "b"] }, { "from": "people", "people": ["b", "c"] }]);
    let one = step("one", json!({ "approval": { "assignees": lanes } }));
    let story = Story::accepted(flow([one]));
    assert_eq!(story.asked().1, ["a", "b", "c"]);
}

#[test]
fn t05_a_decision_tells_its_channel_and_is_given_once() {
    let mut story = all_of(&["a", "b"], json!({}));
    let token = story.token().unwrap();
    let mut vote = decision("a", token, Choice::Approve);
    if let Command::Decide { marks, .. } = &mut vote {
        marks.channel = Channel::Api;
    }
    story.tell(vote.clone()).unwrap();
    assert!(matches!(
        story.last(),
        Event::Decided {
            channel: Some(Channel::Api),
            on_behalf_of: None,
            ..
        }
    ));
    assert_eq!(story.tell(vote).unwrap_err().code, RefusalCode::AlreadyDecided);
    let text = serde_json::to_value(story.last()).unwrap();
    assert_eq!(text["channel"], "api");
    assert!(text.get("onBehalfOf").is_none());
}

#[test]
fn t06_the_decider_of_a_final_step_ends_the_approval() {
    let mut story = all_of(&["a", "b"], json!({ "final": true }));
    story.vote("a", Choice::Finish).unwrap();
    assert_eq!(story.code(), "AP");
    assert_eq!(
        story.now().past[0].item(&person("b")).unwrap().state,
        ItemState::Cancelled
    );
    let states: Vec<_> = story
        .now()
        .steps(&story.definition)
        .into_iter()
        .map(|(_, state)| state)
        .collect();
    assert_eq!(states, [StepState::Passed, StepState::Skipped(SkipReason::Rule)]);
    let mut plain = all_of(&["a", "b"], json!({}));
    assert_eq!(
        plain.vote("a", Choice::Finish).unwrap_err().code,
        RefusalCode::NotAllowed
    );
}

#[test]
fn t07_w12_w13_an_application_goes_back_as_far_as_the_step_lets_it() {
    let steps = |policy: &str| {
        let policy = json!({ "sendBack": policy });
        let steps = [("one", "a"), ("two", "b"), ("three", "c")];
        Story::accepted(flow(
            steps.map(|(key, who)| approval(key, &[who], policy.clone())),
        ))
    };
    let at_three = |policy| {
        let mut story = steps(policy);
        story.approve("a");
        story.approve("b");
        story
    };
    let to_applicant = || Choice::SendBack(SendBackTo::Applicant {});
    let mut story = at_three("applicantOrEarlier");
    story.vote("c", back_to("one")).unwrap();
    assert_eq!((story.code(), story.asked().0.as_str()), ("IA", "one"));
    let superseded = |at: usize| matches!(story.now().past[at].items[0].state, ItemState::Superseded { .. });
    assert!(superseded(0) && superseded(1));
    assert_eq!(
        at_three("applicantOrEarlier")
            .vote("c", back_to("three"))
            .unwrap_err()
            .code,
        RefusalCode::NoSuchTarget
    );
    let mut story = at_three("applicant");
    assert_eq!(
        story.vote("c", back_to("one")).unwrap_err().code,
        RefusalCode::NoSuchTarget
    );
    story.vote("c", to_applicant()).unwrap();
    assert_eq!(story.code(), "SB");
    assert_eq!(
        at_three("none").vote("c", to_applicant()).unwrap_err().code,
        RefusalCode::NotAllowed
    );
}

#[test]
fn t07_t08_whoever_sends_back_or_rejects_says_why() {
    for choice in [Choice::Reject, Choice::SendBack(SendBackTo::Applicant {})] {
        let mut story = all_of(&["a"], json!({}));
        let token = story.token().unwrap();
        let silent = Command::Decide {
            by: person("a"),
            token,
            choice,
            comment: Some("  ".to_owned()),
            marks: marks(),
        };
        assert_eq!(story.tell(silent).unwrap_err().code, RefusalCode::CommentMissing);
    }
}

#[test]
fn t08_w11_a_rejection_ends_it_at_once_at_the_threshold_or_never() {
    let cases = [
        (json!({ "reject": "first" }), 1, "RJ"),
        (
            json!({ "quorum": { "of": "n", "n": 2 }, "reject": "threshold" }),
            2,
            "RJ",
        ),
        (json!({ "mode": "opinion" }), 3, "IA"),
    ];
    for (rules, rejections, end) in cases {
        let mut story = all_of(&["a", "b", "c"], rules.clone());
        for (given, by) in ["a", "b", "c"].into_iter().enumerate().take(rejections) {
            assert_eq!(
                (story.code(), story.asked().0.as_str()),
                ("IA", "one"),
                "{rules} after {given}"
            );
            story.vote(by, Choice::Reject).unwrap();
        }
        assert_eq!(story.code(), end, "{rules}");
    }
}

#[test]
fn t08_opinions_are_on_record_and_the_step_passes_when_all_have_answered() {
    let mut story = all_of(&["a", "b"], json!({ "mode": "opinion" }));
    story.vote("a", Choice::Reject).unwrap();
    story.approve("b");
    assert_eq!(story.asked().0, "two");
    assert!(
        story.now().past[0]
            .verdicts()
            .any(|verdict| verdict == workflow::application::Verdict::Reject)
    );
}

#[test]
fn w05_a_rule_on_the_way_rejects_returns_or_lets_pass() {
    let rule = |then: &str| step("rule", json!({ "automatic": { "outcomes": [{ "then": then }] } }));
    for (then, code) in [
        ("pass", "IA"),
        ("finish", "AP"),
        ("reject", "RJ"),
        ("return", "SB"),
    ] {
        let steps = [
            approval("one", &["a"], json!({})),
            rule(then),
            approval("two", &["b"], json!({})),
        ];
        let mut story = Story::accepted(flow(steps));
        story.approve("a");
        assert_eq!(story.code(), code, "{then}");
        let first = Story::accepted(flow([rule(then), approval("one", &["a"], json!({}))]));
        assert_eq!(first.code(), code, "{then} at once");
    }
}

#[test]
fn w27_a_running_application_answers_only_to_its_own_definition() {
    let mut story = Story::of([submit(), accept()]);
    story.definition.version += 1;
    assert_eq!(
        story.vote("manager", Choice::Approve).unwrap_err().code,
        RefusalCode::OtherDefinition
    );
    story.definition = definition();
    story.approve("manager");
}
