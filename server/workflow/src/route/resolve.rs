//! Resolution: a pure function of definition, application and organisation.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Date, FieldKey, Values};
use serde_json::Value;
use thiserror::Error;

use crate::definition::{Definition, Kind, Step};
use crate::ids::{GroupId, PersonId, StepKey};
use crate::route::lane::Candidates;
use crate::route::same_person::{self, Stop};
use crate::route::walk::{Visit, following, walk};
use crate::route::{Known, Organisation, Route, RouteStep, facts};

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
    #[error("the master table {0} was not found: correct the definition, or fill the table")]
    NoSuchTable(String),
    #[error(
        "nobody can be asked, and no administrator either: put someone enabled into the administrators' group"
    )]
    Nobody,
    #[error(
        "{needed} approvals are needed but only {asked} people can be asked: add people, or lower the number"
    )]
    TooFew { needed: u32, asked: u32 },
    #[error("the field {0} names somebody whom the tenant does not know: choose somebody else")]
    NobodyOfThatName(FieldKey),
    #[error("the applicant holds no post in {0} on the base date: he must name a unit of his own")]
    NotHisUnit(String),
    #[error("no step asks anybody and no rule decides: correct the conditions of the steps")]
    NothingDecides,
}

/// What a route is made from.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    pub applicant: &'a PersonId,
    /// The unit of the post that he applies as; none: his main post.
    pub unit: Option<&'a str>,
    pub values: &'a Values,
    /// What the plan counts.
    pub plan: &'a BTreeMap<String, u64>,
    /// 基準日
    pub base: Date,
    pub organisation: &'a Organisation,
}

/// The whole route, or the first step that cannot be resolved.
pub fn resolve_all(definition: &Definition, request: &Request) -> Result<Route, RouteError> {
    let resolver = Resolver::new(definition, request)?;
    let way = walk(definition, &resolver.facts(), Some(0));
    let route = resolver.route(&[], &way)?;
    let viewers = resolver.viewers()?;
    Ok(Route { viewers, ..route })
}

/// The route of which the first `kept` steps stay, and the others are found anew.
pub fn resolve_rest(
    definition: &Definition,
    request: &Request,
    route: &Route,
    kept: usize,
) -> Result<Route, RouteError> {
    let kept = &route.steps[..kept.min(route.steps.len())];
    let Some(last) = kept.last() else {
        return resolve_all(definition, request);
    };
    let resolver = Resolver::new(definition, request)?;
    let first = definition.position(&last.key);
    let first = first.and_then(|at| following(definition, &resolver.facts(), at));
    let way = walk(definition, &resolver.facts(), first);
    let viewers = route.viewers.clone();
    let route = resolver.route(kept, &way)?;
    Ok(Route { viewers, ..route })
}

pub(super) struct Resolver<'a> {
    pub(super) definition: &'a Definition,
    pub(super) request: &'a Request<'a>,
    frozen: BTreeMap<String, Value>,
}

impl<'a> Resolver<'a> {
    fn new(definition: &'a Definition, request: &'a Request<'a>) -> Result<Self, RouteError> {
        if let Some(unit) = request.unit
            && request
                .organisation
                .post(request.applicant, request.unit, request.base)
                .is_none()
        {
            let problem = RouteProblem::NotHisUnit(unit.to_owned());
            return Err(fail(&definition.steps[0].key, problem));
        }
        Ok(Self::unchecked(definition, request))
    }

    /// Also for what cannot become a route.
    pub(super) fn unchecked(definition: &'a Definition, request: &'a Request<'a>) -> Self {
        Self {
            definition,
            request,
            frozen: facts::frozen(request),
        }
    }

