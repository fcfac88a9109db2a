//! Every state against every action: drawn as a table, and compared cell by cell with the specification's.

use std::fmt::Write as _;

use crate::actions::action;
use crate::beyond_the_table::{BEYOND, LESS};
use crate::cells::{allowed, is_among, specified};
use crate::fixture::{Story, accept, person, submit};
use crate::passage::{Passage, name};
use crate::states::{STATES, states};
use crate::table_of_transitions::TRANSITIONS;
use workflow::Choice;
use workflow::application::may_follow;

/// The actions of the specification; and of our own.
pub(crate) fn columns() -> impl Iterator<Item = &'static str> {
    const OURS: [&str; 10] = [
        "T21 impossible",
        "F12 edit",
        "allow deletions",
        "attach",
        "represent",
        "turn down",
        "begin",
        "undone",
        "miss workers",
        "show password",
    ];
    TRANSITIONS.iter().map(|(id, ..)| *id).chain(OURS)
}

/// What an action leads to, or why it is refused.
pub(crate) fn tried(id: &'static str, before: &Story) -> Result<Passage, String> {
    if id == "T23" {
        let original = before.application.as_ref().ok_or("NoOriginal")?;
        may_follow(original, &person("applicant")).map_err(|no| format!("{:?}", no.code))?;
        return Ok(Passage {
            action: id,
            from: name(Some(original)),
            to: "new DR".to_owned(),
            stays: false,
        });
    }
    let after = action(id, before.clone())?;
    let both = (before.application.as_ref(), after.application.as_ref());
    Ok(Passage::new(id, both, &before.definition))
}

#[test]
fn each_cell_is_what_the_specification_says() {
    let mut wrong = String::new();
    for (name, state) in states() {
        for id in columns() {
            let allowed = allowed(id, name);
            let is_right = match tried(id, &state) {
                Ok(passage) => allowed.iter().any(|to| passage.leads(to)),
                Err(_) => allowed.is_empty(),
            };
            if !is_right {
                writeln!(
                    wrong,
                    "{id} in {name}: {:?} instead of {allowed:?}",
                    tried(id, &state)
                )
                .unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// An exception that the specification does not know, or knows as we do it, would hide a cell.
#[test]
fn each_exception_departs_from_a_cell_of_the_specification() {
    let names = |from: &'static [&str]| {
        let all = STATES.iter().map(|(name, _)| *name);
        let found: Vec<_> = all.filter(|name| is_among(from, name)).collect();
        assert!(!found.is_empty(), "no state of {from:?}");
        found
    };
    for (id, from, to, why) in BEYOND {
        for name in names(from) {
            let specified = specified(id, name);
            assert!(
                to.iter().all(|to| !specified.contains(to)),
                "{id} in {name}: {why}"
            );
        }
    }
    for (id, from, to, why) in LESS {
        for name in names(from) {
            let specified = specified(id, name);
            assert!(
                to.iter().all(|to| specified.contains(to)),
                "{id} in {name}: {why}"
            );
        }
    }
}

#[test]
fn every_state_answers_every_action() {
    let mut table = String::new();
    for (name, state) in states() {
        writeln!(table, "{name}").unwrap();
        for id in columns() {
            let answer = tried(id, &state).map_or_else(|code| code, |passage| format!("-> {}", passage.to));
            writeln!(table, "  {id:<16}{answer}").unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn what_a_state_is_called_is_what_it_is() {
    for (called, state) in states() {
        assert_eq!(name(state.application.as_ref()), called);
    }
    let mut story = Story::of([submit(), accept()]);
    assert_eq!(
        story.vote("stranger", Choice::Approve).unwrap_err().code,
        workflow::RefusalCode::NotAssignee
    );
}
