//! How a run begins: anew, or again after it was broken off.

use jiff::Timestamp;
use store::transaction;

use super::progress::{Mode, Run, Scope, Stage};
use super::report::Report;
use super::{lists, task};
use crate::jobs::JobError;
use crate::service::Service;

/// Begins a run, unless one of the kind is under way: then that one goes on. A run that mends has a
/// job; what stopped the last one is tried again.
pub async fn begin(service: &Service, scope: Scope, mode: Mode) -> Result<Run, JobError> {
    let now = service.now();
    let lists = lists(service).await?;
    transaction!(service.store.write(&service.tenant), tx => {
        let standing = Run::of(tx, scope, mode).await?.filter(|run| !run.is_done());
        let run = if let Some(run) = standing {
            run
        } else {
            let mut total = 0;
            for list in &lists {
                total += tx.count_in_list(list, scope.without()).await?;
            }
            let run = fresh(scope, mode, now, (lists.clone(), total));
            run.keep(tx, now).await?;
            run
        };
        if mode == Mode::Repair {
            let job = task(scope).job(now)?;
            tx.retry_parked(&job.kind, &job.key, now).await?;
            tx.enqueue(&job).await?;
        }
        Ok(run)
    })
}

fn fresh(scope: Scope, mode: Mode, now: Timestamp, (lists, total): (Vec<String>, i64)) -> Run {
    Run {
        scope,
        mode,
        started: now,
        lists,
        stage: Stage::Items { list: 0, after: 0 },
        pending: Vec::new(),
        total,
        looked_at: 0,
        report: Report::default(),
    }
}

/// Goes on with what a stopped service left half done.
pub async fn resume(service: &Service) -> Result<(), JobError> {
    for scope in [Scope::Open, Scope::All] {
        let run = super::load(service, scope, Mode::Repair).await?;
        if run.is_some_and(|run| !run.is_done()) {
            begin(service, scope, Mode::Repair).await?;
        }
    }
    Ok(())
}
