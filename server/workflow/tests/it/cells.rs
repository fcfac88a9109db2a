//! What an action may lead to from a state: what the specification says, without what does not come about, and what we do
//! besides.

use crate::beyond_the_table::{BEYOND, Departure, LESS};
use crate::passage::Passage;
use crate::table_of_transitions::TRANSITIONS;

/// By the state's name; nothing: it is refused.
pub(crate) fn allowed(action: &str, name: &str) -> Vec<&'static str> {
    let less = named(LESS, action, name);
    let specified = specified(action, name).into_iter();
    specified
        .filter(|to| !less.contains(to))
        .chain(named(BEYOND, action, name))
        .collect()
}

/// Whether the specification's table says so, or what we do besides.
pub(crate) fn is_listed(passage: &Passage) -> bool {
    let allowed = allowed(passage.action, passage.from);
    allowed.iter().any(|to| passage.leads(to))
}

pub(crate) fn specified(action: &str, name: &str) -> Vec<&'static str> {
    let rows = TRANSITIONS.iter();
    let rows = rows.filter(|(one, from, _)| *one == action && is_among(from, name));
    rows.flat_map(|(.., to)| *to).copied().collect()
}

fn named(departures: &[Departure], action: &str, name: &str) -> Vec<&'static str> {
    let rows = departures.iter();
    let rows = rows.filter(|(one, from, ..)| *one == action && is_among(from, name));
    rows.flat_map(|(_, _, to, _)| *to).copied().collect()
}

/// By the state's own name, by the code that it begins with, or as one of those that are open.
pub(crate) fn is_among(from: &[&str], name: &str) -> bool {
    const OPEN: [&str; 9] = ["SU", "IA", "SB", "PB", "HO", "AP", "EX", "MW", "RV"];
    let code = name.split(' ').next().unwrap();
    let is_it = |from: &&str| *from == name || *from == code || (*from == "open" && OPEN.contains(&code));
    from.iter().any(is_it)
}
