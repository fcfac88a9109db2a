//! Who may read or decide: a set, made from the state alone, so that making it true twice is harmless.

use std::collections::BTreeSet;

use crate::application::{Application, State};
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
/// Whoever is asked now may decide; whoever was asked keeps reading; who will be asked later reads nothing yet.
pub fn access(application: &Application) -> BTreeSet<(PrincipalRef, Level)> {
    let deciders: BTreeSet<&PersonId> = match &application.state {
        State::InApproval(review) => review.asking.pending().collect(),
        _ => BTreeSet::new(),
    };
    let current = application.review().map(|review| &review.asking);
    let asked = application
        .past
        .iter()
        .chain(current)
        .flat_map(|asking| &asking.items);
    let readers = asked
        .map(|item| &item.person)
        .chain([&application.applicant])
        .chain(&application.viewers)
        .filter(|person| !deciders.contains(person))
        .map(|person| (PrincipalRef::Person(person.clone()), Level::Read));
    let groups = [PrincipalRef::Administrators, PrincipalRef::Auditors].map(|group| (group, Level::Read));
    let deciding = deciders
        .iter()
        .map(|person| (PrincipalRef::Person((*person).clone()), Level::Decide));
    deciding.chain(readers).chain(groups).collect()
}
