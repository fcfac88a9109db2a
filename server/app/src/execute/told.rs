//! What the journal tells of an execution: what stood there before each step, and what the steps did.

use std::collections::BTreeMap;

use provision::{Executed, StepId};
use workflow::application::{RowBegun, RowEnd};
use workflow::journal::Line;
use workflow::{Event, PlanStepId};

pub(crate) fn executed(lines: &[Line]) -> Executed {
    let mut executed = Executed::default();
    for line in lines {
        match &line.event {
            Event::StepBegun { step, before } => executed.begun(StepId::new(step.as_str()), before.clone()),
            Event::StepDone { receipt, .. } => executed.done(receipt),
            Event::StepCompensated { step, .. } => executed.undone(&StepId::new(step.as_str())),
            _ => {}
        }
    }
    executed
}

/// The same of each row that was begun and is not undone.
pub(crate) fn executed_rows(lines: &[Line]) -> BTreeMap<PlanStepId, Executed> {
    let mut rows: BTreeMap<PlanStepId, Executed> = BTreeMap::new();
    for line in lines {
        match &line.event {
            Event::RowsBegun { rows: begun } => {
                rows.extend(begun.iter().map(|begun| (begun.row.clone(), looked(begun))));
            }
            Event::RowsEnded { rows: ended } => {
                for ended in ended {
                    if let (RowEnd::Done { receipt }, Some(row)) = (&ended.end, rows.get_mut(&ended.row)) {
                        row.done(receipt);
                    }
                }
            }
            Event::RowsCompensated { rows: ended } => {
                let undone = ended.iter().filter(|ended| ended.is_done());
                undone.for_each(|ended| {
                    rows.remove(&ended.row);
                });
            }
            _ => {}
        }
    }
    rows
}

/// What stood there before its steps.
fn looked(begun: &RowBegun) -> Executed {
    let mut executed = Executed::default();
    for (step, before) in begun.before.as_object().into_iter().flatten() {
        executed.begun(StepId::new(step), before.clone());
    }
    executed
}
