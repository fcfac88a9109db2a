//! Work on what a directory on premises masters: whoever is told that people do it is never told in vain.

use super::execution::end_that_passes_by;
use super::{Checked, ensure};
use crate::definition::{Definition, Stage, Step};

pub(super) fn check(definition: &Definition) -> Checked {
    for (at, step) in definition.steps.iter().enumerate() {
        if step.asks_for_work_by_hand() {
            is_always_reached(definition, at, step)?;
        }
    }
    Ok(())
}

fn is_always_reached(definition: &Definition, at: usize, step: &Step) -> Checked {
    let path = format!("steps[{at}]");
    ensure(
        step.when
            .as_ref()
            .is_some_and(|when| when.to_string() == Step::WHEN_BY_HAND),
        &format!("{path}.when"),
        "work on what a directory on premises masters depends on something else too",
        &format!("Write \"{}\" and nothing else", Step::WHEN_BY_HAND),
    )?;
    ensure(
        definition.stage(&step.key) == Some(Stage::AfterExecution),
        &path,
        "work on what a directory on premises masters comes before the execution",
        "Put it behind the execution: what is done here is compared with what was approved first",
    )?;
    ensure(
        end_that_passes_by(definition, at).is_none(),
        &path,
        "a way ends that never comes to this work",
        "Let every way lead here: it is left out where there is nothing to do by hand",
    )?;
    ensure(
        definition.execution.end.is_none(),
        "execution.end",
        "what people do by hand does not end by itself",
        "Take out the end, or the work by hand",
    )?;
    ensure(
        definition.execution.plan.rows().is_none(),
        &path,
        "work by hand on the rows of a form is not known",
        "Take the step out: rows about what a directory on premises masters are refused",
    )
}
