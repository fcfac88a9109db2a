//! What people write into an item and what they ask in the inbox is carried out in the order in which they did
//! it, however late we look. Within one second nobody knows which came first: the entry into the item then does.

use jiff::Timestamp;
use m365::sharepoint::ItemId;
use store::transaction;
use workflow::judge::{Editor, Version};

use crate::cases::Case;
use crate::inbox;
use crate::jobs::{JobError, Task};
use crate::publish::Shown;
use crate::service::Service;
use crate::versions::{self, ALL_JUDGED};

/// The versions that may be judged now: those before the oldest row about this application that was not yet
/// carried out. That row's job is asked for.
pub(super) async fn before_waiting_rows<'a>(
    service: &Service,
    case: &Case,
    shown: &Shown,
    fresh: &'a [Version],
) -> Result<&'a [Version], JobError> {
    if !fresh.iter().any(|version| is_entry(version, shown)) {
        return Ok(fresh);
    }
    let Some((row, asked)) = inbox::oldest_waiting(service, &case.row.number).await? else {
        return Ok(fresh);
    };
    let later =
        |version: &Version| is_entry(version, shown) && version.created.as_second() > asked.as_second();
    let first_later = fresh.iter().position(later).unwrap_or(fresh.len());
    let before = &fresh[..first_later];
    if before.iter().any(|version| is_entry(version, shown)) {
        return Ok(before);
    }
    ask_for(service, &Task::Inbox { item: row.0 }).await?;
    Err(JobError::Wait(
        "what was asked in the inbox before it comes first",
    ))
}

/// Whether somebody wrote into the application's item up to this moment and was not judged yet; that is asked for.
pub(crate) async fn has_older_entry(
    service: &Service,
    number: &str,
    asked: Timestamp,
) -> Result<bool, JobError> {
    let case = transaction!(service.store.read(&service.tenant), tx => Case::by_number(tx, number).await)?;
    let Some((case, sealed)) = case.and_then(|case| Some((case.row.id, case.row.sealed?))) else {
        return Ok(false);
    };
    let item = i32::try_from(sealed.item).map_err(|error| JobError::unreadable("an item", &error))?;
    let list = service.list_at(&sealed.list);
    let read = versions::read(service, &list, ItemId(item), &["PFStatus"], ALL_JUDGED).await;
    let versions = match read {
        // Nobody can write into an item that was deleted, and what was written into it is gone.
        Err(JobError::Remote(error)) if error.is_not_found() => return Ok(false),
        read => read?,
    };
    let shown = Shown::load(service, &case).await?;
    let older =
        |version: &Version| is_entry(version, &shown) && version.created.as_second() <= asked.as_second();
    if !versions.iter().any(older) {
        return Ok(false);
    }
    ask_for(service, &Task::Judge { application: case }).await?;
    Ok(true)
}

/// A version of a person that nobody judged.
fn is_entry(version: &Version, shown: &Shown) -> bool {
    let judged = shown.judged.map_or(0, |judged| judged.number);
    version.number > judged && version.editor != Editor::App
}

async fn ask_for(service: &Service, task: &Task) -> Result<(), JobError> {
    let job = task.job(service.now())?;
    transaction!(service.store.write(&service.tenant), tx => Ok(tx.enqueue(&job).await?))
}
