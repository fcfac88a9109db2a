//! Whether a route is one that its definition allows.

use crate::definition::{Definition, Kind, Then, exits, may_end};
use crate::route::{Route, RouteStep};

impl Route {
    /// Whether anybody is asked to decide, or a rule decides.
    pub fn decides(&self, definition: &Definition) -> bool {
        let decides = |step: &RouteStep| {
            (step.is_asked() && definition.approval(&step.key).is_some())
                || step.outcome.is_some_and(|outcome| outcome != Then::Pass)
        };
        self.steps.iter().any(decides)
    }

    /// Whether it is a way through the definition on which every step that is taken can be decided.
    pub fn fits(&self, definition: &Definition) -> bool {
        let places: Option<Vec<usize>> = self
            .steps
            .iter()
            .map(|step| definition.position(&step.key))
            .collect();
        let Some(places) = places else {
            return false;
        };
        let stops = |step: &RouteStep| matches!(step.outcome, Some(Then::Reject | Then::Return));
        let mut last = self.steps.iter().zip(&places).rev();
        let ends = last
            .next()
            .is_some_and(|(step, at)| stops(step) || may_end(definition, *at));
        let is_way = places.first() == Some(&0)
            && ends
            && places
                .windows(2)
                .all(|pair| exits(definition, pair[0]).contains(&pair[1]));
        let pairs = self.steps.iter().zip(&places);
        is_way
            && self.decides(definition)
            && pairs
                .into_iter()
                .all(|(step, at)| can_be_taken(step, &definition.steps[*at].kind))
    }
}

fn can_be_taken(step: &RouteStep, kind: &Kind) -> bool {
    if step.skipped.is_some() {
        return true;
    }
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let asked = count(step.assignees.len());
    match kind {
        Kind::Approval(approval) => {
            let all = asked + count(step.waived.len());
            asked > 0 && approval.quorum.needed(all) <= all
        }
        Kind::ManualWork(work) => asked > 0 && work.quorum.needed(asked) <= asked,
        Kind::Automatic(_) => step.outcome.is_some(),
        Kind::Execution(_) => asked == 0,
        Kind::Circulation(_) | Kind::PostReview(_) => asked > 0,
    }
}
