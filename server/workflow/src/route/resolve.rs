//! Resolution: a pure function of step, applicant and organisation.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::definition::{Approval, Assignees, Definition, Quorum};
use crate::ids::{GroupId, PersonId, StepKey};
use crate::route::{Note, Organisation, Route, RouteStep};

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("step {step}: {problem}")]
pub struct RouteError {
    pub step: StepKey,
    pub problem: RouteProblem,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RouteProblem {
    #[error("the group {0} was not found: correct the definition, or create the group")]
    NoSuchGroup(GroupId),
    #[error(
        "nobody can be asked, and no administrator either: put someone enabled into the administrators' group"
    )]
    Nobody,
    #[error(
        "{needed} approvals are needed but only {asked} people can be asked: add people, or lower the number"
    )]
    TooFew { needed: u32, asked: u32 },
}

/// Longer chains of managers are circles.
const MAX_CHAIN: usize = 50;

/// The whole route, or the first step that cannot be resolved.
pub fn resolve_all(
    definition: &Definition,
    applicant: &PersonId,
    organisation: &Organisation,
) -> Result<Route, RouteError> {
    let steps = definition.approvals.iter();
    let steps = steps
        .map(|step| resolve(step, applicant, organisation))
        .collect::<Result<_, _>>()?;
    Ok(Route { steps })
}

/// Who is asked at a step. Disabled people and the applicant never are; when nobody is left, the administrators are.
pub fn resolve(
    step: &Approval,
    applicant: &PersonId,
    organisation: &Organisation,
) -> Result<RouteStep, RouteError> {
    let fail = |problem| RouteError {
        step: step.key.clone(),
        problem,
    };
    let named = named(&step.assignees, applicant, organisation).map_err(fail)?;
    let fit = |person: &&PersonId| *person != applicant && organisation.is_enabled(person);
    let mut assignees: BTreeSet<PersonId> = named.iter().filter(fit).cloned().collect();
    let mut note = (assignees != named).then_some(Note::Replaced);
    if assignees.is_empty() {
        assignees = above(&named, applicant, organisation);
    }
    if assignees.is_empty() {
        assignees = organisation.administrators.iter().filter(fit).cloned().collect();
        note = Some(Note::FallbackToAdministrators);
    }
    let asked = u32::try_from(assignees.len()).unwrap_or(u32::MAX);
    let needed = step.quorum.needed(asked);
    if asked == 0 {
        return Err(fail(RouteProblem::Nobody));
    }
    if matches!(step.quorum, Quorum::N { .. }) && asked < needed {
        return Err(fail(RouteProblem::TooFew { needed, asked }));
    }
    Ok(RouteStep {
        key: step.key.clone(),
        assignees,
        note,
    })
}

fn named(
    from: &Assignees,
    applicant: &PersonId,
    organisation: &Organisation,
) -> Result<BTreeSet<PersonId>, RouteProblem> {
    match from {
        Assignees::ApplicantManager { levels } => {
            let top = (0..*levels).try_fold(applicant, |person, _| organisation.manager(person));
            Ok(top.into_iter().cloned().collect())
        }
        Assignees::Group { group } => organisation
            .groups
            .get(group)
            .map(|found| found.members.clone())
            .ok_or_else(|| RouteProblem::NoSuchGroup(group.clone())),
        Assignees::Department { department, post } => {
            let of = |person: &crate::route::Person| {
                person.department.as_ref() == Some(department) && (post.is_none() || person.post == *post)
            };
            let people = organisation.people.iter().filter(|(_, person)| of(person));
            Ok(people.map(|(id, _)| id.clone()).collect())
        }
        Assignees::People { people } => Ok(people.iter().cloned().collect()),
    }
}

/// The self rule: the next manager up from those who may not decide.
fn above(
    named: &BTreeSet<PersonId>,
    applicant: &PersonId,
    organisation: &Organisation,
) -> BTreeSet<PersonId> {
    let next = |person: &PersonId| {
        let chain = std::iter::successors(organisation.manager(person), |above| organisation.manager(above));
        let mut fit = chain
            .take(MAX_CHAIN)
            .filter(|above| *above != applicant && organisation.is_enabled(above));
        fit.next().cloned()
    };
    named.iter().filter_map(next).collect()
}
