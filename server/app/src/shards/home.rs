//! The shard of one application: where its item stands, or is to be made.

use m365::sharepoint::List;
use store::{ApplicationRow, Shard, transaction};
use uuid::Uuid;

use super::known;
use crate::jobs::{JobError, Task};
use crate::service::Service;

const FULL: JobError = JobError::Wait("the newest list is full; the next one is being made");

/// A list of applications, as jobs work with it.
#[derive(Debug, Clone)]
pub(crate) struct Home {
    /// Relative to the site.
    pub(crate) url: String,
    /// SharePoint's id of the list.
    pub(crate) id: Uuid,
    pub(crate) list: List,
}

impl Home {
    /// Chosen once for an application, while there is room.
    pub(crate) async fn of(service: &Service, row: &ApplicationRow) -> Result<Self, JobError> {
        let url = match &row.sealed {
            Some(sealed) => sealed.list.clone(),
            None => choose(service, row).await?,
        };
        let shards = known(service).await?;
        let shard = shards.iter().find(|shard| shard.url == url);
        Self::at(
            service,
            shard.ok_or_else(|| JobError::Stuck(format!("the list {url} is not one of ours")))?,
        )
    }

    pub(crate) fn at(service: &Service, shard: &Shard) -> Result<Self, JobError> {
        let id = Uuid::parse_str(&shard.list);
        Ok(Self {
            url: shard.url.clone(),
            id: id.map_err(|error| JobError::unreadable("a shard", &error))?,
            list: service.list_at(&shard.url),
        })
    }
}

/// The choice is kept before anything is made, and a shard that nears its cap is looked at.
async fn choose(service: &Service, row: &ApplicationRow) -> Result<String, JobError> {
    known(service).await?;
    let scopes = service.config.scopes;
    let look = Task::Scopes.job(service.now())?;
    let chosen: Result<_, JobError> = transaction!(service.store.write(&service.tenant), tx => {
        let chosen = tx.place(&row.id, i64::from(scopes.cap)).await?;
        let full = match &chosen {
            Some(url) => tx.scopes(url).await? >= scopes.roll_mark(),
            None => true,
        };
        if full {
            tx.enqueue(&look).await?;
        }
        Ok(chosen)
    });
    chosen?.ok_or(FULL)
}
