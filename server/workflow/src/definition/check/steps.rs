//! Whether each step makes sense on its own.

use super::{Checked, approval, check_label, ensure, sources};
use crate::condition::{Condition, Vocabulary, vocabulary};
use crate::definition::step::END;
use crate::definition::{Definition, DefinitionError, Kind, Step};

const MAX_STEPS: usize = 50;

pub(super) fn check(definition: &Definition) -> Checked {
    let count = definition.steps.len();
    ensure(
        (1..=MAX_STEPS).contains(&count),
        "steps",
        "none or too many",
        "Give 1 to 50 steps",
    )?;
    let decides = |step: &Step| matches!(step.kind, Kind::Approval(_) | Kind::Automatic(_));
    ensure(
        definition.steps.iter().any(decides),
        "steps",
        "nothing decides",
        "Give an approval, or an automatic step",
    )?;
    let words = vocabulary(&definition.form);
    for (at, step) in definition.steps.iter().enumerate() {
        let path = format!("steps[{at}]");
        let twice = definition.steps[..at]
            .iter()
            .any(|earlier| earlier.key == step.key);
        ensure(
            !twice,
            &format!("{path}.key"),
            "used twice",
            "Give each step its own key",
        )?;
        check_step(definition, (at, step), &path, &words)?;
    }
    Ok(())
}

fn check_step(
    definition: &Definition,
    (at, step): (usize, &Step),
    path: &str,
    words: &Vocabulary,
) -> Checked {
    let key = step.key.as_str();
    let named = !key.is_empty() && key != END && key.chars().all(|c| c.is_ascii_alphanumeric());
    ensure(
        named,
        &format!("{path}.key"),
        "not a key",
        "Use letters and digits, and not the word \"end\"",
    )?;
    check_label(&step.title, &format!("{path}.title"))?;
    check_condition(step.when.as_ref(), &format!("{path}.when"), words)?;
    for (number, branch) in step.next.iter().enumerate() {
        check_condition(
            branch.when.as_ref(),
            &format!("{path}.next[{number}].when"),
            words,
        )?;
    }
    match &step.kind {
        Kind::Approval(approval) => approval::check(definition, (at, approval), path),
        Kind::Automatic(automatic) => {
            let mut outcomes = automatic.outcomes.iter().enumerate();
            let path = |number| format!("{path}.kind.automatic.outcomes[{number}].when");
            outcomes.try_for_each(|(number, outcome)| {
                check_condition(outcome.when.as_ref(), &path(number), words)
            })
        }
        Kind::Execution(_) => Ok(()),
        Kind::Circulation(_) => sources::check(definition, at, (step.sources(), path, "circulation.readers")),
        Kind::PostReview(_) => sources::check(definition, at, (step.sources(), path, "postReview.reviewers")),
        Kind::ManualWork(work) => {
            approval::check_quorum(
                work.quorum,
                &work.workers,
                &format!("{path}.kind.manualWork.quorum"),
            )?;
            sources::check(definition, at, (step.sources(), path, "manualWork.workers"))
        }
    }
}

pub(super) fn check_condition(condition: Option<&Condition>, path: &str, words: &Vocabulary) -> Checked {
    let Some(condition) = condition else {
        return Ok(());
    };
    condition.check(words).map_err(|error| DefinitionError {
        path: path.to_owned(),
        problem: error.to_string(),
        remedy: error.problem.remedy(),
    })
}
