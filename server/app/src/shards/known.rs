//! The shards as the database knows them. Where it knows none yet, those that stand on the site are taken over.

use store::{Ordinal, Shard, StoreError, transaction};

use super::url;
use crate::jobs::JobError;
use crate::places::UNREADY;
use crate::service::Service;
use crate::setup;

/// All shards, in order; never none.
pub(crate) async fn known(service: &Service) -> Result<Vec<Shard>, JobError> {
    let known = kept(service).await?;
    if !known.is_empty() {
        return Ok(known);
    }
    let mut standing = Vec::new();
    for ordinal in setup::standing(&service.site).await? {
        standing.push(found(service, ordinal).await?);
    }
    let adopted: Result<(), StoreError> = transaction!(service.store.write(&service.tenant), tx => {
        for shard in &standing {
            tx.open_shard(shard).await?;
        }
        Ok(())
    });
    adopted?;
    Ok(kept(service).await?)
}

async fn kept(service: &Service) -> Result<Vec<Shard>, StoreError> {
    transaction!(service.store.read(&service.tenant), tx => tx.shards().await)
}

async fn found(service: &Service, ordinal: Ordinal) -> Result<Shard, JobError> {
    let url = url(ordinal);
    let info = service.list_at(&url).info().await?.ok_or(UNREADY)?;
    Ok(Shard {
        ordinal,
        url,
        list: info.id.to_string(),
        opened_at: service.now(),
        closed_at: None,
    })
}
