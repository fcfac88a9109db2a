//! One step: what stood there is journalled before the write, what came of it after.

use m365::{Priority, Work};
use provision::{Executor, Plan, Step, StepId, StepOutcome};
use serde_json::json;
use store::BeforeImage;
use store::jobs::JobEnd;
use workflow::application::Progress;
use workflow::{Command, PlanStepId};

use super::action::Calling;
use super::{Round, act, renewal, settling};
use crate::attachments;
use crate::cases::Case;
use crate::handover::fresh_password;
use crate::jobs::JobError;
use crate::publish;
use crate::service::Service;

/// Carries out the next open step.
pub(super) async fn next(
    service: &Service,
    case: &Case,
    progress: &Progress,
    plan: &Plan,
) -> Result<Round, JobError> {
    let Some(id) = progress.open().next() else {
        return Ok(Round::End(JobEnd::Done));
    };
    let step = plan
        .step(&StepId::new(id.as_str()))
        .ok_or_else(|| JobError::Stuck(format!("the plan has no step {id}")))?;
    // Random, told to nobody and kept nowhere.
    let password = fresh_password()?;
    let graph = service.microsoft.graph().for_work(work(case));
    let exchange = service.microsoft.exchange().for_work(work(case));
    let picture = attachments::picture_of_step(service, case, step).await?;
    let executor = Executor {
        graph: &graph,
        exchange: &exchange,
        password: &password,
        picture: picture.as_ref(),
        call: None,
    };
    if !progress.begun.contains(id) {
        let Some(before) = executor.before(step).await? else {
            return settling::wait(service, case, id).await;
        };
        return begin(service, case, progress, id, before).await;
    }
    // What stood there is kept outside too, before anything is done to it.
    publish::record(service, case).await?;
    if let Some(calling) = Calling::of(service, case, (id, step))? {
        let done = |receipt| Command::FinishStep {
            step: id.clone(),
            receipt,
        };
        return calling.next(executor, done).await;
    }
    if let Step::Renewal(renewal) = step {
        return renewal::carry_out(service, case, (id, renewal)).await;
    }
    run(service, case, (id, step), &executor).await
}

/// Our journal and Microsoft's logs meet in the application's id.
pub(super) fn work(case: &Case) -> Work {
    let id = case.application.id.as_str().parse();
    Work {
        correlation: id.unwrap_or_else(|_| m365::random_uuid()),
        priority: Priority::People,
    }
}

fn position(progress: &Progress, id: &PlanStepId) -> i64 {
    let at = progress.case.plan.steps.iter().position(|step| step == id);
    at.and_then(|at| i64::try_from(at).ok()).unwrap_or(i64::MAX)
}

async fn begin(
    service: &Service,
    case: &Case,
    progress: &Progress,
    id: &PlanStepId,
    before: serde_json::Value,
) -> Result<Round, JobError> {
    let image = BeforeImage {
        step: position(progress, id),
        body: json!({ "id": id, "before": before }),
        at: service.now(),
    };
    let command = Command::BeginStep {
        step: id.clone(),
        before,
    };
    act(service, &case.row.id, &[command], &[image]).await
}

async fn run(
    service: &Service,
    case: &Case,
    (id, step): (&PlanStepId, Step<'_>),
    executor: &Executor<'_>,
) -> Result<Round, JobError> {
    let command = match executor.run(step).await {
        Ok(StepOutcome::Done(receipt)) => Command::FinishStep {
            step: id.clone(),
            receipt,
        },
        Ok(StepOutcome::Failed(failure)) => park(id, &failure.words(service.config.mail.language.into())),
        Ok(StepOutcome::Settling) => return settling::wait(service, case, id).await,
        Ok(StepOutcome::Later { why, retry_after }) => return Err(JobError::Elsewhere { why, retry_after }),
        Err(error) => unexpected(service, id, error)?,
    };
    act(service, &case.row.id, &[command], &[]).await
}

/// Where waiting does not mend it, the application needs a person, and its admins are told.
pub(super) fn unexpected(
    service: &Service,
    id: &PlanStepId,
    error: m365::Error,
) -> Result<Command, JobError> {
    let error = JobError::from(error);
    match error.end(service.now(), 1) {
        JobEnd::Park(why) => Ok(park(id, &why)),
        _ => Err(error),
    }
}

pub(super) fn park(id: &PlanStepId, why: &str) -> Command {
    let why = format!("{id}: {why}");
    Command::Park { why }
}
