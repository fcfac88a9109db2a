//! A snapshot of everything that routes can name.

use std::collections::{BTreeMap, BTreeSet};

use forms::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::ids::{GroupId, PersonId};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Organisation {
    pub people: BTreeMap<PersonId, Person>,
    /// By name. A unit that no other stands above need not be here.
    pub units: BTreeMap<String, Unit>,
    pub groups: BTreeMap<GroupId, Group>,
    /// Rows of master tables, in order.
    pub masters: BTreeMap<String, Vec<Map<String, Value>>>,
    /// Owners of the objects that applications are about, by object id.
    pub owners: BTreeMap<String, BTreeSet<PersonId>>,
    /// Who is asked when nobody else is left.
    pub administrators: BTreeSet<PersonId>,
    /// Of people whom forms and tables call by another name than their object id: that name in lower case.
    #[serde(skip)]
    pub names: BTreeMap<String, PersonId>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Person {
    pub manager: Option<PersonId>,
    /// 兼務: several are possible; the first main one, or the first of all, is meant where nothing else is said.
    pub posts: Vec<Post>,
    /// `accountEnabled` of Microsoft Graph.
    pub enabled: bool,
}

/// A post 役職 in a unit 部門.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Post {
    pub unit: String,
    pub title: Option<String>,
    /// Higher is further up.
    pub rank: u32,
    pub main: bool,
    /// First day; none: always.
    pub from: Option<Date>,
    /// Last day; none: for good.
    pub until: Option<Date>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Unit {
    pub parent: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Group {
    pub members: BTreeSet<PersonId>,
}

impl Post {
    /// The only post of somebody.
    pub fn main(unit: impl Into<String>, title: Option<String>) -> Self {
        Self {
            unit: unit.into(),
            title,
            main: true,
            ..Self::default()
        }
    }

    /// Whether it is one in this unit, of this title and at least this rank, on that day.
    pub fn fits(&self, unit: &str, (title, rank): (Option<&str>, Option<u32>), day: Date) -> bool {
        self.unit == unit
            && self.is_held(day)
            && title.is_none_or(|title| self.title.as_deref() == Some(title))
            && rank.is_none_or(|rank| self.rank >= rank)
    }

    fn is_held(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Organisation {
    /// What another says of a person, unit, group, table or object holds in place of what is known.
    pub fn amend(&mut self, next: &Self) {
        self.people.extend(next.people.clone());
        self.units.extend(next.units.clone());
        self.groups.extend(next.groups.clone());
        self.masters.extend(next.masters.clone());
        self.owners.extend(next.owners.clone());
        self.names.extend(next.names.clone());
        if !next.administrators.is_empty() {
            self.administrators.clone_from(&next.administrators);
        }
    }

    pub fn is_enabled(&self, person: &PersonId) -> bool {
        self.people.get(person).is_some_and(|person| person.enabled)
    }

    /// The managers above somebody, nearest first; a circle ends it.
    pub fn managers(&self, person: &PersonId) -> Vec<&PersonId> {
        let mut above: Vec<&PersonId> = Vec::new();
        let mut next = self.manager(person);
        while let Some(manager) = next {
            if manager == person || above.contains(&manager) {
                break;
            }
            above.push(manager);
            next = self.manager(manager);
        }
        above
    }

    fn manager(&self, person: &PersonId) -> Option<&PersonId> {
        self.people.get(person)?.manager.as_ref()
    }

    /// The post in this unit, or the main one.
    pub fn post(&self, person: &PersonId, unit: Option<&str>, day: Date) -> Option<&Post> {
        let held = || {
            let posts = self.people.get(person).map(|person| &person.posts);
            posts.into_iter().flatten().filter(|post| post.is_held(day))
        };
        match unit {
            Some(unit) => held().find(|post| post.unit == unit),
            None => held().find(|post| post.main).or_else(|| held().next()),
        }
    }

    /// The units in which somebody holds a post on that day, the main one first.
    pub fn units_of(&self, person: &PersonId, day: Date) -> Vec<&str> {
        let posts = self.people.get(person).map(|person| person.posts.iter());
        let mut held: Vec<&Post> = posts
            .into_iter()
            .flatten()
            .filter(|post| post.is_held(day))
            .collect();
        held.sort_by_key(|post| !post.main);
        held.into_iter().map(|post| post.unit.as_str()).collect()
    }

    pub(crate) fn rank(&self, person: &PersonId, day: Date) -> u32 {
        self.post(person, None, day).map_or(0, |post| post.rank)
    }

    /// Those who hold a post of this title and at least this rank in a unit.
    pub(crate) fn holders(
        &self,
        unit: &str,
        wanted: (Option<&str>, Option<u32>),
        day: Date,
    ) -> BTreeSet<PersonId> {
        let holds =
            |(_, person): &(&PersonId, &Person)| person.posts.iter().any(|post| post.fits(unit, wanted, day));
        self.people
            .iter()
            .filter(holds)
            .map(|(id, _)| id.clone())
            .collect()
    }

    /// A unit and those above it, nearest first; a circle ends it.
    pub fn upwards<'a>(&'a self, unit: &'a str) -> Vec<&'a str> {
        let mut way = vec![unit];
        let parent = |unit: &str| self.units.get(unit)?.parent.as_deref();
        while let Some(above) = way.last().and_then(|unit| parent(unit)) {
            if way.contains(&above) {
                break;
            }
            way.push(above);
        }
        way
    }
}
