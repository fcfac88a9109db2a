//! What the journal tells of an execution: what stood there before each step, and what the steps did.

use provision::{Executed, StepId};
use workflow::Event;
use workflow::journal::Line;

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
