//! Every state against every action: drawn as a table, and compared cell by cell with the specification's.

use std::fmt::Write as _;

use crate::actions::action;
use crate::fixture::{Story, accept, person, submit};
use crate::states::{STATES, Told};
use crate::table_of_transitions::{BEYOND, TRANSITIONS};
use workflow::Choice;
use workflow::application::may_follow;

/// What became of an action: the codes of the specification, `IA ` with the step where the state stays.
fn outcome(id: &str, state: Told) -> String {
    if id == "T23" {
        let story = state();
        let follows = story
            .application
            .as_ref()
            .is_some_and(|original| may_follow(original, &person("applicant")).is_ok());
        return if follows { "new DR" } else { "no" }.to_owned();
    }
    match action(id, state()) {
        Ok(story) => story.code().to_owned(),
        Err(_) => "no".to_owned(),
    }
}

#[test]
fn each_cell_is_what_the_specification_says() {
    let mut wrong = String::new();
    for (id, cells) in TRANSITIONS {
        for (name, state) in STATES {
            let found = outcome(id, state);
            let code = name.split(' ').next().unwrap();
            let listed = cells.iter().find(|(from, _)| *from == name || *from == code);
            let beyond = BEYOND
                .iter()
                .find(|(action, from, ..)| *action == *id && *from == name);
            let expected = match (beyond, listed) {
                (Some((_, _, to, _)), _) | (None, Some((_, to))) => *to,
                (None, None) => "no",
            };
            if found != expected {
                writeln!(wrong, "{id} in {name}: {found} instead of {expected}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_state_answers_every_action() {
    let mut table = String::new();
    for (name, state) in STATES {
        writeln!(table, "{name}").unwrap();
        for (id, _) in TRANSITIONS.iter().filter(|(id, _)| *id != "T23") {
            let answer = match action(id, state()) {
                Ok(story) => format!("-> {}", story.code()),
                Err(code) => code,
            };
            writeln!(table, "  {id:<16}{answer}").unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn what_a_state_is_called_is_what_it_is() {
    for (name, state) in STATES {
        let code = name.split(' ').next().unwrap();
        assert_eq!(state().code_or_draft(), code, "{name}");
    }
    let mut story = Story::of([submit(), accept()]);
    assert_eq!(
        story.vote("stranger", Choice::Approve).unwrap_err().code,
        workflow::RefusalCode::NotAssignee
    );
}
