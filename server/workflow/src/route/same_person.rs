//! Whoever stands at several steps is asked once, if the definition says so.

use std::collections::BTreeMap;

use crate::definition::SamePerson;
use crate::ids::{PersonId, StepKey};
use crate::route::lane::Candidates;
use crate::route::{RouteStep, Why};

/// `kept` are the steps before, which stay as they are; `steps` are the approvals of the way, in order.
pub(super) fn ask_once(rule: SamePerson, kept: &[RouteStep], steps: &mut [(&StepKey, &mut Candidates)]) {
    match rule {
        SamePerson::AskEach => {}
        SamePerson::First => {
            let asked = kept.iter().filter(|step| step.is_asked());
            let places = asked.flat_map(|step| step.assignees.iter().map(|person| (person, &step.key)));
            let mut places: BTreeMap<PersonId, StepKey> = places
                .map(|(person, key)| (person.clone(), key.clone()))
                .collect();
            for step in steps.iter_mut() {
                waive(step, &mut places);
            }
        }
        SamePerson::Last => {
            let mut places = BTreeMap::new();
            for step in steps.iter_mut().rev() {
                waive(step, &mut places);
            }
        }
    }
}

/// Takes out those who have a place already, and remembers the others.
fn waive((key, step): &mut (&StepKey, &mut Candidates), places: &mut BTreeMap<PersonId, StepKey>) {
    let people: Vec<PersonId> = step.asked.keys().cloned().collect();
    for person in people {
        match places.get(&person) {
            Some(place) => {
                step.asked.remove(&person);
                step.leave_out(&person, Why::SamePerson { step: place.clone() });
                step.waived.insert(person);
            }
            None => {
                places.insert(person, (*key).clone());
            }
        }
    }
}
