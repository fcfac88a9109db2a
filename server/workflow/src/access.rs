//! Who may read or decide: a set, made from the state alone, so that making it true twice is harmless.

use std::collections::BTreeSet;

use crate::application::Application;
use crate::ids::PersonId;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrincipalRef {
    Person(PersonId),
    /// The group of administrators, as configured.
    Administrators,
    /// The group of auditors, as configured.
    Auditors,
}

/// Permission levels: 閲覧 PF-Read, 判断 PF-Decide (which also reads).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Read,
    Decide,
}

/// Everyone who may read the application's item, each with one level.
///
/// Whoever is asked now may decide, and so may his deputies; whoever is shown it may write that he has seen it; see
/// [`Application::readers`] for the others.
pub fn access(application: &Application) -> BTreeSet<(PrincipalRef, Level)> {
    let writers = application.writers();
    let person = |person: &PersonId| PrincipalRef::Person(person.clone());
    let readers = application.readers().into_iter();
    let reading = readers
        .filter(|reader| !writers.contains(reader))
        .map(|reader| (person(reader), Level::Read));
    let deciding = writers.iter().map(|writer| (person(writer), Level::Decide));
    let groups = [PrincipalRef::Administrators, PrincipalRef::Auditors].map(|group| (group, Level::Read));
    deciding.chain(reading).chain(groups).collect()
}
