//! Groups, teams and lists for which nobody answers who may sign in: searched for every night, told to administrators
//! once, named by `doctor`, and marked where forms offer them. For so many a night 所有者引継ぎ is opened; for others
//! people ask.

mod adopted;
mod found;
mod opening;
mod record;
mod scope;
mod search;
mod told;

use std::collections::BTreeSet;

use store::transaction;
use uuid::Uuid;

use crate::jobs::JobError;
use crate::service::Service;
pub(crate) use adopted::{adopted, adopted_by};
pub(crate) use found::Ownerless;
pub(crate) use found::lines;
pub(crate) use record::Record;
pub(crate) use search::run;

/// What the last search came to; `None` before the first.
pub(crate) async fn last(service: &Service) -> Result<Option<Record>, JobError> {
    transaction!(service.store.read(&service.tenant), tx => Record::of(tx).await)
}

/// The objects that it found.
pub(crate) async fn ids(service: &Service) -> Result<BTreeSet<Uuid>, JobError> {
    let found = last(service)
        .await?
        .map(|record| record.found)
        .unwrap_or_default();
    Ok(found.into_iter().map(|one| one.id).collect())
}
