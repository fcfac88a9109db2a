//! The accounts that an execution made.

use provision::{Plan, Plans, Step, StepId};
use store::ApplicationId;
use workflow::PlanStepId;
use workflow::application::Progress;

use crate::jobs::JobError;
use crate::planning;

/// An account, and what tells it from the others that applications make.
pub(crate) struct Made {
    pub(super) name: String,
    /// The step whose receipt names it.
    pub(super) step: StepId,
    pub(crate) plan: Plan,
}

/// In the order of the rows.
pub(super) fn made(application: &ApplicationId, progress: &Progress) -> Result<Vec<Made>, JobError> {
    let holds = |steps: &[PlanStepId], id: &StepId| steps.iter().any(|step| step.as_str() == id.as_str());
    let is_there = |id: &StepId| holds(&progress.done, id) && !holds(&progress.compensated, id);
    let made = match planning::unseal(&progress.case.plan)? {
        Plans::One(plan) => vec![Made {
            name: application.to_string(),
            step: StepId::create_user(),
            plan,
        }],
        Plans::Rows { rows } => {
            let rows = (1..).zip(rows).filter(|(_, plan)| makes(plan));
            rows.map(|row| of_row(application, row)).collect()
        }
    };
    let is_made = |made: &Made| made.plan.is_creation() && is_there(&made.step);
    Ok(made.into_iter().filter(is_made).collect())
}

/// Not every row does: some undo what others made.
fn makes(plan: &Plan) -> bool {
    plan.steps.iter().any(|step| matches!(step, Step::CreateUser(_)))
}

fn of_row(application: &ApplicationId, (number, plan): (usize, Plan)) -> Made {
    Made {
        name: planning::row_name(application.as_str(), number),
        step: StepId::row(number),
        plan,
    }
}
