//! Every outcome that the specification names for a transition is reached (4.4, the column "to"), and no other without a
//! reason.

use std::collections::BTreeSet;

use crate::cells::{allowed, is_among, is_listed};
use crate::passage::Passage;
use crate::states::{STATES, states};
use crate::table::{columns, tried};
use crate::table_of_transitions::TRANSITIONS;
use crate::{cases, departures};

/// What the cell-by-cell table and the cases reach.
pub(crate) fn reached() -> BTreeSet<Passage> {
    let mut all = BTreeSet::new();
    for (_, state) in states() {
        all.extend(columns().filter_map(|id| tried(id, &state).ok()));
    }
    for (id, begin, deed) in cases::CASES.iter().chain(departures::CASES) {
        let mut story = begin();
        let before = story.application.clone();
        deed(&mut story).unwrap_or_else(|refusal| panic!("{id}: {refusal:?}"));
        let both = (before.as_ref(), story.application.as_ref());
        all.insert(Passage::new(id, both, &story.definition));
    }
    all
}

#[test]
fn each_outcome_of_the_specification_is_reached_and_no_other_without_a_reason() {
    let reached = reached();
    let mut wrong = Vec::new();
    for (id, from, to) in TRANSITIONS {
        let states = STATES.iter().map(|(name, _)| *name);
        let states: Vec<_> = states.filter(|name| is_among(from, name)).collect();
        for to in *to {
            let never = states.iter().all(|name| !allowed(id, name).contains(to));
            let found = reached
                .iter()
                .any(|one| one.action == *id && is_among(from, one.from) && one.leads(to));
            if never == found {
                wrong.push(format!("{id}: is {to} reached? {found}"));
            }
        }
    }
    let unlisted = reached.iter().filter(|one| !is_listed(one));
    wrong.extend(unlisted.map(|one| format!("{one:?} is not listed")));
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn looking_at_it_changes_nothing_wherever_it_stands() {
    for (name, state) in states() {
        if let Ok(passage) = tried("T15", &state) {
            assert!(passage.stays, "{name}");
        }
    }
}
