//! Handing over and changing what runs (T13, T17, T18, F12, F13).

use crate::fixture::{
    Story, accept, and, answers, approval, decision, flow, marks, person, plan, route, submit, values, with,
};
use serde_json::json;
use workflow::application::{Authority, ItemState};
use workflow::route::RouteStep;
use workflow::{Choice, Command, RefusalCode, State, StepKey};

fn three(more: &serde_json::Value) -> Story {
    let steps = [("one", ["a", "b"]), ("two", ["c", "d"])];
    Story::accepted(flow(
        steps.map(|(key, people)| approval(key, &people, more.clone())),
    ))
}

fn hand(by: &str, from: &str, to: &str, authority: Authority) -> Command {
    Command::Reassign {
        by: person(by),
        authority,
        from: person(from),
        to: person(to),
        reason: "異動".to_owned(),
    }
}

#[test]
fn t13_w18_one_item_goes_to_another_person_and_the_token_stands() {
    let mut story = three(&json!({}));
    let token = story.token();
    for (command, code) in [
        (hand("b", "a", "e", Authority::Assignee), RefusalCode::NotAssignee),
        (
            hand("a", "a", "b", Authority::Assignee),
            RefusalCode::AlreadyAsked,
        ),
        (
            hand("a", "a", "applicant", Authority::Assignee),
            RefusalCode::ApplicantBarred,
        ),
        (
            hand("admin", "e", "c", Authority::Administrator),
            RefusalCode::NotAssignee,
        ),
    ] {
        assert_eq!(story.tell(command).unwrap_err().code, code);
    }
    story.tell(hand("a", "a", "e", Authority::Assignee)).unwrap();
    assert_eq!(
        (story.asked().1, story.token()),
        (vec!["b".to_owned(), "e".to_owned()], token)
    );
    assert_eq!(
        story.vote("a", Choice::Approve).unwrap_err().code,
        RefusalCode::AlreadyDecided
    );
    story
        .tell(hand("admin", "b", "d", Authority::Administrator))
        .unwrap();
    story.approve("e");
    story.approve("d");
    assert_eq!(story.asked().0, "two");
    let first = &story.now().past[0].items[0].state;
    assert_eq!(*first, ItemState::Reassigned { to: person("e") });
    let mut strict = three(&json!({ "reassign": false }));
    assert_eq!(
        strict
            .tell(hand("a", "a", "e", Authority::Assignee))
            .unwrap_err()
            .code,
        RefusalCode::NotAllowed
    );
    strict
        .tell(hand("admin", "a", "e", Authority::Administrator))
        .unwrap();
}

fn change_route(steps: Vec<RouteStep>) -> Command {
    Command::ChangeRoute {
        by: person("admin"),
        route: workflow::Route::of(steps),
        reason: "組織改編".to_owned(),
    }
}

fn asking(key: &str, people: &[&str]) -> RouteStep {
    RouteStep::asking(StepKey::new(key), people.iter().map(|name| person(name)))
}

#[test]
fn t17_w28_an_administrator_changes_what_is_not_passed_yet() {
    let mut story = three(&json!({}));
    let steps = |story: &Story| story.now().route().unwrap().steps.clone();
    story.approve("a");
    let first = steps(&story)[0].clone();
    let token = story.token();
    story
        .tell(change_route(vec![first.clone(), asking("two", &["e"])]))
        .unwrap();
    assert_eq!(story.token(), token, "the step that stands is as it was");
    story
        .tell(change_route(vec![
            asking("one", &["b", "d"]),
            asking("two", &["e"]),
        ]))
        .unwrap();
    assert_ne!(story.token(), token);
    assert_eq!(story.asked().1, ["b", "d"], "asked anew");
    story.approve("b");
    story.approve("d");
    assert_eq!(story.asked(), ("two".to_owned(), vec!["e".to_owned()]));
    let first = || steps(&story)[0].clone();
    for (bad, code) in [
        (
            vec![asking("one", &["a"]), asking("two", &["c"])],
            RefusalCode::RouteMismatch,
        ),
        (vec![first()], RefusalCode::RouteMismatch),
        (
            vec![first(), asking("two", &["applicant"])],
            RefusalCode::ApplicantBarred,
        ),
    ] {
        let mut story = Story {
            definition: story.definition.clone(),
            application: story.application.clone(),
            events: Vec::new(),
            clock: story.clock,
        };
        assert_eq!(story.tell(change_route(bad)).unwrap_err().code, code);
    }
}

