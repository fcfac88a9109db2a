//! Rows that ask something of an application and were not carried out yet.

use jiff::Timestamp;
use m365::sharepoint::{Filter, ItemId, ItemQuery};
use workflow::judge::judge_act;

use super::seen::Seen;
use super::{read, text};
use crate::jobs::JobError;
use crate::service::{Service, WatchedList};

/// The oldest one, and when it was written.
pub(crate) async fn oldest_waiting(
    service: &Service,
    number: &str,
) -> Result<Option<(ItemId, Timestamp)>, JobError> {
    let about = Filter::text("PFNumber", number).and(&Filter::text("PFKind", "act"));
    let list = service.list(WatchedList::Inbox);
    for item in list.items(&ItemQuery::select(&[]).filter(about)).await? {
        if Seen::load(service, item.id).await?.version > 0 {
            continue;
        }
        if let Some(at) = asked_at(service, item.id, number).await? {
            return Ok(Some((item.id, at)));
        }
    }
    Ok(None)
}

/// When a row asked this, if it is one that will be carried out or turned down: a row that was made to look like
/// one afterwards must keep nobody waiting.
async fn asked_at(service: &Service, item: ItemId, number: &str) -> Result<Option<Timestamp>, JobError> {
    let read = read(service, item).await?;
    let first = read
        .as_ref()
        .and_then(|(row, _)| row.versions.first().map(|first| (row, first)));
    let act = first.filter(|(_, first)| text(first, "PFKind") == Some("act"));
    Ok(act.and_then(|(row, first)| {
        let (named, _) = judge_act(&row.versions, &row.author).ok()?;
        (named == number).then_some(first.created)
    }))
}
