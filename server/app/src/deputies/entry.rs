//! One line of the register, under the number of the inbox row that asked for it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Document, Period, Shelf, Tx};
use workflow::PersonId;
use workflow::route::Delegation;

use crate::jobs::JobError;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    pub(crate) delegation: Delegation,
    /// Who asked for it.
    pub(crate) by: PersonId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ended_by: Option<PersonId>,
}

impl Entry {
    pub(super) async fn all(tx: &mut Tx) -> Result<Vec<Self>, JobError> {
        let named = Self::named(tx).await?;
        Ok(named.into_iter().map(|(_, entry)| entry).collect())
    }

    /// Those in force at this moment; some that are not may be among them.
    pub(super) async fn in_force(tx: &mut Tx, at: Timestamp) -> Result<Vec<Self>, JobError> {
        let holding = tx.holding(Shelf::Delegation, at).await?.into_iter();
        holding.map(|document| read(document.body)).collect()
    }

    /// Each with the name under which it is kept.
    pub(crate) async fn named(tx: &mut Tx) -> Result<Vec<(String, Self)>, JobError> {
        let shelf = tx.shelf(Shelf::Delegation).await?.into_iter();
        shelf
            .map(|document| Ok((document.name, read(document.body)?)))
            .collect()
    }

    pub(crate) async fn find(tx: &mut Tx, row: i32) -> Result<Option<Self>, JobError> {
        let found = tx.get(Shelf::Delegation, &row.to_string()).await?;
        found.map(|document| read(document.body)).transpose()
    }

    pub(crate) async fn keep(&self, tx: &mut Tx, row: i32, at: Timestamp) -> Result<(), JobError> {
        self.keep_as(tx, &row.to_string(), at).await
    }

    /// What came of a row when it was handed over has a name of its own.
    pub(super) async fn keep_as(&self, tx: &mut Tx, name: &str, at: Timestamp) -> Result<(), JobError> {
        let document = Document {
            name: name.to_owned(),
            body: serde_json::to_value(self).map_err(|error| JobError::unreadable("a delegation", &error))?,
            at,
        };
        let Delegation { from, until, .. } = self.delegation;
        let period = Period { from, until };
        Ok(tx.put_for(Shelf::Delegation, &document, period).await?)
    }
}

fn read(body: serde_json::Value) -> Result<Entry, JobError> {
    serde_json::from_value(body).map_err(|error| JobError::unreadable("a delegation", &error))
}
