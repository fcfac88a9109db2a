//! Whether every way through the steps comes to an end, and every step lies on one.

use std::collections::BTreeSet;

use super::{Checked, ensure};
use crate::definition::{Definition, Step, Target};

pub(super) fn check(definition: &Definition) -> Checked {
    for (at, step) in definition.steps.iter().enumerate() {
        for (number, branch) in step.next.iter().enumerate() {
            let known = match &branch.to {
                Target::End => true,
                Target::Step(key) => definition.position(key).is_some(),
            };
            ensure(
                known,
                &format!("steps[{at}].next[{number}].to"),
                "there is no such step",
                "Name a step, or \"end\"",
            )?;
        }
    }
    let mut seen = BTreeSet::new();
    follow(definition, &mut vec![0], &mut seen)?;
    for at in 0..definition.steps.len() {
        ensure(
            seen.contains(&at),
            &format!("steps[{at}]"),
            "no way leads here",
            "Let a branch lead here, or take the step out",
        )?;
    }
    Ok(())
}

/// The steps that can follow, by their places.
pub(crate) fn exits(definition: &Definition, at: usize) -> Vec<usize> {
    let step: &Step = &definition.steps[at];
    let targets = step.next.iter().filter_map(|branch| match &branch.to {
        Target::End => None,
        Target::Step(key) => definition.position(key),
    });
    let mut exits: Vec<usize> = targets.collect();
    let always_branches = step.next.iter().any(|branch| branch.when.is_none());
    if !always_branches && at + 1 < definition.steps.len() {
        exits.push(at + 1);
    }
    exits
}

/// Whether a way can end behind a step.
pub(crate) fn may_end(definition: &Definition, at: usize) -> bool {
    let next = &definition.steps[at].next;
    let branches_to_end = next.iter().any(|branch| branch.to == Target::End);
    let always_branches = next.iter().any(|branch| branch.when.is_none());
    branches_to_end || (!always_branches && at + 1 == definition.steps.len())
}

/// Walks all ways from the end of `way`; a step that comes twice on one way is a loop.
fn follow(definition: &Definition, way: &mut Vec<usize>, seen: &mut BTreeSet<usize>) -> Checked {
    let Some(at) = way.last().copied() else {
        return Ok(());
    };
    seen.insert(at);
    for next in exits(definition, at) {
        if let Some(begin) = way.iter().position(|step| *step == next) {
            let circle = way[begin..].iter().chain([&next]);
            let circle: Vec<&str> = circle.map(|step| definition.steps[*step].key.as_str()).collect();
            let problem = format!("the way goes round in a circle: {}", circle.join(" → "));
            return ensure(
                false,
                &format!("steps[{at}].next"),
                &problem,
                "Lead one of these branches to a later step, or to \"end\"",
            );
        }
        if !seen.contains(&next) {
            way.push(next);
            follow(definition, way, seen)?;
            way.pop();
        }
    }
    Ok(())
}
