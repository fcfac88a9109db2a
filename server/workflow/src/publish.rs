//! What must hold before a definition may be published: every route that its conditions allow asks somebody who
//! exists, and its own test cases come out as written.

mod cases;
mod literals;
mod worlds;

pub use cases::{CaseResult, Finding, run_cases};

use std::collections::BTreeSet;

use forms::Date;

use crate::definition::{Definition, DefinitionError};
use crate::ids::PersonId;
use crate::publish::worlds::{World, Worlds};
use crate::route::{Organisation, Request, RouteError, resolve_all};

/// More applicants are not tried; they are taken evenly from all.
const MAX_APPLICANTS: usize = 100;
/// More resolutions than this are not made.
const MAX_RESOLUTIONS: usize = 50_000;

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
    let people: Vec<&PersonId> = people
        .iter()
        .filter(|person| organisation.is_enabled(person))
        .collect();
    let apart = people.len().div_ceil(MAX_APPLICANTS).max(1);
    let applicants: Vec<&PersonId> = people.iter().copied().step_by(apart).collect();
    let most = MAX_RESOLUTIONS / applicants.len().max(1);
    let worlds = Worlds::of(definition, organisation, base);
    let mut resolutions = 0;
    for world in worlds.iter().take(most) {
        for applicant in applicants.iter().copied() {
            for unit in posts(definition, organisation, applicant, base) {
                try_route(definition, organisation, (applicant, unit, &world), base)?;
                resolutions += 1;
            }
        }
    }
    Ok(Coverage {
        resolutions,
        applicants: applicants.len(),
        is_complete: worlds.is_complete(most),
    })
}

/// The units of the posts that he can apply as; none: his main post.
fn posts<'a>(
    definition: &Definition,
    organisation: &'a Organisation,
    applicant: &PersonId,
    base: Date,
) -> Vec<Option<&'a str>> {
    let mut posts = vec![None];
    if definition.apply_as.is_some() {
        posts.extend(organisation.units_of(applicant, base).into_iter().map(Some));
    }
    posts
}

fn try_route(
    definition: &Definition,
    organisation: &Organisation,
    (applicant, unit, world): (&PersonId, Option<&str>, &World),
    base: Date,
) -> Result<(), DefinitionError> {
    let request = Request {
        applicant,
        unit,
        values: &world.values,
        plan: &world.plan,
        base,
        organisation,
    };
    match resolve_all(definition, &request) {
        Ok(_) => Ok(()),
        Err(error) => Err(complaint(definition, applicant, world, &error)),
    }
}

fn complaint(
    definition: &Definition,
    applicant: &PersonId,
    world: &World,
    error: &RouteError,
) -> DefinitionError {
    let at = definition.position(&error.step).unwrap_or_default();
    let text = error.problem.to_string();
    let (problem, remedy) = text.split_once(": ").unwrap_or((&text, "Correct the step"));
    DefinitionError {
        path: format!("steps[{at}]"),
        problem: format!("for applicant {applicant}{}: {problem}", world.in_words()),
        remedy: remedy.to_owned(),
    }
}
