//! Carries out what was approved, exactly that, step by step.

mod action;
mod renewal;
mod rows;
mod settling;
mod start;
mod step;
#[cfg(test)]
mod tests;
mod threshold;
mod told;
mod undo;

use jiff::Timestamp;
use provision::Plans;
use store::jobs::JobEnd;
use store::{ApplicationId, BeforeImage, Tx, transaction};
use workflow::application::Progress;
use workflow::{Command, State};

use crate::cases::{Case, Outcome};
use crate::jobs::JobError;
use crate::planning;
use crate::service::Service;
pub(crate) use told::{executed, executed_rows};

/// Somebody was faster (the applicant withdrew, an admin acted): the next run sees what stands there then.
const OVERTAKEN: JobError = JobError::Wait("the application has moved on");

/// What one round of the job came to.
enum Round {
    /// Look again: the application moved on.
    Again,
    End(JobEnd),
}

/// The job. It may die anywhere: whatever it finds, it goes on from there. Pauses grow with what fails in vain, not with
/// the length of a plan: a step that was done ends the count.
pub(crate) async fn run(service: &Service, id: &ApplicationId) -> Result<JobEnd, JobError> {
    let mut open = Vec::new();
    let end = go_on(service, id, &mut open).await;
    counted_anew(end, &open, service.now())
}

fn counted_anew(end: Result<JobEnd, JobError>, open: &[usize], now: Timestamp) -> Result<JobEnd, JobError> {
    match end {
        Err(error) if open.first() > open.last() => Ok(match error.end(now, 1) {
            JobEnd::Later(when, why) => JobEnd::Onward(when, why),
            end => end,
        }),
        end => end,
    }
}

/// `open`: how many steps were open at each look.
async fn go_on(service: &Service, id: &ApplicationId, open: &mut Vec<usize>) -> Result<JobEnd, JobError> {
    let mut confirmed = false;
    loop {
        let case = Case::of_job(service, id).await?;
        open.extend(number_of_open(&case.application.state));
        let round = match &case.application.state {
            State::Approved {
                starts: Some(starts), ..
            } if *starts > service.now() => {
                Round::End(JobEnd::Later(*starts, "its day has not come".to_owned()))
            }
            State::Approved { .. } => start::confirm(service, &case).await?,
            State::Executing(progress) if progress.is_untouched() && !confirmed => {
                start::confirm(service, &case).await?
            }
            State::Executing(progress) => next(service, &case, progress).await?,
            State::Compensating(progress) => undo::next(service, &case, progress).await?,
            // Withdrawn, sent back, parked or over.
            _ => Round::End(JobEnd::Done),
        };
        confirmed = true;
        if let Round::End(end) = round {
            return Ok(end);
        }
    }
}

fn number_of_open(state: &State) -> Option<usize> {
    match state {
        State::Executing(progress) => Some(progress.open().count()),
        State::Compensating(progress) => Some(progress.to_compensate().count()),
        _ => None,
    }
}

async fn next(service: &Service, case: &Case, progress: &Progress) -> Result<Round, JobError> {
    match planning::unseal(&progress.case.plan)? {
        Plans::One(plan) => step::next(service, case, progress, &plan).await,
        plans @ Plans::Rows { .. } => rows::next(service, case, progress, &plans).await,
    }
}

/// Carries out commands in one transaction, together with the before-images of the steps that they begin.
async fn act(
    service: &Service,
    id: &ApplicationId,
    commands: &[Command],
    images: &[BeforeImage],
) -> Result<Round, JobError> {
    transaction!(service.store.write(&service.tenant), tx => {
        let mut case = Case::load(tx, id).await?.ok_or(OVERTAKEN)?;
        decide(tx, service, &mut case, commands).await?;
        for image in images {
            tx.keep_before_image(id, image).await?;
        }
        Ok(Round::Again)
    })
}

async fn decide(
    tx: &mut Tx,
    service: &Service,
    case: &mut Case,
    commands: &[Command],
) -> Result<(), JobError> {
    for command in commands {
        if let Outcome::Refused(refusal) = case.decide(tx, service, command.clone()).await? {
            tracing::info!(application = %case.row.id, code = ?refusal.code, "execution overtaken");
            return Err(OVERTAKEN);
        }
    }
    Ok(())
}
