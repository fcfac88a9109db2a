use std::collections::BTreeSet;

use crate::fixture::{Story, accept, definition, person, submit};
use workflow::application::attendance;
use workflow::{Choice, Command, Event, Hash, PersonId, SealedFile, State};

fn left(names: &[&str]) -> BTreeSet<PersonId> {
    names.iter().map(|name| person(name)).collect()
}

fn asked_it() -> Story {
    let mut story = Story::of([submit(), accept()]);
    story.vote("manager", Choice::Approve).unwrap();
    story
}

fn muster(story: &mut Story, names: &[&str]) -> &'static str {
    if let Some(command) = attendance(story.now(), &definition(), &left(names)) {
        story.tell(command).unwrap();
    }
    story.code()
}

#[test]
fn a_step_waits_for_nobody_who_left_as_long_as_the_others_are_enough() {
    let mut story = asked_it();
    assert_eq!(muster(&mut story, &["it3", "manager", "applicant"]), "IA");
    assert_eq!(muster(&mut story, &["it2", "it3"]), "RV");
}

#[test]
fn a_vote_given_before_leaving_stays_given() {
    let mut story = asked_it();
    story.vote("it2", Choice::Approve).unwrap();
    assert_eq!(muster(&mut story, &["it2", "it3"]), "IA");
    story.vote("it1", Choice::Approve).unwrap();
    assert_eq!(story.code(), "AP");
}

#[test]
fn whoever_comes_back_finds_the_step_as_it_stood() {
    let mut story = asked_it();
    story.vote("it1", Choice::Approve).unwrap();
    let token = story.token();
    assert_eq!(muster(&mut story, &["it2", "it3"]), "RV");
    assert_eq!(muster(&mut story, &["it2", "it3"]), "RV");
    assert_eq!(muster(&mut story, &["it3"]), "IA");
    assert_eq!(story.token(), token);
    story.vote("it2", Choice::Approve).unwrap();
    assert_eq!(story.code(), "AP");
}

#[test]
fn a_step_that_is_held_by_someone_who_left_is_parked() {
    let mut story = asked_it();
    story.vote("it1", Choice::Hold).unwrap();
    assert_eq!(muster(&mut story, &["it1"]), "RV");
}

#[test]
fn what_is_parked_for_another_reason_does_not_go_on_by_itself() {
    let mut story = asked_it();
    let why = "version 3 is missing".to_owned();
    story.tell(Command::Park { why }).unwrap();
    assert_eq!(muster(&mut story, &[]), "RV");
}

fn file(content: &[u8]) -> SealedFile {
    SealedFile {
        name: "reason.txt".to_owned(),
        hash: Hash::of(content),
    }
}

fn with(content: &[u8]) -> Story {
    let files = vec![file(content)];
    Story::of([submit(), Command::Attach { by: None, files }, accept()])
}

#[test]
fn the_token_stands_for_the_files_too() {
    assert_ne!(with(b"abc").token(), with(b"abd").token());
    assert_eq!(with(b"abc").token(), with(b"abc").token());
    assert_ne!(with(b"abc").token(), Story::of([submit(), accept()]).token());
}

#[test]
fn what_an_approver_adds_is_what_the_next_step_is_asked_about() {
    let mut story = with(b"abc");
    let token = story.token();
    let (by, files) = (Some(person("manager")), vec![file(b"more")]);
    story.tell(Command::Attach { by, files }).unwrap();
    assert_eq!(story.token(), token, "his own vote is still for what he saw");
    story.vote("manager", Choice::Approve).unwrap();
    let mut without = with(b"abc");
    without.vote("manager", Choice::Approve).unwrap();
    assert_ne!(story.token(), without.token());
    assert_eq!(story.now().files.len(), 2);
}

#[test]
fn a_line_without_files_and_a_state_of_older_days_stay_readable() {
    let story = Story::of([submit(), accept()]);
    let text = serde_json::to_value(story.now()).unwrap();
    assert!(text.get("files").is_none());
    let read: workflow::Application = serde_json::from_value(text).unwrap();
    assert!(read.files.is_empty() && matches!(read.state, State::InApproval(_)));
    let line = serde_json::json!({ "type": "resumed" });
    assert_eq!(serde_json::from_value::<Event>(line).unwrap(), Event::Resumed {});
}
