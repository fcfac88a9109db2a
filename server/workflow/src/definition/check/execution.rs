//! Whether the execution, where it stands among the steps, is always reached and comes behind everything that decides.

use std::collections::BTreeSet;

use super::{Checked, ensure, exits, may_end};
use crate::definition::{Definition, Kind, Stage, Step};

pub(super) fn check(definition: &Definition) -> Checked {
    let placed: Vec<usize> = places(definition, |step| matches!(step.kind, Kind::Execution(_)));
    if let [_, second, ..] = placed.as_slice() {
        return ensure(
            false,
            &format!("steps[{second}]"),
            "the execution stands twice among the steps",
            "Leave one of them",
        );
    }
    if let [at] = placed.as_slice() {
        ensure(
            definition.steps[*at].when.is_none(),
            &format!("steps[{at}].when"),
            "what was approved cannot be left out",
            "Take the condition off the execution",
        )?;
        nothing_decides_behind(definition, *at)?;
        no_way_passes_by(definition, *at)?;
    }
    stages(definition, placed.first().copied())
}

fn places(definition: &Definition, wanted: impl Fn(&Step) -> bool) -> Vec<usize> {
    let steps = definition.steps.iter().enumerate();
    steps.filter(|(_, step)| wanted(step)).map(|(at, _)| at).collect()
}

/// Every step that can come, from one on, without those at a barred place.
fn reachable(definition: &Definition, from: usize, barred: Option<usize>) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let mut next = vec![from];
    while let Some(at) = next.pop() {
        if Some(at) != barred && seen.insert(at) {
            next.extend(exits(definition, at));
        }
    }
    seen
}

fn nothing_decides_behind(definition: &Definition, execution: usize) -> Checked {
    let mut behind = reachable(definition, execution, None);
    behind.remove(&execution);
    let is_work = |at: &usize| matches!(definition.steps[*at].kind, Kind::ManualWork(_));
    match behind.into_iter().find(|at| !is_work(at)) {
        None => Ok(()),
        Some(at) => ensure(
            false,
            &format!("steps[{at}]"),
            "it comes behind the execution, where only work by hand can be done",
            "Put it before the execution",
        ),
    }
}

/// The step behind which a way ends that never comes to this one.
pub(super) fn end_that_passes_by(definition: &Definition, place: usize) -> Option<usize> {
    let mut others = reachable(definition, 0, Some(place)).into_iter();
    others.find(|at| *at != place && may_end(definition, *at))
}

fn no_way_passes_by(definition: &Definition, execution: usize) -> Checked {
    match end_that_passes_by(definition, execution) {
        None => Ok(()),
        Some(at) => ensure(
            false,
            &format!("steps[{at}].next"),
            "a way ends here that never comes to the execution",
            "Let it lead to the execution: what is approved is carried out",
        ),
    }
}

/// Work by hand is on one side of the execution, and says nothing else than its place.
fn stages(definition: &Definition, execution: Option<usize>) -> Checked {
    for (at, step) in definition.steps.iter().enumerate() {
        let Kind::ManualWork(work) = &step.kind else {
            continue;
        };
        let path = format!("steps[{at}].kind.manualWork.stage");
        let Some(execution) = execution else {
            ensure(
                work.stage.is_some(),
                &path,
                "nothing says whether it is done before the execution or afterwards",
                "Write beforeExecution or afterExecution, or put the execution among the steps",
            )?;
            continue;
        };
        let by_place = if at < execution {
            Stage::BeforeExecution
        } else {
            Stage::AfterExecution
        };
        ensure(
            work.stage.is_none_or(|stage| stage == by_place),
            &path,
            "it stands on the other side of the execution",
            "Leave the stage out, or move the step",
        )?;
    }
    Ok(())
}
