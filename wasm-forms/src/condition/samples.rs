//! The values of one name at which conditions can turn, and their neighbours.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::cases::Case;
use super::evaluate::evaluate;
use super::expression::{Expression, Kind, Name};
use super::facts::Fact;
use super::vocabulary::{Term, Type};
use crate::date::Date;

/// Of so many items of one list every subset is a case.
pub(super) const MAX_SUBSETS_OF: usize = 4;
/// Longer lists than forms have need not be tried.
const MAX_COUNT: i64 = 1_000;

pub(super) fn names(part: &Expression) -> Vec<&Name> {
    part.walk().filter_map(Expression::name).collect()
}

/// The comparisons that look at a name.
pub(super) fn about<'a>(name: &Name, atoms: &[&'a Expression]) -> Vec<&'a Expression> {
    let about = atoms.iter().copied().filter(|atom| names(atom).contains(&name));
    about.collect()
}

/// The texts in them.
pub(super) fn literals<'a>(atoms: &[&'a Expression]) -> BTreeSet<&'a String> {
    let texts = atoms
        .iter()
        .flat_map(|atom| atom.walk())
        .filter_map(|part| match &part.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        });
    texts.collect()
}

pub(super) fn samples(name: &Name, term: &Term, atoms: &[&Expression], today: Date) -> Vec<Fact<'static>> {
    let about = about(name, atoms);
    let literals = literals(&about);
    let mut values: Vec<Fact<'static>> = match term.of {
        Type::Text => all_texts(term, &literals),
        Type::Boolean => vec![Fact::Boolean(true), Fact::Boolean(false)],
        Type::Number => {
            let turns = turns(name, &about, &Fact::Number(0), today);
            within(term.range, turns).into_iter().map(Fact::Number).collect()
        }
        Type::Date => {
            let days = turns(name, &about, &Fact::Date(today), today);
            days.into_iter()
                .filter_map(|days| today.plus_days(days))
                .map(Fact::Date)
                .collect()
        }
        Type::Rows => counts(name, &about, &Fact::Rows(0), today)
            .into_iter()
            .map(Fact::Rows)
            .collect(),
        Type::List => lists(&literals, &counts(name, &about, &Fact::List(Vec::new()), today)),
    };
    if term.optional || values.is_empty() {
        values.push(Fact::Absent);
    }
    values
}

/// The numbers a field takes: its bounds stand for what lies beyond all turns.
fn within(range: Option<(i64, i64)>, turns: BTreeSet<i64>) -> BTreeSet<i64> {
    let Some((min, max)) = range else {
        return turns;
    };
    let inside = turns.into_iter().filter(|number| (min..=max).contains(number));
    inside.chain([min, max]).collect()
}

/// A closed choice has its options; any other text is one of those written, or none of them.
fn all_texts(term: &Term, literals: &BTreeSet<&String>) -> Vec<Fact<'static>> {
    let mut texts: Vec<String> = match &term.one_of {
        Some(options) => options.clone(),
        None => literals.iter().map(|text| (*text).clone()).collect(),
    };
    if term.one_of.is_none() {
        texts.push(other(literals));
    }
    texts
        .into_iter()
        .map(|text| Fact::Text(Cow::Owned(text)))
        .collect()
}

/// A text that contains none of these, but for the empty one, and is none of them.
fn other(literals: &BTreeSet<&String>) -> String {
    let longest = literals.iter().map(|text| text.len()).max().unwrap_or(0);
    "…".repeat(longest + 1)
}

/// Where a comparison of this name with constants can turn: its distance there from `zero`, and one to both sides.
fn turns(name: &Name, about: &[&Expression], zero: &Fact<'static>, today: Date) -> BTreeSet<i64> {
    let at_zero = Case {
        facts: BTreeMap::from([(name.clone(), zero.clone())]),
        today,
    };
    let distances = about.iter().flat_map(|atom| match &atom.kind {
        Kind::Compare(left, _, right) => {
            let left = evaluate(left, &at_zero);
            let rights: Vec<&Expression> = match &right.kind {
                Kind::List(items) => items.iter().collect(),
                _ => vec![&**right],
            };
            rights
                .into_iter()
                .filter_map(|right| distance(&left, &evaluate(right, &at_zero)))
                .collect::<Vec<i64>>()
        }
        _ => Vec::new(),
    });
    // The name may stand on either side, added or taken away.
    let around = |at: i64| [at - 1, at, at + 1, -at - 1, -at, -at + 1];
    let turns: BTreeSet<i64> = distances.flat_map(around).collect();
    if turns.is_empty() {
        BTreeSet::from([0])
    } else {
        turns
    }
}

fn distance(left: &Fact<'_>, right: &Fact<'_>) -> Option<i64> {
    // Far from the end of the numbers, so that neighbours can be named.
    let sane = |distance: &i64| distance.unsigned_abs() < u64::MAX / 4;
    match (left, right) {
        (Fact::Number(left), Fact::Number(right)) => left.checked_sub(*right).filter(sane),
        (Fact::Date(left), Fact::Date(right)) => Some(left.days_since(*right)),
        _ => None,
    }
}

/// Lengths at which something can turn; nothing has the length 0, for it is absent then.
fn counts(name: &Name, about: &[&Expression], none: &Fact<'static>, today: Date) -> BTreeSet<usize> {
    let turns = turns(name, about, none, today);
    let counts = turns.into_iter().filter(|count| (1..=MAX_COUNT).contains(count));
    let counts = counts.filter_map(|count| usize::try_from(count).ok());
    counts.chain([1]).collect()
}

/// Subsets of the items that are asked for, each filled up with others to every length at which something can turn.
fn lists(literals: &BTreeSet<&String>, counts: &BTreeSet<usize>) -> Vec<Fact<'static>> {
    let items: Vec<&String> = literals.iter().copied().collect();
    let subsets: Vec<Vec<&String>> = if items.len() <= MAX_SUBSETS_OF {
        let chosen = |set: usize| (0..items.len()).filter(move |at| (set >> at) & 1 == 1);
        (0..1_usize << items.len())
            .map(|set| chosen(set).map(|at| items[at]).collect())
            .collect()
    } else {
        let alone = items.iter().map(|item| vec![*item]);
        alone.chain([Vec::new(), items.clone()]).collect()
    };
    let other = other(literals);
    let filled = |subset: &Vec<&String>, length: usize| {
        let padding = (subset.len()..length).map(|at| format!("{other}{at}"));
        let items = subset.iter().map(|item| (*item).clone()).chain(padding);
        items.map(Cow::Owned).collect::<Vec<_>>()
    };
    let mut lists: Vec<Vec<Cow<'static, str>>> = subsets
        .iter()
        .flat_map(|subset| {
            let longer = counts.iter().copied().filter(|count| *count > subset.len());
            longer
                .chain([subset.len()])
                .map(|length| filled(subset, length))
                .collect::<Vec<_>>()
        })
        .filter(|list| !list.is_empty())
        .collect();
    lists.dedup();
    lists.into_iter().map(Fact::List).collect()
}
