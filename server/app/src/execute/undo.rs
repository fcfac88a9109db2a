//! 補償: what a stopped execution did is undone, the last step first, from what stood there before.

mod rows;

use forms::Language;
use provision::{Executor, Inverse, Lost, Plan, Plans, StepId, StepOutcome};
use serde_json::{Value, json};
use store::jobs::JobEnd;
use workflow::application::Progress;
use workflow::{Command, PlanStepId};

use super::action::Calling;
use super::step::{park, unexpected, work};
use super::{Round, act, settling, told};
use crate::cases::Case;
use crate::handover::fresh_password;
use crate::jobs::JobError;
use crate::planning;
use crate::publish::{self, Story};
use crate::service::Service;

/// Undoes the next step that may have changed something.
pub(super) async fn next(service: &Service, case: &Case, progress: &Progress) -> Result<Round, JobError> {
    match planning::unseal(&progress.case.plan)? {
        Plans::One(plan) => step(service, case, progress, plan).await,
        plans @ Plans::Rows { .. } => rows::next(service, case, progress, &plans).await,
    }
}

async fn step(service: &Service, case: &Case, progress: &Progress, plan: Plan) -> Result<Round, JobError> {
    let Some(id) = progress.to_compensate().next() else {
        return Ok(Round::End(JobEnd::Done));
    };
    let story = Story::tell(service, case).await?;
    let alone = plan.only(&StepId::new(id.as_str()));
    let back = provision::inverse(&alone, &told::executed(&story.lines));
    // That it begins stands outside too before anything is done.
    publish::record(service, case).await?;
    take_back(service, case, id, &back).await
}

/// Everything that leads back from one step: what is done already is looked up and not done again.
async fn take_back(
    service: &Service,
    case: &Case,
    id: &PlanStepId,
    back: &Inverse,
) -> Result<Round, JobError> {
    let password = fresh_password()?;
    let graph = service.microsoft.graph().for_work(work(case));
    let exchange = service.microsoft.exchange().for_work(work(case));
    let executor = Executor {
        graph: &graph,
        exchange: &exchange,
        password: &password,
        picture: None,
        call: None,
    };
    let mut last = Value::Null;
    for step in back.plan.steps() {
        if let Some(calling) = Calling::of(service, case, (id, step))? {
            let done = |receipt: Value| undone(id, back, &receipt);
            return calling.next(executor, done).await;
        }
        let command = match executor.run(step).await {
            Ok(StepOutcome::Done(receipt)) => {
                last = receipt;
                continue;
            }
            Ok(StepOutcome::Failed(failure)) => park(id, &failure.words(service.config.mail.language.into())),
            Ok(StepOutcome::Settling) => return settling::wait(service, case, id).await,
            Ok(StepOutcome::Later { why, retry_after }) => {
                return Err(JobError::Elsewhere { why, retry_after });
            }
            Err(error) => unexpected(service, id, error)?,
        };
        return act(service, &case.row.id, &[command], &[]).await;
    }
    act(service, &case.row.id, &[undone(id, back, &last)], &[]).await
}

/// With what did not come back, in words.
fn undone(id: &PlanStepId, back: &Inverse, receipt: &Value) -> Command {
    let did: Vec<_> = back.plan.step_ids().iter().map(ToString::to_string).collect();
    Command::FinishCompensation {
        step: id.clone(),
        receipt: json!({
            "did": did, "receipt": receipt, "lost": in_words(&back.lost),
        }),
    }
}

fn in_words(lost: &[Lost]) -> Value {
    let words = |language| lost.iter().map(|lost| lost.words(language)).collect::<Vec<_>>();
    json!({ "ja": words(Language::Ja), "en": words(Language::En) })
}
