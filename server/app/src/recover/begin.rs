//! Only an empty database is filled, and only a whole recovery counts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Document, Shelf, Tx, transaction};

use super::RecoverError;
use crate::history;
use crate::jobs::JobError;
use crate::service::Service;

/// Where it stands on the shelf of settings.
const NAME: &str = "recovery";

/// How far the recovery of this database came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "camelCase")]
enum Recovery {
    Begun,
    /// Whatever it brought back, even nothing.
    Done,
}

/// Whether the database may be filled.
pub(super) async fn check(service: &Service) -> Result<(), RecoverError> {
    transaction!(service.store.read(&service.tenant), tx => is_free(tx).await)
}

async fn is_free(tx: &mut Tx) -> Result<(), RecoverError> {
    if Recovery::of(tx).await? == Some(Recovery::Begun) {
        return Err(RecoverError::Unfinished);
    }
    match tx.filled_table().await? {
        Some(table) => Err(RecoverError::Filled(table)),
        None => Ok(()),
    }
}

pub(super) async fn begin(service: &Service) -> Result<(), RecoverError> {
    let at = service.now();
    transaction!(service.store.write(&service.tenant), tx => {
        is_free(tx).await?;
        tx.forget_all_change_tokens().await?;
        Ok(Recovery::Begun.keep(tx, at).await?)
    })
}

pub(super) async fn end(tx: &mut Tx, at: Timestamp) -> Result<(), JobError> {
    Recovery::Done.keep(tx, at).await
}

impl Recovery {
    async fn of(tx: &mut Tx) -> Result<Option<Self>, JobError> {
        let document = tx.get(Shelf::Setting, NAME).await?;
        let state = document.map(|document| serde_json::from_value(document.body));
        state
            .transpose()
            .map_err(|error| JobError::unreadable("how far the recovery came", &error))
    }

    async fn keep(self, tx: &mut Tx, at: Timestamp) -> Result<(), JobError> {
        let name = NAME.to_owned();
        let body = serde_json::to_value(self).map_err(|error| JobError::unreadable("a recovery", &error))?;
        Ok(tx.put(Shelf::Setting, &Document { name, body, at }).await?)
    }
}

/// Whether the database lacks what the history list tells: until it is recovered, everything that was ever
/// submitted would be taken for new. What a recovery could not bring back, none will: it was named, and is closed.
pub(crate) async fn is_owed(service: &Service) -> Result<bool, JobError> {
    let kept: Result<_, JobError> = transaction!(service.store.read(&service.tenant), tx =>
        Ok((Recovery::of(tx).await?, tx.has_applications().await?)));
    match kept? {
        (Some(Recovery::Begun), _) => Ok(true),
        (Some(Recovery::Done), _) | (None, true) => Ok(false),
        (None, false) => Ok(!history::is_empty(service).await?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestService;

    #[tokio::test]
    async fn a_recovery_that_brought_nothing_back_is_over_and_one_that_was_broken_off_is_not() {
        let test = TestService::open().await;
        let service = &test.service;
        begin(service).await.unwrap();
        assert!(is_owed(service).await.unwrap());
        assert!(matches!(check(service).await, Err(RecoverError::Unfinished)));
        let at = service.now();
        transaction!(service.store.write(&service.tenant), tx => end(tx, at).await).unwrap();
        assert!(!is_owed(service).await.unwrap());
        check(service).await.unwrap();
    }
}
