//! A snapshot of the people whom routes can name.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::{GroupId, PersonId};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organisation {
    pub people: BTreeMap<PersonId, Person>,
    pub groups: BTreeMap<GroupId, Group>,
    /// Who is asked when nobody else is left.
    pub administrators: BTreeSet<PersonId>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    pub manager: Option<PersonId>,
    pub department: Option<String>,
    pub post: Option<String>,
    /// `accountEnabled` of Microsoft Graph.
    pub enabled: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    pub members: BTreeSet<PersonId>,
}

impl Organisation {
    pub(crate) fn is_enabled(&self, person: &PersonId) -> bool {
        self.people.get(person).is_some_and(|person| person.enabled)
    }

    pub(crate) fn manager(&self, person: &PersonId) -> Option<&PersonId> {
        self.people.get(person)?.manager.as_ref()
    }
}
