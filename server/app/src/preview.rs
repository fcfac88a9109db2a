//! Plans in words: what will be done, what is done, what is open.

mod rows;

use provision::{Plans, StepId};
use workflow::application::{Progress, Stopped};
use workflow::{Application, Plan, PlanStepId, State};

use crate::cases::Case;
use crate::config::Language;

/// The plan that is asked about or carried out.
pub(crate) fn plan_of(application: &Application) -> Option<&Plan> {
    match &application.state {
        State::InApproval(review)
        | State::NeedsAttention {
            stopped: Stopped::Review(review),
            ..
        } => Some(&review.case.plan),
        State::Approved { case, .. } | State::Rejected { case } | State::Expired { case } => Some(&case.plan),
        state => progress_of(state).map(|progress| &progress.case.plan),
    }
}

fn progress_of(state: &State) -> Option<&Progress> {
    match state {
        State::Executing(progress) | State::Compensating(progress) | State::Completed { progress, .. } => {
            Some(progress)
        }
        State::ManualWork(working) => Some(&working.progress),
        State::NeedsAttention {
            stopped:
                Stopped::Execution(progress) | Stopped::Compensation(progress) | Stopped::Deletions(progress),
            ..
        } => Some(progress),
        _ => None,
    }
}

/// One line for each thing that changes, then until when it stands; none for a plan that this version cannot read.
pub(crate) fn lines(case: &Case, language: Language) -> Vec<String> {
    let plan = plan_of(&case.application).map(|plan| Plans::read(&plan.body));
    match plan {
        Some(Ok(plans)) => {
            let end = end(case, language);
            plans.preview(language.into()).into_iter().chain(end).collect()
        }
        Some(Err(_)) | None => Vec::new(),
    }
}

/// Nobody is asked again on that day, so whoever approves reads it now.
fn end(case: &Case, language: Language) -> Option<String> {
    let end = case.definition.execution.end.as_ref()?;
    let payload = &case.application.case()?.payload;
    let day = payload.values.text(end.field.as_str())?;
    let is_own = case.application.link.is_none();
    is_own.then(|| match language {
        Language::Ja => format!("※ 有効期限 {day} が過ぎると、承認を求めずに元に戻します。"),
        Language::En => format!("※ When {day} is over, it is undone without another approval."),
    })
}

/// An execution, one line for each thing that changes.
#[derive(Debug, Default)]
pub(crate) struct Course {
    pub(crate) done: Vec<String>,
    pub(crate) open: Vec<String>,
    /// An administrator passed them over.
    pub(crate) skipped: Vec<String>,
    /// Rows that failed, and why.
    pub(crate) failed: Vec<String>,
}

/// What is done and what is not, of an execution.
pub(crate) fn progress(application: &Application, language: Language) -> Course {
    let Some(progress) = progress_of(&application.state) else {
        return Course::default();
    };
    let plans = Plans::read(&progress.case.plan.body);
    if let Ok(Plans::Rows { .. }) = plans {
        return rows::course(progress);
    }
    let words = |steps: &mut dyn Iterator<Item = &PlanStepId>| {
        steps
            .flat_map(|step| step_lines(plans.as_ref().ok(), step, language))
            .collect()
    };
    Course {
        done: words(&mut progress.done.iter()),
        open: words(&mut progress.open()),
        skipped: words(&mut progress.skipped.iter()),
        failed: Vec::new(),
    }
}

fn step_lines(plans: Option<&Plans>, step: &PlanStepId, language: Language) -> Vec<String> {
    let Some(Plans::One(plan)) = plans else {
        return vec![step.to_string()];
    };
    plan.only(&StepId::new(step.as_str())).preview(language.into())
}
