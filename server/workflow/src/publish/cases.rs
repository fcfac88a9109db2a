//! Runs the test cases that a definition carries.

use forms::Date;

use crate::definition::{Definition, Expected, RouteCase};
use crate::route::{Organisation, Request, Route, RouteError, RouteStep, resolve_all};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseResult {
    pub name: String,
    pub finding: Finding,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    AsExpected,
    /// From this step of the way on, counted from 0, it is another.
    Differs {
        at: usize,
        found: Vec<Expected>,
    },
    /// There is no route.
    Fails(RouteError),
}

/// One result a case, in order; `organisation` and `today` are used where a case brings none of its own.
pub fn run_cases(definition: &Definition, organisation: &Organisation, today: Date) -> Vec<CaseResult> {
    let run = |case: &RouteCase| CaseResult {
        name: case.name.clone(),
        finding: find(definition, case, organisation, today),
    };
    definition.cases.iter().map(run).collect()
}

fn find(definition: &Definition, case: &RouteCase, organisation: &Organisation, today: Date) -> Finding {
    let request = Request {
        applicant: &case.applicant,
        unit: case.unit.as_deref(),
        values: &case.values,
        plan: &case.plan,
        base: case.base_date.unwrap_or(today),
        organisation: case.organisation.as_ref().unwrap_or(organisation),
    };
    match resolve_all(definition, &request) {
        Ok(route) => compare(&case.expect, &route),
        Err(error) => Finding::Fails(error),
    }
}

fn compare(expected: &[Expected], route: &Route) -> Finding {
    let found: Vec<Expected> = route.steps.iter().map(seen).collect();
    let longest = expected.len().max(found.len());
    match (0..longest).find(|at| expected.get(*at) != found.get(*at)) {
        Some(at) => Finding::Differs { at, found },
        None => Finding::AsExpected,
    }
}

fn seen(step: &RouteStep) -> Expected {
    Expected {
        step: step.key.clone(),
        people: step.assignees.clone(),
        skipped: step.skipped,
    }
}
