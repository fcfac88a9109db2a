//! Following the change log of a list: every changed item becomes a job. Webhooks and timers only ask for a
//! walk, so a lost, doubled or forged notification changes nothing.

use std::collections::BTreeSet;

use jiff::Timestamp;
use m365::sharepoint::{Change, ChangeToken, ItemId, ItemQuery, List};
use store::jobs::JobEnd;
use store::{Ordinal, SealedItem, StoreError, Tx, transaction};
use uuid::Uuid;

use crate::jobs::{JobError, Task};
use crate::service::{Service, WatchedList};

/// Asks for a walk of every list that people write into.
pub(crate) async fn ask_for_all(tx: &mut Tx, now: Timestamp) -> Result<(), JobError> {
    let shards = tx.shards().await?;
    // The first one is walked although nothing was sealed yet.
    let further = shards
        .iter()
        .map(|shard| shard.ordinal)
        .filter(|ordinal| *ordinal > Ordinal::FIRST);
    let shards = [Ordinal::FIRST].into_iter().chain(further);
    for list in [WatchedList::Inbox]
        .into_iter()
        .chain(shards.map(WatchedList::Applications))
    {
        tx.enqueue(&Task::Walk { list }.job(now)?).await?;
    }
    Ok(())
}

/// Asks for walks of the lists that changed, by SharePoint's ids. One that we do not know by its id may be the inbox or
/// the first list of applications; where none is named, every list is meant.
pub(crate) async fn ask_for(tx: &mut Tx, changed: &BTreeSet<Uuid>, now: Timestamp) -> Result<(), JobError> {
    if changed.is_empty() {
        return ask_for_all(tx, now).await;
    }
    let shards = tx.shards().await?;
    for id in changed {
        let known = shards.iter().find(|shard| shard.list.parse() == Ok(*id));
        let lists = match known {
            Some(shard) => vec![WatchedList::Applications(shard.ordinal)],
            None => vec![WatchedList::Inbox, WatchedList::Applications(Ordinal::FIRST)],
        };
        for list in lists {
            tx.enqueue(&Task::Walk { list }.job(now)?).await?;
        }
    }
    Ok(())
}

/// Reads on from the kept token (or all items, when there is none or it is too old), and commits the new
/// token together with the jobs that it led to.
pub(crate) async fn run(service: &Service, which: WatchedList) -> Result<JobEnd, JobError> {
    let list = service.list(which);
    let token = kept_token(service, which).await?;
    let since_then = match &token {
        Some(token) => since(&list, token).await?,
        None => None,
    };
    let found = match since_then {
        Some(found) => found,
        None => everything(&list).await?,
    };
    keep(service, which, &found).await?;
    Ok(JobEnd::Done)
}

struct Found {
    items: BTreeSet<ItemId>,
    next: ChangeToken,
}

/// `None` when the log does not reach back to `token`.
async fn since(list: &List, token: &ChangeToken) -> Result<Option<Found>, m365::Error> {
    let mut found = Found {
        items: BTreeSet::new(),
        next: token.clone(),
    };
    loop {
        let Some(stretch) = list.changes(&found.next).await? else {
            return Ok(None);
        };
        let fresh = stretch
            .changes
            .iter()
            .filter(|change| is_fresh(change, &found.next));
        found.items.extend(fresh.filter_map(|change| change.item));
        let newest = stretch.changes.last().map(|change| change.token.clone());
        match newest {
            // A log that does not move on is at its end, whatever it says about more.
            Some(newest) if newest != found.next => found.next = newest,
            _ => return Ok(Some(found)),
        }
        if !stretch.more {
            return Ok(Some(found));
        }
    }
}

/// Whether a token's own change is given again is not documented; event numbers grow.
fn is_fresh(change: &Change, from: &ChangeToken) -> bool {
    match (change.token.event(), from.event()) {
        (Some(event), Some(known)) => event > known,
        _ => true,
    }
}

/// All items. The token is read first: what changes during the scan is then seen again, never missed.
async fn everything(list: &List) -> Result<Found, JobError> {
    let info = list
        .info()
        .await?
        .ok_or(JobError::Wait("the list does not exist yet; run setup"))?;
    let items = list.items(&ItemQuery::select(&[])).await?;
    Ok(Found {
        items: items.iter().map(|item| item.id).collect(),
        next: info.current_change_token,
    })
}

async fn kept_token(service: &Service, which: WatchedList) -> Result<Option<ChangeToken>, JobError> {
    let site = service.site.url().to_owned();
    let token: Result<_, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => tx.change_token(&site, &which.url()).await);
    Ok(token?.map(|value| ChangeToken { value }))
}

async fn keep(service: &Service, which: WatchedList, found: &Found) -> Result<(), JobError> {
    let site = service.site.url().to_owned();
    let now = service.clock.now();
    transaction!(service.store.write(&service.tenant), tx => {
        let ours = crate::heartbeat::row(tx).await?;
        for item in &found.items {
            let task = match which {
                WatchedList::Inbox if Some(*item) == ours => None,
                WatchedList::Inbox => Some(Task::Inbox { item: item.0 }),
                WatchedList::Applications(_) => judge(tx, which.url(), *item).await?,
            };
            if let Some(task) = task {
                tx.enqueue(&task.job(now)?).await?;
            }
        }
        tx.save_change_token(&site, &which.url(), &found.next.value).await?;
        Ok(())
    })
}

/// An item that no application knows is one that is being sealed right now; its own job goes on with it.
async fn judge(tx: &mut Tx, list: String, item: ItemId) -> Result<Option<Task>, JobError> {
    let at = SealedItem {
        list,
        item: i64::from(item.0),
    };
    let row = tx.application_by_item(&at).await?;
    Ok(row.map(|row| Task::Judge { application: row.id }))
}
