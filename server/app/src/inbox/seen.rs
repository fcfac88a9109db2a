//! How far a row of the inbox was read, so that nothing counts twice.

use m365::sharepoint::ItemId;
use serde::{Deserialize, Serialize};
use store::{ApplicationId, Document, Shelf, Tx, transaction};

use super::answer::Answer;
use crate::jobs::JobError;
use crate::service::Service;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    /// Newest version that was carried out or turned down; 0: none.
    pub(crate) version: u32,
    /// What the row became.
    pub(crate) application: Option<ApplicationId>,
    /// Its first version asks nothing of an application, however the row looks now: it is not read for that again.
    #[serde(default)]
    pub(crate) asks_nothing: bool,
    /// What became of an act, until its row shows it.
    #[serde(default)]
    pub(crate) answer: Option<Answer>,
}

impl Seen {
    pub(crate) async fn load(service: &Service, item: ItemId) -> Result<Self, JobError> {
        transaction!(service.store.read(&service.tenant), tx => Self::of(tx, item).await)
    }

    pub(crate) async fn of(tx: &mut Tx, item: ItemId) -> Result<Self, JobError> {
        let document = tx.get(Shelf::Inbox, &item.to_string()).await?;
        let seen = document.map(|document| serde_json::from_value(document.body));
        seen.transpose()
            .map(Option::unwrap_or_default)
            .map_err(|error| JobError::unreadable("how far a row was read", &error))
    }

    pub(crate) async fn keep(&self, tx: &mut Tx, service: &Service, item: ItemId) -> Result<(), JobError> {
        let document = Document {
            name: item.to_string(),
            body: serde_json::to_value(self).map_err(|error| JobError::unreadable("a row", &error))?,
            at: service.now(),
        };
        Ok(tx.put(Shelf::Inbox, &document).await?)
    }
}
