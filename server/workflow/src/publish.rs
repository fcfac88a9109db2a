//! What must hold before a definition may be published: every route that its conditions allow asks somebody who
//! exists, and its own test cases come out as written.

mod alike;
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
use crate::publish::alike::Crowds;
use crate::publish::trial::{Found, Trial};
use crate::publish::worlds::Worlds;
use crate::route::Organisation;

/// As many resolutions as a person waits for. What takes no more is tried whole.
const MAX_RESOLUTIONS: usize = 500_000;
/// Of what takes more, so many are a sample.
const SAMPLE_RESOLUTIONS: usize = 50_000;
/// Of applicants, so many are taken evenly from all, besides those whom the way up or the definition itself touches.
const SAMPLE_APPLICANTS: usize = 100;

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    pub resolutions: usize,
    /// People who were tried as applicants.
    pub applicants: usize,
    /// Whether everything that can be answered and planned was tried with each person, or with somebody of whom no route
    /// can tell him.
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
    let crowds = Crowds::of(&present, definition, organisation);
    let first = crowds.next(&BTreeSet::new(), &BTreeSet::new());
    let is_everything = worlds.count().saturating_mul(first.len()) <= MAX_RESOLUTIONS;
    let (mut waiting, limit) = if is_everything {
        (first, MAX_RESOLUTIONS)
    } else {
        (telling(&present, organisation), SAMPLE_RESOLUTIONS)
    };
    let mut trial = Trial {
        definition,
        organisation,
        base,
        worlds: &worlds,
        most: limit / waiting.len().max(1),
        found: Found::default(),
    };
    let mut tried = BTreeSet::new();
    while let Some(applicant) = waiting.pop_first() {
        trial.of(applicant)?;
        tried.insert(applicant);
        // Whoever decides on others' applications has some of his own, which he cannot decide.
        let found = &trial.found;
        if waiting.is_empty() && found.resolutions <= 2 * limit {
            waiting = if is_everything {
                crowds.next(&tried, &found.touched)
            } else {
                crowds.alone(&tried, &found.touched)
            };
        }
    }
    trial.approves_something()?;
    trial.falls_back_on_somebody()?;
    Ok(Coverage {
        resolutions: trial.found.resolutions,
        applicants: tried.len(),
        is_complete: is_everything && crowds.next(&tried, &trial.found.touched).is_empty(),
    })
}

/// Some of everybody, and all above whom nobody is who could decide in their place.
fn telling<'a>(present: &BTreeSet<&'a PersonId>, organisation: &Organisation) -> BTreeSet<&'a PersonId> {
    let apart = present.len().div_ceil(SAMPLE_APPLICANTS).max(1);
    let has_nobody_above = |person: &&&PersonId| {
        let mut above = organisation.managers(person).into_iter();
        !above.any(|manager| organisation.is_enabled(manager))
    };
    let evenly = present.iter().step_by(apart);
    let topmost = present.iter().filter(has_nobody_above).take(SAMPLE_APPLICANTS);
    evenly.chain(topmost).copied().collect()
}
