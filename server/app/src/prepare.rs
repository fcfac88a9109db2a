//! Between submission and approval: the tenant is asked whether the change can be made, and who is to decide.

mod hold;
mod organisation;

use forms::Issue;
use store::jobs::JobEnd;
use store::{ApplicationId, StoreError, transaction};
use workflow::route::{Route, resolve_all};
use workflow::{Command, SealedFile, State};

use crate::attachments;
use crate::cases::{Case, Outcome, act};
use crate::jobs::JobError;
use crate::planning;
use crate::service::Service;

pub(crate) async fn run(service: &Service, id: &ApplicationId) -> Result<JobEnd, JobError> {
    let case = Case::of_job(service, id).await?;
    let State::Submitted { payload } = &case.application.state else {
        return Ok(JobEnd::Done);
    };
    let asked = &case.application.id;
    let files = attachments::take(service, &case).await?;
    let plan = planning::plan(service, asked, &case.definition, &payload.values).await?;
    match (plan, files) {
        (Ok(plan), Ok(files)) => {
            let organisation = organisation::read(service, &case).await?;
            let route = resolve_all(&case.definition, &case.application.applicant, &organisation);
            // Nothing that the applicant can mend: administrators correct group or definition.
            let route = route.map_err(|error| JobError::Stuck(error.to_string()))?;
            accept(service, id, (&plan, &files), &route).await
        }
        // Everything that must be mended is told at once.
        (plan, files) => {
            let issues = plan.err().into_iter().chain(files.err()).flatten();
            send_back(service, id, issues.collect()).await
        }
    }
}

async fn send_back(service: &Service, id: &ApplicationId, issues: Vec<Issue>) -> Result<JobEnd, JobError> {
    act(service, id, &Command::Return { issues }).await.map(ended)
}

/// Holds what the plan needs and opens the first step, in one transaction; or says what is taken.
async fn accept(
    service: &Service,
    id: &ApplicationId,
    (plan, files): (&provision::Plan, &[SealedFile]),
    route: &Route,
) -> Result<JobEnd, JobError> {
    let seats = hold::free_seats(service, plan).await?;
    let sealed = planning::seal(plan)?;
    let accepted: Result<_, JobError> = transaction!(service.store.write(&service.tenant), tx => {
        let missing = || JobError::Stuck(format!("there is no application {id}"));
        let mut case = Case::load(tx, id).await?.ok_or_else(missing)?;
        let command = match hold::all(tx, &case, plan, seats).await? {
            Some(issue) => Command::Return { issues: vec![issue] },
            None if !files.is_empty() && case.application.files != *files => {
                let attach = Command::Attach { by: None, files: files.to_vec() };
                case.decide(tx, service, attach).await?;
                Command::Accept { plan: sealed.clone(), route: route.clone() }
            }
            None => Command::Accept { plan: sealed.clone(), route: route.clone() },
        };
        case.decide(tx, service, command).await
    });
    match accepted {
        Err(JobError::Store(StoreError::UniqueTaken { .. })) => {
            let case = Case::of_job(service, id).await?;
            send_back(service, id, vec![hold::taken(&case)]).await
        }
        accepted => accepted.map(ended),
    }
}

/// A refusal means that the applicant or another run was faster: nothing is left to do.
fn ended(outcome: Outcome) -> JobEnd {
    if let Outcome::Refused(refusal) = outcome {
        tracing::info!(code = ?refusal.code, "nothing to prepare any more");
    }
    JobEnd::Done
}
