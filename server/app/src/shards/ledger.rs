//! Every night: what our rows say of unique scopes against what SharePoint says, item by item.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use m365::sharepoint::{ItemQuery, List};
use serde::{Deserialize, Serialize};
use store::jobs::JobEnd;
use store::{Document, SealedItem, Shelf, Tx, transaction};

use super::{Home, known};
use crate::jobs::{JobError, Task};
use crate::service::Service;

/// Items asked for at once: the flag is dear, so fewer than SharePoint would give.
const PAGE: u32 = 1_000;

/// A comparison stands for half the time between two of them.
const LATELY: SignedDuration = SignedDuration::from_hours(12);

/// Items of one list of which our rows and SharePoint say different things.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Differences {
    /// Should have permissions of their own and inherit.
    pub(crate) inheriting: BTreeSet<i64>,
    /// Have permissions of their own, and our rows know nothing of it.
    pub(crate) unknown: BTreeSet<i64>,
}

/// What the list holds.
struct Seen {
    unique: BTreeSet<i64>,
    newest: i64,
}

/// Compares every list and keeps what differs; items that lost their permissions get them again. A run that was broken
/// off, and one after a start, go on where the last one was: with the lists that were not compared lately.
pub(crate) async fn compare(service: &Service) -> Result<JobEnd, JobError> {
    for shard in known(service).await? {
        let home = Home::at(service, &shard)?;
        if let Some(differences) = lately(service, &home.url).await? {
            report(&home.url, &differences);
            continue;
        }
        let seen = seen(&home.list).await?;
        keep(service, &home, &seen).await?;
    }
    Ok(JobEnd::Done)
}

/// What was found less than [`LATELY`] ago.
async fn lately(service: &Service, list: &str) -> Result<Option<Differences>, JobError> {
    let kept = kept(service, list).await?;
    let kept = kept.filter(|kept| service.now().duration_since(kept.at) < LATELY);
    kept.map(|kept| read(kept.body)).transpose()
}

async fn kept(service: &Service, list: &str) -> Result<Option<Document>, JobError> {
    transaction!(service.store.read(&service.tenant), tx => Ok(tx.get(Shelf::Ledger, list).await?))
}

fn read(body: serde_json::Value) -> Result<Differences, JobError> {
    serde_json::from_value(body).map_err(|error| JobError::unreadable("a comparison", &error))
}

async fn seen(list: &List) -> Result<Seen, m365::Error> {
    let query = ItemQuery::select(&["HasUniqueRoleAssignments"]).top(PAGE);
    let mut seen = Seen {
        unique: BTreeSet::new(),
        newest: 0,
    };
    let mut page = list.page(&query).await?;
    loop {
        for item in &page.items {
            let id = i64::from(item.id.0);
            seen.newest = seen.newest.max(id);
            if item
                .fields
                .get("HasUniqueRoleAssignments")
                .and_then(serde_json::Value::as_bool)
                == Some(true)
            {
                seen.unique.insert(id);
            }
        }
        let Some(next) = page.next else { return Ok(seen) };
        page = list.next_page(&next).await?;
    }
}

async fn keep(service: &Service, home: &Home, seen: &Seen) -> Result<(), JobError> {
    let now = service.now();
    let differences: Result<_, JobError> = transaction!(service.store.write(&service.tenant), tx => {
        let expected = tx.items_with_own_scope(&home.url).await?;
        let differences = differences(&expected, seen);
        mend(tx, service, &home.url, &differences).await?;
        let body = serde_json::to_value(&differences);
        let document = Document {
            name: home.url.clone(),
            body: body.map_err(|error| JobError::unreadable("a comparison", &error))?,
            at: now,
        };
        tx.put(Shelf::Ledger, &document).await?;
        Ok(differences)
    });
    report(&home.url, &differences?);
    Ok(())
}

/// Items made since the list was read are the next night's.
fn differences(expected: &BTreeSet<i64>, seen: &Seen) -> Differences {
    let missing = expected
        .difference(&seen.unique)
        .filter(|item| **item <= seen.newest);
    Differences {
        inheriting: missing.copied().collect(),
        unknown: seen.unique.difference(expected).copied().collect(),
    }
}

/// Publishing makes the permissions be the set again.
async fn mend(tx: &mut Tx, service: &Service, list: &str, differences: &Differences) -> Result<(), JobError> {
    for item in &differences.inheriting {
        let at = SealedItem {
            list: list.to_owned(),
            item: *item,
        };
        if let Some(row) = tx.application_by_item(&at).await? {
            let publish = Task::Publish { application: row.id };
            tx.enqueue(&publish.job(service.now())?).await?;
        }
    }
    Ok(())
}

fn report(list: &str, differences: &Differences) {
    let (inheriting, unknown) = (differences.inheriting.len(), differences.unknown.len());
    let count = u32::try_from(inheriting + unknown).map_or(f64::INFINITY, f64::from);
    metrics::gauge!("scopes_differing", "list" => list.to_owned()).set(count);
    if inheriting + unknown > 0 {
        tracing::warn!(list, inheriting, unknown, "scopes are not what our rows say");
    }
}

/// What the last comparison of a list found; `None` before the first.
pub(crate) async fn last(service: &Service, list: &str) -> Result<Option<Differences>, JobError> {
    kept(service, list).await?.map(|kept| read(kept.body)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_difference_are_told_and_what_is_newer_than_the_scan_is_not() {
        let seen = Seen {
            unique: BTreeSet::from([1, 3, 5]),
            newest: 6,
        };
        let found = differences(&BTreeSet::from([1, 2, 3, 7]), &seen);
        let expected = Differences {
            inheriting: BTreeSet::from([2]),
            unknown: BTreeSet::from([5]),
        };
        assert_eq!(found, expected);
    }
}
