//! Right before permissions are set: what has changed since it was looked at is left out, and that the rest is set is
//! kept first, so that whatever happens then, each item's own job has the last word.

use jiff::Timestamp;
use m365::csom::SetAccess;
use store::{StoreError, Tx, transaction};

use super::access;
use super::progress::{Pending, Run};
use crate::jobs::JobError;
use crate::service::Service;

/// An item that is wrong, and what mends it.
#[derive(Debug, Clone)]
pub(super) struct Due {
    pub(super) pending: Pending,
    /// Version of the application's row that the change was made from.
    pub(super) version: i64,
    pub(super) change: SetAccess,
}

/// What is to be set now.
#[derive(Debug)]
pub(super) struct Claim {
    /// As it was kept.
    pub(super) run: Run,
    pub(super) still: Vec<Due>,
    pub(super) changed: Vec<Due>,
}

/// `None` when somebody else made the stride meanwhile.
pub(super) async fn claim(service: &Service, before: &Run, due: &[Due]) -> Result<Option<Claim>, JobError> {
    let now = service.now();
    transaction!(service.store.write(&service.tenant), tx => {
        if Run::of(tx, before.scope, before.mode).await?.as_ref() != Some(before) {
            return Ok(None);
        }
        let mut claim = Claim { run: before.clone(), still: Vec::new(), changed: Vec::new() };
        for one in due {
            if is_as_it_was(tx, one, now).await? {
                claim.take(one.clone());
            } else {
                claim.changed.push(one.clone());
            }
        }
        claim.run.keep(tx, now).await?;
        Ok(Some(claim))
    })
}

impl Claim {
    fn take(&mut self, mut due: Due) {
        let kept = self.run.pending.iter_mut();
        for pending in kept.filter(|pending| **pending == due.pending) {
            pending.is_set = true;
        }
        due.pending.is_set = true;
        self.still.push(due);
    }
}

async fn is_as_it_was(tx: &mut Tx, due: &Due, now: Timestamp) -> Result<bool, StoreError> {
    let id = &due.pending.application;
    let row = tx.application(id).await?;
    let same = row.is_some_and(|row| row.version == due.version);
    Ok(same && access::is_ours(tx, id, now).await?)
}

#[cfg(test)]
mod tests;
