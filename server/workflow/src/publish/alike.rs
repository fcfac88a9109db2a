//! People whom no route can tell from one another as applicants, unless it could ask one of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::condition::{self, APPLICANT, Condition};
use crate::definition::{Definition, Source};
use crate::ids::PersonId;
use crate::publish::worlds::conditions;
use crate::route::Organisation;

/// So many of a crowd stand for it. One alone could be the one whom all others of it are to ask, and he is never asked on
/// his own application.
const STANDING: usize = 2;

/// Crowds of people who are alike: the same manager, the same posts.
pub(super) struct Crowds<'a> {
    crowds: Vec<Vec<&'a PersonId>>,
}

impl<'a> Crowds<'a> {
    pub(super) fn of(
        people: &BTreeSet<&'a PersonId>,
        definition: &Definition,
        organisation: &Organisation,
    ) -> Self {
        let names_people = names_applicants(definition);
        let mut crowds: BTreeMap<_, Vec<&PersonId>> = BTreeMap::new();
        for person in people {
            let known = &organisation.people[*person];
            let own = names_people.then_some(*person);
            let alike = (known.manager.as_ref(), &known.posts, own);
            crowds.entry(alike).or_default().push(*person);
        }
        Self {
            crowds: crowds.into_values().collect(),
        }
    }

    /// Those who stand for nobody else, for they could be asked (`touched`), and were not `tried` yet.
    pub(super) fn alone(
        &self,
        tried: &BTreeSet<&'a PersonId>,
        touched: &BTreeSet<PersonId>,
    ) -> BTreeSet<&'a PersonId> {
        let all = self.crowds.iter().flatten().copied();
        all.filter(|person| touched.contains(*person) && !tried.contains(person))
            .collect()
    }

    /// These, and those who stand for a crowd and were not tried yet.
    pub(super) fn next(
        &self,
        tried: &BTreeSet<&'a PersonId>,
        touched: &BTreeSet<PersonId>,
    ) -> BTreeSet<&'a PersonId> {
        let mut next = self.alone(tried, touched);
        for crowd in &self.crowds {
            let others = crowd.iter().copied().filter(|person| !touched.contains(*person));
            let standing = others.take(STANDING);
            next.extend(standing.filter(|person| !tried.contains(person)));
        }
        next
    }
}

/// Whether it matters to a route who applies, and not only in which post and under whom.
fn names_applicants(definition: &Definition) -> bool {
    let is_id = |root: &str, key: &str| root == APPLICANT && key == condition::ID;
    let of_condition = |condition: &Condition| {
        condition
            .names()
            .into_iter()
            .any(|name| is_id(name.root(), name.key()))
    };
    let of_source = |source: &Source| match source {
        Source::Master { keys, .. } => keys.values().any(|fact| {
            let (root, key) = condition::split(fact);
            is_id(root, key)
        }),
        _ => false,
    };
    conditions(definition).into_iter().any(of_condition) || definition.all_sources().any(of_source)
}
