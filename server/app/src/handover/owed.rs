//! The passwords that an execution leaves to be handed over.

use provision::{Plan, Plans, StepId};
use store::ApplicationId;
use uuid::Uuid;
use workflow::PlanStepId;
use workflow::application::Progress;

use crate::jobs::JobError;
use crate::planning;

/// A password, and what tells it from the others that applications leave.
pub(crate) struct Owed {
    pub(super) name: String,
    /// The step whose receipt names the account.
    pub(super) step: StepId,
    /// Whoever is shown it.
    pub(super) to: Uuid,
    pub(crate) user_principal_name: String,
}

/// In the order of the rows.
pub(super) fn owed(application: &ApplicationId, progress: &Progress) -> Result<Vec<Owed>, JobError> {
    let holds = |steps: &[PlanStepId], id: &StepId| steps.iter().any(|step| step.as_str() == id.as_str());
    let is_done = |id: &StepId| holds(&progress.done, id) && !holds(&progress.compensated, id);
    let owed: Vec<Owed> = match planning::unseal(&progress.case.plan)? {
        Plans::One(plan) => of_plan(&plan, application.to_string()).into_iter().collect(),
        Plans::Rows { rows } => {
            let rows = (1..).zip(&rows);
            let rows = rows.filter_map(|(number, plan)| of_row(application, number, plan));
            rows.collect()
        }
    };
    Ok(owed.into_iter().filter(|owed| is_done(&owed.step)).collect())
}

/// Most plans leave none.
fn of_plan(plan: &Plan, name: String) -> Option<Owed> {
    let account = plan.account()?;
    let (step, to) = account.hand_over()?;
    Some(Owed {
        name,
        step,
        to,
        user_principal_name: account.account.user_principal_name.clone(),
    })
}

/// A row is one step of its application.
fn of_row(application: &ApplicationId, number: usize, plan: &Plan) -> Option<Owed> {
    let owed = of_plan(plan, planning::row_name(application.as_str(), number))?;
    let step = StepId::row(number);
    Some(Owed { step, ..owed })
}