    pub(super) fn facts(&self) -> Known<'_> {
        Known {
            form: &self.definition.form,
            values: self.request.values,
            facts: &self.frozen,
            today: self.request.base,
        }
    }

    /// Nobody decides by reading, so no rule leaves anybody out who is there.
    fn viewers(&self) -> Result<BTreeSet<PersonId>, RouteError> {
        let found = self.candidates(&self.definition.viewers, &BTreeSet::new(), false);
        let found = found.map_err(|problem| fail(&self.definition.steps[0].key, problem))?;
        Ok(found.asked.into_keys().collect())
    }

    fn route(&self, kept: &[RouteStep], way: &[Visit]) -> Result<Route, RouteError> {
        let mut found = self.find(kept, way)?;
        let binding = way.iter().zip(&mut found).filter_map(|(visit, found)| {
            let step = &self.definition.steps[visit.at];
            Some(Stop {
                key: &step.key,
                approval: self.definition.approval(&step.key)?,
                found: found.as_mut()?,
            })
        });
        let mut binding: Vec<_> = binding.collect();
        same_person::ask_once(self.definition, kept, &mut binding);
        let mut steps = kept.to_vec();
        for (visit, found) in way.iter().zip(found) {
            steps.push(self.close(visit, found)?);
        }
        let route = Route {
            steps,
            base: Some(self.request.base),
            viewers: BTreeSet::new(),
            facts: self.frozen.clone(),
        };
        if !route.decides(self.definition) {
            let last = route
                .steps
                .last()
                .map_or(&self.definition.steps[0].key, |step| &step.key);
            return Err(fail(last, RouteProblem::NothingDecides));
        }
        Ok(route)
    }

    /// The candidates of each step of the way; none for steps that ask nobody.
    fn find(&self, kept: &[RouteStep], way: &[Visit]) -> Result<Vec<Option<Candidates>>, RouteError> {
        let is_approval = |key: &StepKey| self.definition.approval(key).is_some();
        let mut asked = kept
            .iter()
            .filter(|step| step.is_asked() && is_approval(&step.key));
        let mut previous: BTreeSet<PersonId> = asked
            .next_back()
            .map_or_else(BTreeSet::new, |step| step.assignees.clone());
        let mut all = Vec::with_capacity(way.len());
        for visit in way {
            let step = &self.definition.steps[visit.at];
            if visit.skipped.is_some() || matches!(step.kind, Kind::Automatic(_) | Kind::Execution(_)) {
                all.push(None);
                continue;
            }
            let binding = matches!(step.kind, Kind::Approval(_));
            let found = self.candidates(step.sources(), &previous, binding);
            let found = found.map_err(|problem| fail(&step.key, problem))?;
            if binding && !found.asked.is_empty() {
                previous = found.asked.keys().cloned().collect();
            }
            all.push(Some(found));
        }
        Ok(all)
    }

    fn close(&self, visit: &Visit, found: Option<Candidates>) -> Result<RouteStep, RouteError> {
        let step = &self.definition.steps[visit.at];
        let Some(found) = found else {
            return Ok(RouteStep {
                skipped: visit.skipped,
                outcome: visit.outcome,
                ..RouteStep::asking(step.key.clone(), [])
            });
        };
        let frozen = self
            .freeze(step, found)
            .map_err(|problem| fail(&step.key, problem))?;
        let escalation = self
            .escalation(step, &frozen)
            .map_err(|problem| fail(&step.key, problem))?;
        Ok(RouteStep { escalation, ..frozen })
    }

    fn escalation(&self, step: &Step, frozen: &RouteStep) -> Result<BTreeSet<PersonId>, RouteProblem> {
        let Kind::Approval(approval) = &step.kind else {
            return Ok(BTreeSet::new());
        };
        let sources = approval.at_deadline.escalates_to();
        let mut found = self.candidates(sources, &frozen.assignees, true)?;
        if found.asked.is_empty() && !sources.is_empty() && frozen.is_asked() {
            self.fall_back(sources, &mut found)?;
        }
        Ok(found.asked.into_keys().collect())
    }
}

fn fail(step: &StepKey, problem: RouteProblem) -> RouteError {
    RouteError {
        step: step.clone(),
        problem,
    }
}
