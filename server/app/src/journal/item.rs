//! The versions of an application's item beside its journal: what was deleted, or rewritten in place.

use std::collections::BTreeMap;

use m365::sharepoint::ItemId;
use store::{ApplicationRow, SealedItem};
use workflow::Hash;
use workflow::journal::{Line, Place};
use workflow::judge::{Editor, Park, Version};

use super::JournalError;
use crate::jobs::JobError;
use crate::publish;
use crate::service::Service;
use crate::versions::{self, ALL_JUDGED};

/// What the item no longer says as it was judged.
pub(super) async fn problems(
    service: &Service,
    row: &ApplicationRow,
    lines: &[Line],
) -> Result<Vec<String>, JournalError> {
    let Some(sealed) = &row.sealed else {
        return Ok(Vec::new());
    };
    let Some(versions) = versions(service, row).await? else {
        return Ok(vec![format!("item {} of {} is gone", sealed.item, sealed.list)]);
    };
    let own = row.own_versions.iter();
    let own: Vec<u32> = own.filter_map(|number| u32::try_from(*number).ok()).collect();
    Ok(told(&versions, &judged(lines), &own))
}

/// All that the item's versions say; none if there is no item (any more).
pub(super) async fn versions(
    service: &Service,
    row: &ApplicationRow,
) -> Result<Option<Vec<Version>>, JournalError> {
    let Some(sealed) = &row.sealed else {
        return Ok(None);
    };
    match read(service, sealed).await {
        Ok(versions) => Ok(Some(versions)),
        Err(JobError::Remote(error)) if error.is_not_found() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn read(service: &Service, sealed: &SealedItem) -> Result<Vec<Version>, JobError> {
    let item = i32::try_from(sealed.item).map_err(|error| JobError::unreadable("an item", &error))?;
    let list = service.list_at(&sealed.list);
    versions::read(service, &list, ItemId(item), &publish::columns(), ALL_JUDGED).await
}

/// What the journal says of versions that were judged.
fn judged(lines: &[Line]) -> BTreeMap<u32, Hash> {
    let places = lines.iter().filter_map(|line| match line.via {
        Some(Place::Item { version, fingerprint }) => Some((version, fingerprint)),
        _ => None,
    });
    places.collect()
}

fn told(versions: &[Version], judged: &BTreeMap<u32, Hash>, own: &[u32]) -> Vec<String> {
    let newest = versions.last().map_or(0, |version| version.number);
    let known = judged.keys().chain(own).copied().max().unwrap_or(0);
    let numbers = 1..=newest.max(known);
    let problems = numbers.filter_map(|number| {
        let Some(version) = versions.iter().find(|version| version.number == number) else {
            return Some(Park::Gap(number));
        };
        let rewritten = judged
            .get(&number)
            .is_some_and(|fingerprint| version.fingerprint() != *fingerprint);
        if rewritten {
            return Some(Park::ChangedInPlace(number));
        }
        let lost = own.contains(&number) && version.editor != Editor::App;
        lost.then_some(Park::EditorChanged(number))
    });
    problems.map(|problem| format!("item: {problem}")).collect()
}
