//! 代理 (W17): who decides in whose place.

use crate::fixture::{Story, approval, at, decision, flow, person, with};
use serde_json::json;
use workflow::application::{ItemState, represent};
use workflow::route::{Delegation, Register};
use workflow::{Choice, Command, Event, Level, PrincipalRef, RefusalCode, access};

fn delegation(of: &str, to: &str, from: i64, until: Option<i64>) -> Delegation {
    Delegation {
        of: person(of),
        to: person(to),
        from: at(from),
        until: until.map(at),
        workflows: None,
    }
}

fn register(delegations: impl IntoIterator<Item = Delegation>) -> Register {
    Register {
        delegations: delegations.into_iter().collect(),
    }
}

fn story() -> Story {
    Story::accepted(flow([
        approval("one", &["a", "b"], json!({})),
        approval("two", &["c"], json!({})),
    ]))
}

/// Makes the application's deputies those of the register; whether anything changed.
fn settle(story: &mut Story, register: &Register) -> bool {
    let command = represent(story.now(), &story.definition, register, at(story.clock));
    command.map(|command| story.tell(command).unwrap()).is_some()
}

#[test]
fn w17_a_deputy_decides_for_a_time_and_the_delegator_still_may() {
    let mut story = story();
    let register = register([
        delegation("a", "d", 1_000, Some(2_000)),
        delegation("b", "e", 0, None),
    ]);
    assert!(settle(&mut story, &register), "b's deputy");
    assert_eq!(
        story.vote("d", Choice::Approve).unwrap_err().code,
        RefusalCode::NotAssignee
    );
    assert_eq!(register.next_change(at(story.clock)), Some(at(1_000)));
    story.clock = 1_000;
    assert!(settle(&mut story, &register));
    assert!(!settle(&mut story, &register), "nothing new");
    story.approve("d");
    let item = story
        .now()
        .asking()
        .unwrap()
        .item(&person("a"))
        .unwrap()
        .state
        .clone();
    assert!(matches!(item, ItemState::Done { by: Some(by), .. } if by == person("d")));
    assert!(matches!(story.last(), Event::Decided { on_behalf_of: Some(of), .. } if *of == person("a")));
    assert_eq!(
        story.vote("a", Choice::Approve).unwrap_err().code,
        RefusalCode::AlreadyDecided
    );
    story.approve("b");
    assert_eq!(story.asked().0, "two");
    story.clock = 3_000;
    assert!(settle(&mut story, &register));
    assert!(!story.now().represented.contains_key(&person("a")));
}

#[test]
fn w17_there_is_no_deputy_of_a_deputy() {
    let mut story = story();
    settle(
        &mut story,
        &register([delegation("a", "d", 0, None), delegation("d", "e", 0, None)]),
    );
    assert_eq!(
        story.vote("e", Choice::Approve).unwrap_err().code,
        RefusalCode::NotAssignee
    );
}

#[test]
fn w17_a_deputy_of_several_decides_once_for_each_and_his_own_first() {
    let mut story = story();
    settle(&mut story, &register([delegation("a", "b", 0, None)]));
    story.approve("b");
    assert_eq!(story.asked().1, ["a"], "his own");
    story.approve("b");
    assert_eq!(story.asked().0, "two", "and the one of a");
    let mut story = self::story();
    settle(
        &mut story,
        &register([delegation("a", "e", 0, None), delegation("b", "e", 0, None)]),
    );
    let token = story.token().unwrap();
    let mut named = decision("e", token, Choice::Approve);
    if let Command::Decide { marks, .. } = &mut named {
        marks.on_behalf_of = Some(person("b"));
    }
    story.tell(named).unwrap();
    assert_eq!(story.asked().1, ["a"]);
}

#[test]
fn w17_w25_the_applicant_is_nobodys_deputy_in_his_own_application() {
    let mut story = story();
    assert!(!settle(
        &mut story,
        &register([delegation("a", "applicant", 0, None)])
    ));
    assert_eq!(
        story.vote("applicant", Choice::Approve).unwrap_err().code,
        RefusalCode::NotAssignee
    );
}

#[test]
fn w17_w25_whatever_is_registered_the_applicant_decides_for_nobody() {
    let mut story = story();
    let deputies = [(person("a"), [person("applicant")].into())].into();
    story.tell(Command::Represent { deputies }).unwrap();
    let refusal = story.vote("applicant", Choice::Approve).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::NotAssignee);
    let decides = (PrincipalRef::Person(person("applicant")), Level::Decide);
    assert!(!access(story.now()).contains(&decides));
}

#[test]
fn w17_deputies_see_what_they_may_decide_and_keep_seeing_what_they_decided() {
    let mut story = story();
    let level = |story: &Story, who: &str, level| {
        access(story.now()).contains(&(PrincipalRef::Person(person(who)), level))
    };
    settle(
        &mut story,
        &register([delegation("a", "d", 0, None), delegation("b", "e", 0, None)]),
    );
    assert!(level(&story, "d", Level::Decide) && level(&story, "e", Level::Decide));
    story.approve("d");
    story.approve("b");
    assert!(level(&story, "d", Level::Read));
    assert!(!level(&story, "e", Level::Read), "he never acted");
}

#[test]
fn w17_a_definition_may_forbid_deputies() {
    let steps = json!([approval("one", &["a"], json!({}))]);
    let mut story = Story::accepted(with(json!({ "steps": steps, "deputies": false })));
    assert!(!settle(&mut story, &register([delegation("a", "d", 0, None)])));
    let deputies = [(person("a"), [person("d")].into())].into();
    assert_eq!(
        story.tell(Command::Represent { deputies }).unwrap_err().code,
        RefusalCode::NotAllowed
    );
}

#[test]
fn w17_a_delegation_can_be_for_some_workflows_only() {
    let mut story = story();
    let mut other = delegation("a", "d", 0, None);
    other.workflows = Some([workflow::WorkflowKey::new("other")].into());
    assert!(!settle(&mut story, &register([other])));
}

#[test]
fn t12_a_deputy_holds_and_releases_for_his_delegator() {
    let mut story = story();
    settle(&mut story, &register([delegation("a", "d", 0, None)]));
    story.vote("d", Choice::Hold).unwrap();
    assert_eq!(
        story.vote("b", Choice::Approve).unwrap_err().code,
        RefusalCode::HeldByOther
    );
    story.vote("a", Choice::Confirm).unwrap();
    assert_eq!(story.code(), "IA");
}

#[test]
fn t09_a_deputy_takes_back_what_he_decided() {
    let mut story = story();
    settle(&mut story, &register([delegation("b", "e", 0, None)]));
    story.approve("a");
    story.approve("e");
    story.tell(Command::TakeBack { by: person("e") }).unwrap();
    assert_eq!(story.asked().1, ["b"]);
}
