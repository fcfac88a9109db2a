//! Rows that ask something of an application and were not carried out yet.

use jiff::Timestamp;
use m365::sharepoint::{Filter, ItemId, ItemQuery};
use store::transaction;
use workflow::judge::judge_act;

use super::seen::Seen;
use super::{read, text};
use crate::jobs::JobError;
use crate::service::{Service, WatchedList};

/// The oldest one, and when it was written. Each row that only looks like one is read once in its life: nobody can
/// keep votes waiting by making such rows.
pub(crate) async fn oldest_waiting(
    service: &Service,
    number: &str,
) -> Result<Option<(ItemId, Timestamp)>, JobError> {
    let about = Filter::text("PFNumber", number).and(&Filter::text("PFKind", "act"));
    let list = service.list(WatchedList::Inbox);
    for item in list.items(&ItemQuery::select(&[]).filter(about)).await? {
        let seen = Seen::load(service, item.id).await?;
        if seen.version > 0 || seen.asks_nothing {
            continue;
        }
        match asked(service, item.id).await? {
            None => set_aside(service, item.id).await?,
            Some((named, at)) if named == number => return Ok(Some((item.id, at))),
            Some(_) => {}
        }
    }
    Ok(None)
}

/// Of which application a row asks something, and since when, if it will be carried out or turned down.
async fn asked(service: &Service, item: ItemId) -> Result<Option<(String, Timestamp)>, JobError> {
    let read = read(service, item).await?;
    let first = read
        .as_ref()
        .and_then(|(row, _)| row.versions.first().map(|first| (row, first)));
    let act = first.filter(|(_, first)| text(first, "PFKind") == Some("act"));
    Ok(act.and_then(|(row, first)| {
        let (named, _) = judge_act(&row.versions, &row.author).ok()?;
        Some((named, first.created))
    }))
}

async fn set_aside(service: &Service, item: ItemId) -> Result<(), JobError> {
    transaction!(service.store.write(&service.tenant), tx => {
        let seen = Seen { asks_nothing: true, ..Seen::of(tx, item).await? };
        seen.keep(tx, service, item).await
    })
}
