//! One application: its row, its state, and the definition that it is pinned to.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use store::{ApplicationId, ApplicationRow, StoreError, Tx, transaction};
use workflow::{Application, Definition};

use crate::jobs::JobError;
use crate::service::Service;

/// Read inside a transaction, so that what is decided from it is decided from the newest.
#[derive(Debug, Clone)]
pub struct Case {
    pub row: ApplicationRow,
    pub application: Application,
    pub definition: Definition,
}

/// Definitions that many applications are pinned to, each read once.
#[derive(Default)]
pub(crate) struct Pinned(BTreeMap<(String, i64), Definition>);

impl Pinned {
    pub(crate) async fn of(&mut self, tx: &mut Tx, row: &ApplicationRow) -> Result<&Definition, JobError> {
        let key = (row.workflow.as_str().to_owned(), row.definition_version);
        Ok(match self.0.entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(pinned(tx, row).await?),
        })
    }
}

async fn pinned(tx: &mut Tx, row: &ApplicationRow) -> Result<Definition, JobError> {
    let pinned = tx
        .pinned_definition(&row.workflow, row.definition_version)
        .await?
        .ok_or_else(|| JobError::Stuck(format!("the definition of application {} is missing", row.id)))?;
    Definition::parse(&pinned.body).map_err(|error| JobError::unreadable("a definition", &error))
}

pub(crate) fn application(state: serde_json::Value) -> Result<Application, JobError> {
    serde_json::from_value(state).map_err(|error| JobError::unreadable("an application's state", &error))
}

impl Case {
    pub async fn load(tx: &mut Tx, id: &ApplicationId) -> Result<Option<Self>, JobError> {
        match tx.application(id).await? {
            Some(row) => Self::read(tx, row).await.map(Some),
            None => Ok(None),
        }
    }

    pub async fn by_number(tx: &mut Tx, number: &str) -> Result<Option<Self>, JobError> {
        match tx.application_by_number(number).await? {
            Some(row) => Self::read(tx, row).await.map(Some),
            None => Self::by_former_number(tx, number).await,
        }
    }

    /// The application of a job, in a view of its own; a job without its application needs a person.
    pub async fn of_job(service: &Service, id: &ApplicationId) -> Result<Self, JobError> {
        let found: Result<_, JobError> =
            transaction!(service.store.read(&service.tenant), tx => Self::load(tx, id).await);
        found?.ok_or_else(|| missing(id))
    }

    async fn read(tx: &mut Tx, row: ApplicationRow) -> Result<Self, JobError> {
        let definition = pinned(tx, &row).await?;
        let application = application(row.state.clone())?;
        Ok(Self {
            row,
            application,
            definition,
        })
    }

    /// Writes what is about SharePoint's item alone; the application stays as it is.
    pub async fn save_row(&mut self, tx: &mut Tx) -> Result<(), StoreError> {
        tx.save_application(&mut self.row).await
    }
}

pub(super) fn missing(id: &ApplicationId) -> JobError {
    JobError::Stuck(format!("there is no application {id}"))
}
