//! Only an empty database is filled, and only a whole recovery counts.

use serde_json::json;
use store::{Document, Shelf, StoreError, Tx, transaction};

use super::RecoverError;
use crate::history;
use crate::jobs::JobError;
use crate::service::Service;

/// Stands on the shelf of settings while a recovery is under way.
const NAME: &str = "recovery";

/// Whether the database may be filled.
pub(super) async fn check(service: &Service) -> Result<(), RecoverError> {
    transaction!(service.store.read(&service.tenant), tx => is_free(tx).await)
}

async fn is_free(tx: &mut Tx) -> Result<(), RecoverError> {
    if is_under_way(tx).await? {
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
        let body = json!({ "state": "begun" });
        Ok(tx.put(Shelf::Setting, &Document { name: NAME.to_owned(), body, at }).await?)
    })
}

pub(super) async fn end(tx: &mut Tx) -> Result<(), StoreError> {
    tx.remove(Shelf::Setting, NAME).await
}

async fn is_under_way(tx: &mut Tx) -> Result<bool, StoreError> {
    Ok(tx.get(Shelf::Setting, NAME).await?.is_some())
}

/// Whether the database lacks what the history list tells: until it is recovered, everything that was ever
/// submitted would be taken for new.
pub(crate) async fn is_owed(service: &Service) -> Result<bool, JobError> {
    let kept: Result<_, StoreError> = transaction!(service.store.read(&service.tenant), tx =>
        Ok((is_under_way(tx).await?, tx.has_applications().await?)));
    match kept? {
        (true, _) => Ok(true),
        (false, true) => Ok(false),
        (false, false) => Ok(!history::is_empty(service).await?),
    }
}
