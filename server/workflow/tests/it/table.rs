//! Every state against every action: drawn as a table, and compared cell by cell with the specification's.

use std::fmt::Write as _;

use crate::actions::action;
use crate::fixture::{Story, accept, person, submit};
use crate::states::{STATES, Told};
use crate::table_of_transitions::{BEYOND, LESS, TRANSITIONS};
use workflow::Choice;
use workflow::application::may_follow;

/// What became of an action: the code that the specification gives the state after it, or why it is refused.
fn answer(id: &str, state: Told) -> Result<String, String> {
    if id == "T23" {
        let original = state().application;
        let original = original.ok_or_else(|| "NoOriginal".to_owned())?;
        let follows = may_follow(&original, &person("applicant"));
        return follows.map_or_else(|no| Err(format!("{:?}", no.code)), |()| Ok("new DR".to_owned()));
    }
    action(id, state()).map(|story| story.code_or_draft().to_owned())
}

/// The cell of the specification's table, by the state's own name or by the code that it begins with.
fn listed(cells: &[(&'static str, &'static str)], name: &str) -> Option<&'static str> {
    let code = name.split(' ').next().unwrap();
    let cell = cells.iter().find(|(from, _)| *from == name || *from == code);
    cell.map(|(_, to)| *to)
}

fn beyond(id: &str, name: &str) -> Option<&'static str> {
    let found = BEYOND
        .iter()
        .find(|(action, from, ..)| (*action, *from) == (id, name));
    found.map(|(_, _, to, _)| *to)
}

fn is_less(id: &str, name: &str) -> bool {
    LESS.iter()
        .any(|(action, from, _)| (*action, *from) == (id, name))
}

#[test]
fn each_cell_is_what_the_specification_says() {
    let mut wrong = String::new();
    for (id, cells) in TRANSITIONS {
        for (name, state) in STATES {
            let found = answer(id, state).unwrap_or_else(|_| "no".to_owned());
            let specified = listed(cells, name).filter(|_| !is_less(id, name));
            let expected = beyond(id, name).or(specified).unwrap_or("no");
            if found != expected {
                writeln!(wrong, "{id} in {name}: {found} instead of {expected}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// An exception that the specification does not know, or knows as we do it, would hide a cell.
#[test]
fn each_exception_departs_from_a_cell_of_the_specification() {
    let specified = |id: &str, name: &str| {
        assert!(STATES.iter().any(|(known, _)| *known == name), "no state {name}");
        let (_, cells) = TRANSITIONS.iter().find(|(known, _)| *known == id).unwrap();
        listed(cells, name)
    };
    for (id, name, to, why) in BEYOND {
        assert_ne!(specified(id, name), Some(*to), "{id} in {name}: {why}");
    }
    for (id, name, why) in LESS {
        assert!(specified(id, name).is_some(), "{id} in {name}: {why}");
        assert_eq!(beyond(id, name), None, "{id} in {name}: more and less at once");
    }
}

#[test]
fn every_state_answers_every_action() {
    let mut table = String::new();
    for (name, state) in STATES {
        writeln!(table, "{name}").unwrap();
        for (id, _) in TRANSITIONS {
            let answer = answer(id, state).map_or_else(|code| code, |to| format!("-> {to}"));
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
