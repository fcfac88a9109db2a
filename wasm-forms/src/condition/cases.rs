//! The cases that conditions can tell apart: for proofs such as "in every case one of these routes is taken".
//!
//! Each name gets the values at which a comparison can change its answer, and their neighbours; the cases are all
//! combinations. As long as every comparison looks at one name alone ([`Cases::is_exact`]), any facts at all are
//! answered like one of the cases; otherwise the cases are a search that can find a gap but not rule it out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::Condition;
use super::expression::{Expression, Function, Kind, Name, Operator};
use super::facts::{Fact, Facts};
use super::samples::{MAX_SUBSETS_OF, about, literals, names, samples};
use super::vocabulary::{Term, Type, Vocabulary};
use crate::date::Date;

/// More combinations are not looked at.
pub const MAX_CASES: usize = 100_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyCases;

impl fmt::Display for TooManyCases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the conditions tell more than {MAX_CASES} cases apart; compare fewer values"
        )
    }
}

impl std::error::Error for TooManyCases {}

/// One combination of values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub(super) facts: BTreeMap<Name, Fact<'static>>,
    pub(super) today: Date,
}

impl Facts for Case {
    fn value(&self, root: &str, key: &str) -> Fact<'_> {
        let found = self.facts.get(&Name::new(root, key));
        found.cloned().unwrap_or(Fact::Absent)
    }

    fn today(&self) -> Date {
        self.today
    }
}

/// `amount = 100000, kind = "guest", manager is empty`.
impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (name, fact)) in self.facts.iter().enumerate() {
            if at > 0 {
                f.write_str(", ")?;
            }
            match fact {
                Fact::Absent => write!(f, "{name} is empty")?,
                Fact::Text(text) => write!(f, "{name} = {text:?}")?,
                Fact::Number(number) => write!(f, "{name} = {number}")?,
                Fact::Boolean(boolean) => write!(f, "{name} = {boolean}")?,
                Fact::Date(date) => write!(f, "{name} = {date}")?,
                Fact::List(items) => write!(f, "{name} = {}", items.join(" + "))?,
                Fact::Rows(rows) => write!(f, "count({name}) = {rows}")?,
            }
        }
        Ok(())
    }
}

#[derive(Debug, Clone)]
pub struct Cases {
    samples: Vec<(Name, Vec<Fact<'static>>)>,
    today: Date,
    exact: bool,
}

impl Cases {
    /// Conditions that passed [`Condition::check`] against this vocabulary.
    pub fn of<'a>(
        conditions: impl IntoIterator<Item = &'a Condition>,
        vocabulary: &Vocabulary,
        today: Date,
    ) -> Result<Self, TooManyCases> {
        let conditions: Vec<&Condition> = conditions.into_iter().collect();
        let atoms = atoms(&conditions);
        let samples = turning_points(conditions, vocabulary, today);
        let whole = samples
            .iter()
            .all(|(name, _)| is_tried_whole(name, &atoms, vocabulary));
        let count = samples
            .iter()
            .try_fold(1_usize, |count, (_, values)| count.checked_mul(values.len()));
        if count.is_none_or(|count| count > MAX_CASES) {
            return Err(TooManyCases);
        }
        let exact = whole && atoms.iter().all(|atom| is_exact(atom, vocabulary));
        Ok(Self {
            samples,
            today,
            exact,
        })
    }

    /// Whether the cases stand for any facts at all.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    pub fn iter(&self) -> impl Iterator<Item = Case> + '_ {
        let count: usize = self.samples.iter().map(|(_, values)| values.len()).product();
        (0..count).map(|number| self.case(number))
    }

    /// The number's digits, in a base of its own for each name, choose the values.
    fn case(&self, mut number: usize) -> Case {
        let mut facts = BTreeMap::new();
        for (name, values) in &self.samples {
            facts.insert(name.clone(), values[number % values.len()].clone());
            number /= values.len();
        }
        Case {
            facts,
            today: self.today,
        }
    }
}

/// Of each name the values at which one of these conditions can turn, and their neighbours: for whoever combines them
/// with others.
pub fn turning_points<'a>(
    conditions: impl IntoIterator<Item = &'a Condition>,
    vocabulary: &Vocabulary,
    today: Date,
) -> Vec<(Name, Vec<Fact<'static>>)> {
    let conditions: Vec<&Condition> = conditions.into_iter().collect();
    let atoms = atoms(&conditions);
    let names: BTreeSet<&Name> = conditions
        .iter()
        .flat_map(|one| one.0.walk().filter_map(Expression::name))
        .collect();
    let sample = |name: &Name| {
        let open = Term::from(Type::Text);
        let term = vocabulary.term(name).unwrap_or(&open);
        (name.clone(), samples(name, term, &atoms, today))
    };
    names.into_iter().map(sample).collect()
}

fn atoms<'a>(conditions: &[&'a Condition]) -> Vec<&'a Expression> {
    let parts = conditions.iter().flat_map(|condition| condition.0.walk());
    parts.filter(|part| is_atom(part)).collect()
}

/// What has an answer of its own: comparisons, `empty(…)`, and names that are true or false.
fn is_atom(part: &Expression) -> bool {
    matches!(part.kind, Kind::Compare(..) | Kind::Call(Function::Empty, _))
}

fn is_exact(atom: &Expression, vocabulary: &Vocabulary) -> bool {
    let one_name = names(atom).len() <= 1;
    let changed = atom
        .walk()
        .any(|part| matches!(part.kind, Kind::Call(Function::Lower, _)));
    let is_text = |part: &Expression| {
        let term = part.name().and_then(|name| vocabulary.term(name));
        term.is_none_or(|term| term.of == Type::Text)
    };
    let plain = match &atom.kind {
        Kind::Compare(whole, Operator::Contains, _) => !is_text(whole),
        Kind::Call(_, inner) => inner.name().is_some(),
        _ => true,
    };
    one_name && !changed && plain
}

/// Of a list only so many items are tried in every combination.
fn is_tried_whole(name: &Name, atoms: &[&Expression], vocabulary: &Vocabulary) -> bool {
    let is_list = vocabulary.term(name).is_some_and(|term| term.of == Type::List);
    !is_list || literals(&about(name, atoms)).len() <= MAX_SUBSETS_OF
}
