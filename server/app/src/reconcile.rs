//! Compares SharePoint with our rows, item by item: what no webhook and no change log told is found here. Each
//! stride is one job run that commits its progress, so that a kill at any moment costs one stride.

mod access;
mod begin;
mod claim;
mod inbox;
mod items;
mod missing;
mod night;
mod progress;
mod repair;
mod report;
mod words;

use store::jobs::JobEnd;
use store::transaction;

use crate::jobs::{JobError, Task};
use crate::service::Service;
use crate::shards;
pub use begin::{begin, resume};
pub use night::ensure_nightly;
pub(crate) use night::newest;
pub use progress::{Mode, Run, Scope};
use progress::{Stage, Stride};

/// The lists in which applications lie.
async fn lists(service: &Service) -> Result<Vec<String>, JobError> {
    let shards = shards::known(service).await?;
    Ok(shards.into_iter().map(|shard| shard.url).collect())
}

/// As a job: one stride, and the next one at once.
pub(crate) async fn stride(service: &Service, scope: Scope) -> Result<JobEnd, JobError> {
    match step(service, scope, Mode::Repair).await? {
        Some(run) if !run.is_done() => Ok(JobEnd::Later(service.now(), "the next stride".into())),
        _ => Ok(JobEnd::Done),
    }
}

/// One stride of an unfinished run; the run as it stands then, `None` when there is nothing to do.
pub async fn step(service: &Service, scope: Scope, mode: Mode) -> Result<Option<Run>, JobError> {
    let Some(before) = load(service, scope, mode).await?.filter(|run| !run.is_done()) else {
        return Ok(None);
    };
    let run = before.clone();
    let stride = match run.stage.clone() {
        _ if !run.pending.is_empty() => return repair::stride(service, before).await,
        Stage::Items { list, after } => items::stride(service, run, list, after).await?,
        Stage::Inbox { after } => inbox::stride(service, run, after).await?,
        Stage::Done { .. } => return Ok(None),
    };
    keep(service, &before, stride).await.map(Some)
}

/// The run of this kind that is under way or was the last.
pub async fn load(service: &Service, scope: Scope, mode: Mode) -> Result<Option<Run>, JobError> {
    transaction!(service.store.read(&service.tenant), tx => Run::of(tx, scope, mode).await)
}

/// Progress and what follows from it together; unless somebody else made the same stride meanwhile.
async fn keep(service: &Service, before: &Run, stride: Stride) -> Result<Run, JobError> {
    let now = service.now();
    transaction!(service.store.write(&service.tenant), tx => {
        let newest = Run::of(tx, before.scope, before.mode).await?;
        if newest.as_ref() != Some(before) {
            return Ok(newest.unwrap_or_else(|| before.clone()));
        }
        if before.mode == Mode::Repair {
            for task in &stride.tasks {
                tx.enqueue(&task.job(now)?).await?;
            }
            for gone in &stride.missing {
                missing::tell(tx, service, gone).await?;
            }
        }
        stride.run.keep(tx, now).await?;
        Ok(stride.run.clone())
    })
}

/// The job that goes on with a run.
fn task(scope: Scope) -> Task {
    Task::Reconcile { scope }
}
