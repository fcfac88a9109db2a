//! How far the directory was followed.

use jiff::Timestamp;
use m365::graph::{DELTA_TOKEN_LIVES, DeltaLink};
use serde::{Deserialize, Serialize};
use store::{Document, Shelf, Tx, transaction};

use crate::jobs::JobError;
use crate::service::Service;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "camelCase")]
pub(super) enum Position {
    /// Everybody whom we know is read anew, in order of name; then `then` is followed.
    Reading {
        after: String,
        then: DeltaLink,
    },
    Following {
        link: DeltaLink,
    },
}

impl Position {
    pub(super) async fn put(&self, tx: &mut Tx, service: &Service, name: &str) -> Result<(), JobError> {
        let document = Document {
            name: name.to_owned(),
            body: serde_json::to_value(self).map_err(|error| JobError::unreadable("a place", &error))?,
            at: service.now(),
        };
        Ok(tx.put(Shelf::Setting, &document).await?)
    }
}

/// `None`: nothing was followed yet.
pub(super) async fn load(service: &Service, name: &str) -> Result<Option<Position>, JobError> {
    let found: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => Ok(tx.get(Shelf::Setting, name).await?));
    let position = found?.map(|document| serde_json::from_value(document.body));
    position
        .transpose()
        .map_err(|error| JobError::unreadable("how far the directory was followed", &error))
}

/// Until when the places that we have can be followed.
pub(super) async fn ends(tx: &mut Tx, names: [&str; 2]) -> Result<Vec<(String, Timestamp)>, JobError> {
    let mut ends = Vec::new();
    for name in names {
        let kept = tx.get(Shelf::Setting, name).await?;
        let at = kept.and_then(|kept| kept.at.checked_add(DELTA_TOKEN_LIVES).ok());
        ends.extend(at.map(|at| (name.to_owned(), at)));
    }
    Ok(ends)
}

pub(super) async fn keep(service: &Service, name: &str, position: &Position) -> Result<(), JobError> {
    transaction!(service.store.write(&service.tenant), tx => position.put(tx, service, name).await)
}

pub(super) async fn forget(service: &Service, name: &str) -> Result<(), JobError> {
    transaction!(service.store.write(&service.tenant), tx => Ok(tx.remove(Shelf::Setting, name).await?))
}
