//! Applications of people of the organisation, with everything that makes a difference to their routes.

use std::collections::BTreeSet;

use forms::Date;

use crate::definition::{AtDeadline, Definition, DefinitionError, Nobody, Then};
use crate::ids::PersonId;
use crate::publish::worlds::{World, Worlds};
use crate::route::{Organisation, Request, Route, RouteError, resolve_all};

pub(super) struct Trial<'a> {
    pub(super) definition: &'a Definition,
    pub(super) organisation: &'a Organisation,
    pub(super) base: Date,
    pub(super) worlds: &'a Worlds<'a>,
    /// Worlds that are tried with each applicant.
    pub(super) most: usize,
    pub(super) found: Found,
}

/// What the routes told so far.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) resolutions: usize,
    /// Whoever is asked on any of them, or would be at a deadline.
    pub(super) touched: BTreeSet<PersonId>,
    /// The step at which a rule ended a route, while no other could be approved.
    pub(super) ended_at: Option<usize>,
    pub(super) is_approvable: bool,
}

impl<'a> Trial<'a> {
    /// Every route of one applicant, as each of his posts.
    pub(super) fn of(&mut self, applicant: &PersonId) -> Result<(), DefinitionError> {
        for world in self.worlds.iter().take(self.most) {
            for unit in self.posts(applicant) {
                let route = self.route((applicant, unit), &world)?;
                self.escalates((applicant, &world), &route)?;
                self.learn(&route);
            }
        }
        Ok(())
    }

    /// The units of the posts that he can apply as; none: his main post.
    fn posts(&self, applicant: &PersonId) -> Vec<Option<&'a str>> {
        let mut posts = vec![None];
        if self.definition.apply_as.is_some() {
            let units = self.organisation.units_of(applicant, self.base);
            posts.extend(units.into_iter().map(Some));
        }
        posts
    }

    fn route(
        &self,
        (applicant, unit): (&PersonId, Option<&str>),
        world: &World,
    ) -> Result<Route, DefinitionError> {
        let request = Request {
            applicant,
            unit,
            values: &world.values,
            plan: &world.plan,
            base: self.base,
            organisation: self.organisation,
        };
        resolve_all(self.definition, &request).map_err(|error| self.complaint(applicant, world, &error))
    }

    fn complaint(&self, applicant: &PersonId, world: &World, error: &RouteError) -> DefinitionError {
        let at = self.definition.position(&error.step).unwrap_or_default();
        let text = error.problem.to_string();
        let (problem, remedy) = text.split_once(": ").unwrap_or((&text, "Correct the step"));
        DefinitionError {
            path: format!("steps[{at}]"),
            problem: format!("for applicant {applicant}{}: {problem}", world.in_words()),
            remedy: remedy.to_owned(),
        }
    }

    /// Whether somebody further is asked wherever a deadline says so.
    fn escalates(
        &self,
        (applicant, world): (&PersonId, &World),
        route: &Route,
    ) -> Result<(), DefinitionError> {
        for step in route.steps.iter().filter(|step| step.is_asked()) {
            let Some(approval) = self.definition.approval(&step.key) else {
                continue;
            };
            let escalates = matches!(approval.at_deadline, AtDeadline::Escalate { .. });
            if escalates && step.escalation.is_subset(&step.assignees) {
                let at = self.definition.position(&step.key).unwrap_or_default();
                return Err(DefinitionError {
                    path: format!("steps[{at}].kind.approval.atDeadline.to"),
                    problem: format!(
                        "for applicant {applicant}{}: nobody further is asked at the deadline",
                        world.in_words()
                    ),
                    remedy: "Name somebody who is not asked before it".to_owned(),
                });
            }
        }
        Ok(())
    }

    fn learn(&mut self, route: &Route) {
        self.found.resolutions += 1;
        for step in &route.steps {
            let people = step.assignees.iter().chain(&step.escalation);
            self.found.touched.extend(people.cloned());
        }
        let stops = |outcome| matches!(outcome, Some(Then::Reject | Then::Return));
        match route.steps.iter().find(|step| stops(step.outcome)) {
            Some(step) => self.found.ended_at = self.definition.position(&step.key),
            None => self.found.is_approvable = true,
        }
    }

    /// A definition of which rules reject or return whatever is applied for leads round and round.
    pub(super) fn approves_something(&self) -> Result<(), DefinitionError> {
        let Some(at) = self.found.ended_at.filter(|_| !self.found.is_approvable) else {
            return Ok(());
        };
        let key = &self.definition.steps[at].key;
        Err(DefinitionError {
            path: format!("steps[{at}].kind.automatic.outcomes"),
            problem: format!("whatever is applied for ends at the step \"{key}\": nothing can be approved"),
            remedy: "Give its outcomes conditions, or take them out".to_owned(),
        })
    }

    /// Whoever is to be asked where nobody else is left, though everybody can be asked today.
    pub(super) fn falls_back_on_somebody(&self) -> Result<(), DefinitionError> {
        let is_there = |people: &BTreeSet<PersonId>| {
            let mut people = people.iter();
            people.any(|person| self.organisation.is_enabled(person))
        };
        let is_good = match &self.definition.nobody {
            Nobody::People { people } => is_there(people),
            Nobody::Group { group } => {
                let group = self.organisation.groups.get(group);
                group.is_some_and(|group| is_there(&group.members))
            }
            Nobody::Administrators {} | Nobody::LiftToParentUnit {} | Nobody::Skip {} | Nobody::Stop {} => {
                true
            }
        };
        if is_good {
            return Ok(());
        }
        Err(DefinitionError {
            path: "nobody".to_owned(),
            problem: "nobody is there who could be asked where nobody is left".to_owned(),
            remedy: "Name people who are there, or a group that has some".to_owned(),
        })
    }
}
