//! 期限・催促: what time alone asks of applications. Each carries one job that is due when its next deadline or
//! reminder is.

use jiff::Timestamp;
use store::jobs::JobEnd;
use store::{ApplicationId, Tx, transaction};
use workflow::application::{due_actions, next_due};

use crate::calendar::terms;
use crate::cases::{Case, Outcome};
use crate::expiries::accesses;
use crate::inbox;
use crate::jobs::{JobError, Task};
use crate::judge;
use crate::service::Service;

/// One run does so many things at most; what is due beyond that comes in the next.
const MOST: usize = 20;

/// Asks for a run when something is due next, in place of the one that was asked for before.
pub(crate) async fn ask(tx: &mut Tx, service: &Service, case: &Case) -> Result<(), JobError> {
    let application = case.row.id.clone();
    let task = Task::Due { application };
    tx.take_back(task.kind(), &task.key()).await?;
    accesses::keep(tx, case, service.now()).await?;
    match next_due(&case.application, terms(service, &case.definition)) {
        Some(due) => Ok(tx.enqueue(&task.job(due)?).await?),
        None => Ok(()),
    }
}

/// Does what is due, and asks for the next run.
pub(crate) async fn run(service: &Service, id: &ApplicationId) -> Result<JobEnd, JobError> {
    let case = Case::of_job(service, id).await?;
    if let Some(due) = next_due(&case.application, terms(service, &case.definition))
        && due <= service.now()
        && is_waited_for(service, &case, due).await?
    {
        return Err(JobError::Wait("what was written before the deadline comes first"));
    }
    transaction!(service.store.write(&service.tenant), tx => {
        let missing = || JobError::Stuck(format!("there is no application {id}"));
        let mut case = Case::load(tx, id).await?.ok_or_else(missing)?;
        meet(tx, service, &mut case).await?;
        ask(tx, service, &case).await?;
        Ok(JobEnd::Done)
    })
}

/// Whether somebody decided or asked in time, and was not heard yet.
async fn is_waited_for(service: &Service, case: &Case, due: Timestamp) -> Result<bool, JobError> {
    let number = &case.row.number;
    if judge::has_older_entry(service, number, due).await? {
        return Ok(true);
    }
    let Some((row, asked)) = inbox::oldest_waiting(service, number).await? else {
        return Ok(false);
    };
    if asked.as_second() > due.as_second() {
        return Ok(false);
    }
    let job = Task::Inbox { item: row.0 }.job(service.now())?;
    transaction!(service.store.write(&service.tenant), tx => {
        tx.enqueue(&job).await?;
        Ok(true)
    })
}

async fn meet(tx: &mut Tx, service: &Service, case: &mut Case) -> Result<(), JobError> {
    for _ in 0..MOST {
        let definition = case.definition.clone();
        let due = due_actions(&case.application, terms(service, &definition), service.now());
        let Some(command) = due.into_iter().next() else {
            return Ok(());
        };
        if let Outcome::Refused(refusal) = case.decide(tx, service, command).await? {
            return Err(JobError::Stuck(format!("what is due cannot be done: {refusal}")));
        }
    }
    Ok(())
}
