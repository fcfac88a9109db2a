//! How somebody wants his mails, as his newest row of the inbox says.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Document, Shelf, Tx};
use workflow::PersonId;
use workflow::judge::Mails;

use crate::jobs::JobError;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Choice {
    pub(crate) mails: Mails,
    /// The row that says so.
    pub(crate) row: i32,
}

impl Choice {
    pub(crate) async fn of(tx: &mut Tx, person: &PersonId) -> Result<Self, JobError> {
        let found = tx.get(Shelf::Mails, person.as_str()).await?;
        let choice = found.map(|found| serde_json::from_value(found.body));
        choice
            .transpose()
            .map(Option::unwrap_or_default)
            .map_err(|error| JobError::unreadable("how somebody wants his mails", &error))
    }

    /// Rows may be read out of order: a newer one stays.
    pub(crate) async fn keep(self, tx: &mut Tx, person: &PersonId, at: Timestamp) -> Result<(), JobError> {
        if Self::of(tx, person).await?.row > self.row {
            return Ok(());
        }
        let body = serde_json::to_value(self).map_err(|error| JobError::unreadable("a choice", &error))?;
        let name = person.to_string();
        Ok(tx.put(Shelf::Mails, &Document { name, body, at }).await?)
    }
}
