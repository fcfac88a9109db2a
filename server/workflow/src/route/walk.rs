//! Which way an application takes through the steps of its definition.

use crate::condition::{Condition, Facts};
use crate::definition::{Automatic, Definition, Kind, Target, Then};
use crate::route::SkipReason;

/// A step of the way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit {
    /// Its place in the definition.
    pub(super) at: usize,
    pub(super) skipped: Option<SkipReason>,
    pub(super) outcome: Option<Then>,
}

/// The way from a step of the definition on; it ends where nothing follows, or where an automatic step ends it.
pub(super) fn walk(definition: &Definition, facts: &dyn Facts, first: Option<usize>) -> Vec<Visit> {
    let mut way: Vec<Visit> = Vec::new();
    let mut next = first;
    let mut finished = false;
    while let Some(at) = next.filter(|at| way.iter().all(|visit| visit.at != *at)) {
        let visit = visit(definition, facts, at, finished);
        way.push(visit);
        match visit.outcome {
            Some(Then::Reject | Then::Return) => break,
            Some(Then::Finish) => finished = true,
            Some(Then::Pass) | None => {}
        }
        next = following(definition, facts, at);
    }
    way
}

fn visit(definition: &Definition, facts: &dyn Facts, at: usize, finished: bool) -> Visit {
    let step = &definition.steps[at];
    let stays = matches!(
        step.kind,
        Kind::PostReview(_) | Kind::ManualWork(_) | Kind::Execution(_)
    );
    let is_over = finished && !stays;
    let is_skipped = is_over || !holds(step.when.as_ref(), facts);
    let outcome = match &step.kind {
        Kind::Automatic(automatic) if !is_skipped => Some(outcome(automatic, facts)),
        _ => None,
    };
    Visit {
        at,
        skipped: is_skipped.then_some(SkipReason::Rule),
        outcome,
    }
}

fn outcome(automatic: &Automatic, facts: &dyn Facts) -> Then {
    let mut outcomes = automatic.outcomes.iter();
    let found = outcomes.find(|outcome| holds(outcome.when.as_ref(), facts));
    found.map_or(Then::Pass, |outcome| outcome.then)
}

/// The place of the step that follows; none at the end.
pub(super) fn following(definition: &Definition, facts: &dyn Facts, at: usize) -> Option<usize> {
    let mut branches = definition.steps[at].next.iter();
    match branches.find(|branch| holds(branch.when.as_ref(), facts)) {
        Some(branch) => match &branch.to {
            Target::End => None,
            Target::Step(key) => definition.position(key),
        },
        None => Some(at + 1).filter(|next| *next < definition.steps.len()),
    }
}

pub(super) fn holds(condition: Option<&Condition>, facts: &dyn Facts) -> bool {
    condition.is_none_or(|condition| condition.holds(facts))
}
