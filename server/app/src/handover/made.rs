//! The accounts that an execution made.

use provision::{AccountPlan, Plan, Plans, StepId};
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
    pub(crate) plan: AccountPlan,
}

/// In the order of the rows.
pub(super) fn made(application: &ApplicationId, progress: &Progress) -> Result<Vec<Made>, JobError> {
    let holds = |steps: &[PlanStepId], id: &StepId| steps.iter().any(|step| step.as_str() == id.as_str());
    let is_there = |id: &StepId| holds(&progress.done, id) && !holds(&progress.compensated, id);
    let made: Vec<Made> = match planning::unseal(&progress.case.plan)? {
        Plans::One(plan) => {
            let (name, step) = (application.to_string(), StepId::create_user());
            creation(plan)
                .map(|plan| Made { name, step, plan })
                .into_iter()
                .collect()
        }
        Plans::Rows { rows } => {
            let rows = (1..).zip(rows);
            let rows = rows.filter_map(|(number, plan)| Some((number, creation(plan)?)));
            rows.map(|row| of_row(application, row)).collect()
        }
    };
    Ok(made.into_iter().filter(|made| is_there(&made.step)).collect())
}

/// Not every plan makes an account.
fn creation(plan: Plan) -> Option<AccountPlan> {
    match plan {
        Plan::Account(plan) if plan.is_creation() => Some(plan),
        _ => None,
    }
}

fn of_row(application: &ApplicationId, (number, plan): (usize, AccountPlan)) -> Made {
    Made {
        name: planning::row_name(application.as_str(), number),
        step: StepId::row(number),
        plan,
    }
}
