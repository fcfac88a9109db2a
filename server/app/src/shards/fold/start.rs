//! Asking for folds when a list nears its cap.

use std::collections::BTreeSet;

use store::{Shard, transaction};

use super::left::left;
use super::plan::plan;
use crate::jobs::{JobError, Task};
use crate::service::Service;

/// Closed applications of a list at its roll mark are folded until it is below its warn mark. As long as a fold
/// is parked, no other is begun: a tenant that refuses one refuses all. What hinders one alone is noted with it.
pub(crate) async fn start(service: &Service, shard: &Shard) -> Result<(), JobError> {
    let (now, marks) = (service.now(), service.config.scopes);
    transaction!(service.store.write(&service.tenant), tx => {
        let scopes = tx.scopes(&shard.url).await?;
        if scopes < marks.roll_mark() {
            return Ok(());
        }
        let parked = tx.parked_jobs().await?;
        if parked.iter().any(|job| job.kind == Task::FOLD) {
            return Ok(());
        }
        let left = left(tx, now).await?;
        let mut closed = tx.unfolded(&shard.url).await?;
        closed.retain(|one| !left.contains(&one.application));
        let folds = tx.folds(&shard.url).await?;
        let folds: BTreeSet<_> = folds.into_iter().map(|fold| fold.name).collect();
        let excess = scopes - marks.warn_mark() + 1;
        for folding in plan(&closed, &folds, excess) {
            let task = Task::Fold { application: folding.application, fold: folding.fold };
            tx.enqueue(&task.job(now)?).await?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests;
