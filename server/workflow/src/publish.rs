//! What must hold before a definition may be published: every route that its conditions allow asks somebody who
//! exists, and its own test cases come out as written.

mod candidates;
mod cases;
mod literals;
mod look_ups;
mod trial;
mod turning;
mod worlds;

pub use cases::{CaseResult, Finding, run_cases};

use std::collections::BTreeSet;

use forms::Date;

use crate::definition::{Definition, DefinitionError};
use crate::ids::PersonId;
use crate::publish::trial::{Found, Trial};
use crate::publish::worlds::Worlds;
use crate::route::Organisation;

/// As many resolutions as a person waits for; everybody is tried where that is enough.
const MAX_RESOLUTIONS: usize = 50_000;
/// Where it is not, so many are taken evenly from all, besides those whom the way up or the definition itself touches.
const MAX_APPLICANTS: usize = 100;

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    pub resolutions: usize,
    /// People who were tried as applicants.
    pub applicants: usize,
    /// Whether everything that can be answered and planned was tried with each of them.
    pub is_complete: bool,
}

/// Resolves every route that the definition's conditions allow, for people of this organisation.
///
/// The error names the step, the applicant and the answers that end there.
pub fn check_routes(
    definition: &Definition,
    organisation: &Organisation,
    base: Date,
) -> Result<Coverage, DefinitionError> {
    let everybody = organisation.people.keys().cloned().collect();
    check_routes_for(&everybody, definition, organisation, base)
}

/// The same for those of these people who are there.
pub fn check_routes_for(
    people: &BTreeSet<PersonId>,
    definition: &Definition,
    organisation: &Organisation,
    base: Date,
) -> Result<Coverage, DefinitionError> {
    let present = people.iter().filter(|person| organisation.is_enabled(person));
    let present: BTreeSet<&PersonId> = present.collect();
    let worlds = Worlds::of(definition, organisation, base);
    let everybody = worlds.count().saturating_mul(present.len()) <= MAX_RESOLUTIONS;
    let mut waiting = if everybody {
        present.clone()
    } else {
        telling(&present, organisation)
    };
    let most = MAX_RESOLUTIONS / waiting.len().max(1);
    let mut trial = Trial {
        definition,
        organisation,
        base,
        worlds: &worlds,
        most,
        found: Found::default(),
    };
    let mut tried: BTreeSet<&PersonId> = BTreeSet::new();
    while let Some(applicant) = waiting.pop_first() {
        trial.of(applicant)?;
        tried.insert(applicant);
        // Whoever decides on others' applications has some of his own, which he cannot decide.
        if !everybody && trial.found.resolutions <= 2 * MAX_RESOLUTIONS {
            let asked = present
                .iter()
                .filter(|person| trial.found.asked.contains(**person));
            waiting.extend(asked.filter(|person| !tried.contains(*person)));
        }
    }
    trial.approves_something()?;
    trial.falls_back_on_somebody()?;
    Ok(Coverage {
        resolutions: trial.found.resolutions,
        applicants: tried.len(),
        is_complete: worlds.is_complete(most),
    })
}

/// Some of everybody, and all above whom nobody is who could decide in their place.
fn telling<'a>(present: &BTreeSet<&'a PersonId>, organisation: &Organisation) -> BTreeSet<&'a PersonId> {
    let apart = present.len().div_ceil(MAX_APPLICANTS).max(1);
    let has_nobody_above = |person: &&&PersonId| {
        let mut above = organisation.managers(person).into_iter();
        !above.any(|manager| organisation.is_enabled(manager))
    };
    let evenly = present.iter().step_by(apart);
    let topmost = present.iter().filter(has_nobody_above).take(MAX_APPLICANTS);
    evenly.chain(topmost).copied().collect()
}