#[test]
fn t18_an_administrator_ends_whatever_is_open_and_says_why() {
    let cancel = |reason: &str| Command::Cancel {
        by: person("admin"),
        reason: reason.to_owned(),
    };
    let mut story = three(&json!({}));
    assert_eq!(
        story.tell(cancel(" ")).unwrap_err().code,
        RefusalCode::ReasonMissing
    );
    story.tell(cancel("重複")).unwrap();
    assert_eq!(story.code(), "CA");
    assert_eq!(story.now().past[0].items[0].state, ItemState::Cancelled);
    assert_eq!(story.tell(cancel("重複")).unwrap_err().code, RefusalCode::NotNow);
    let mut early = Story::of([submit()]);
    early.tell(cancel("重複")).unwrap();
    assert_eq!(early.code(), "CA");
}

fn edited(story: &Story, by: &str, values: forms::Values) -> Command {
    Command::Edit {
        by: person(by),
        token: story.token().unwrap(),
        route: route(&story.definition, &values),
        plan: plan("with a licence"),
        values,
        comment: None,
        marks: marks(),
    }
}

/// a, then b and c who may change the licence, then e for licence E5 alone.
fn with_editors() -> Story {
    let extra = and(
        approval("extra", &["e"], json!({})),
        json!({ "when": "licence = \"E5\"" }),
    );
    let mut story = Story::accepted(flow([
        approval("one", &["a"], json!({})),
        approval("two", &["b", "c"], json!({ "editable": ["licence"] })),
        extra,
    ]));
    story.approve("a");
    story.approve("b");
    story
}

fn licensed(licence: &str, last: &str) -> forms::Values {
    answers(json!({ "lastName": last, "firstName": "花子", "licence": licence }))
}

#[test]
fn f12_those_asked_change_their_own_fields_and_no_others() {
    let mut story = with_editors();
    let outside = story
        .tell(edited(&story, "c", licensed("E5", "鈴木")))
        .unwrap_err();
    assert_eq!(
        (outside.code, outside.args["field"].as_str()),
        (RefusalCode::FieldNotEditable, Some("lastName"))
    );
    for (by, values, code) in [
        ("a", licensed("E5", "佐藤"), RefusalCode::NotAssignee),
        ("c", values(), RefusalCode::NotAllowed),
    ] {
        assert_eq!(story.tell(edited(&story, by, values)).unwrap_err().code, code);
    }
}

#[test]
fn f12_after_an_edit_the_step_is_asked_anew_and_later_steps_follow_the_answers() {
    let mut story = with_editors();
    let token = story.token().unwrap();
    story.tell(edited(&story, "c", licensed("E5", "佐藤"))).unwrap();
    let late = story.tell(decision("c", token, Choice::Approve)).unwrap_err();
    assert_eq!(late.code, RefusalCode::StaleStep);
    assert_eq!(story.asked().1, ["b", "c"], "b has not seen this");
    assert!(
        matches!(story.now().past[0].items[0].state, ItemState::Done { .. }),
        "the step before stands"
    );
    story.approve("b");
    story.approve("c");
    assert_eq!(story.asked().0, "extra");
    let State::InApproval(review) = &story.now().state else {
        panic!()
    };
    assert_eq!(review.case.payload.values.text("licence"), Some("E5"));
}

#[test]
fn f13_the_number_comes_with_the_submission_or_with_the_last_approval() {
    let number = || Command::Number {
        number: "USR-2026-00009".to_owned(),
    };
    let mut story = Story::accepted(with(json!({
        "steps": [approval("one", &["a"], json!({}))],
        "numbering": { "prefix": "USR", "digits": 5, "at": "approval" },
    })));
    assert_eq!(story.tell(number()).unwrap_err().code, RefusalCode::NotNow);
    story.approve("a");
    story.tell(number()).unwrap();
    assert_eq!(story.now().number, "USR-2026-00009");
    assert_eq!(story.now().provisional.as_deref(), Some("USR-2026-00001"));
    assert_eq!(story.tell(number()).unwrap_err().code, RefusalCode::NotNow);
    let mut plain = Story::of([submit(), accept()]);
    for who in ["manager", "it1", "it2"] {
        plain.approve(who);
    }
    assert_eq!(plain.tell(number()).unwrap_err().code, RefusalCode::NotAllowed);
}
