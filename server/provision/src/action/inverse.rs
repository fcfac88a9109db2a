//! What leads back from calls of other systems. Pure.

use super::{ActionPlan, ActionStep};
use crate::{Executed, Lost};

/// The way back from one step; none where the other system offers none.
pub(crate) fn back(step: &ActionStep) -> Option<ActionStep> {
    match step {
        ActionStep::Call(call) if call.undo => Some(ActionStep::UndoCall(call.clone())),
        ActionStep::Call(_) | ActionStep::UndoCall(_) => None,
    }
}

/// What stays done in other systems although the plan is undone.
pub(crate) fn kept(plan: &ActionPlan, executed: &Executed) -> Vec<Lost> {
    let begun = plan.steps.iter().filter(|step| executed.has_begun(&step.id()));
    let kept = begun.filter(|step| back(step).is_none());
    kept.map(|step| Lost::Call {
        title: step.call().title.clone(),
    })
    .collect()
}
