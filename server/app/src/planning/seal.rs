//! Between the planner's plan and the one that workflow seals.

use workflow::PlanStepId;

use crate::jobs::JobError;

/// For the journal and for approvers.
pub(crate) fn seal(plan: &provision::Plans) -> Result<workflow::Plan, JobError> {
    let ids = plan.step_ids();
    let steps = ids.iter().map(|id| PlanStepId::new(id.as_str())).collect();
    let body = plan
        .body()
        .map_err(|error| JobError::unreadable("a plan", &error))?;
    Ok(workflow::Plan::seal(steps, body))
}

/// What was sealed.
pub(crate) fn unseal(plan: &workflow::Plan) -> Result<provision::Plans, JobError> {
    provision::Plans::read(&plan.body).map_err(|error| JobError::unreadable("a plan", &error))
}
