//! People of a file by their object ids.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::ids::PersonId;
use crate::route::Organisation;

/// Names that nobody bears.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the tenant knows nobody called {}: correct the file, or make the accounts first", .0.join(", "))]
pub struct UnknownNames(pub Vec<String>);

/// The same organisation with each person under his object id. A name without `@` is an id already; `ids` has the
/// others in lower case.
pub fn with_ids(
    organisation: Organisation,
    ids: &BTreeMap<String, PersonId>,
) -> Result<Organisation, UnknownNames> {
    let mut names = Names {
        ids,
        unknown: BTreeSet::new(),
    };
    let mut found = Organisation {
        units: organisation.units,
        masters: organisation.masters,
        ..Organisation::default()
    };
    for (name, mut person) in organisation.people {
        person.manager = person.manager.map(|manager| names.id(manager));
        found.people.insert(names.id(name), person);
    }
    for (group, mut members) in organisation.groups {
        members.members = names.all(members.members);
        found.groups.insert(group, members);
    }
    for (object, owners) in organisation.owners {
        found.owners.insert(object, names.all(owners));
    }
    found.administrators = names.all(organisation.administrators);
    if names.unknown.is_empty() {
        return Ok(found);
    }
    Err(UnknownNames(names.unknown.into_iter().collect()))
}

struct Names<'a> {
    ids: &'a BTreeMap<String, PersonId>,
    unknown: BTreeSet<String>,
}

impl Names<'_> {
    fn id(&mut self, name: PersonId) -> PersonId {
        if !name.as_str().contains('@') {
            return name;
        }
        if let Some(id) = self.ids.get(&name.as_str().to_lowercase()) {
            return id.clone();
        }
        self.unknown.insert(name.to_string());
        name
    }

    fn all(&mut self, names: BTreeSet<PersonId>) -> BTreeSet<PersonId> {
        names.into_iter().map(|name| self.id(name)).collect()
    }
}
