//! Makes SharePoint show an application as it stands. Every part reads first, so that a run can be repeated at
//! any place; a vote that nobody judged yet is never written over.

mod attendance;
mod cell;
mod history;
mod history_words;
mod inbox_row;
mod permissions;
mod projection;
mod seal;
mod shown;
mod story;
#[cfg(test)]
mod tests;
mod update;

use m365::sharepoint::{Filter, ItemId, ItemQuery};
use store::jobs::JobEnd;
use store::{ApplicationId, SealedItem, transaction};

use crate::attachments;
use crate::cases::Case;
use crate::jobs::JobError;
use crate::service::{Service, WatchedList};
pub(crate) use projection::{EDITABLE, SEALED, columns};
pub(crate) use shown::{Flag, Shown, change};
pub(crate) use story::Story;

pub(crate) async fn run(service: &Service, id: &ApplicationId) -> Result<JobEnd, JobError> {
    let case = Case::of_job(service, id).await?;
    if attendance::settle(service, &case).await? {
        return Ok(JobEnd::Done);
    }
    let story = Story::tell(service, &case).await?;
    let attached = attachments::lines(&case.application.files);
    let shown = Shown::load(service, id).await?;
    let wish = projection::project(service, &case, &story, &attached, &shown.flags).await?;
    let wish = cell::Wish::resolve(service, wish).await?;
    let want = permissions::wanted(service, &case).await?;
    let item = match find(service, &case).await? {
        Some(item) => item,
        None => seal::create(service, id, &wish, &want.grants).await?,
    };
    // Before the item can be found by anybody's mail or vote.
    attachments::put_up(service, &case, item).await?;
    remember(service, &case, item).await?;
    if let Some(wait) = update::run(service, id, item, &wish).await? {
        return wait;
    }
    permissions::set(service, item, &want.grants).await?;
    inbox_row::run(service, &case).await?;
    history::run(service, &case, &story).await?;
    if want.is_whole {
        Ok(JobEnd::Done)
    } else {
        Err(JobError::Wait(
            "an approver has no site user of his own yet; a stale one of his login must be removed from the site",
        ))
    }
}

/// The item, if it exists: a lost answer is looked up by the unique column.
async fn find(service: &Service, case: &Case) -> Result<Option<ItemId>, JobError> {
    if let Some(sealed) = &case.row.sealed {
        let item = i32::try_from(sealed.item).map_err(|error| JobError::unreadable("an item", &error))?;
        return Ok(Some(ItemId(item)));
    }
    let query = ItemQuery::select(&[]).filter(Filter::text("PFSource", &case.row.source));
    let page = service.list(WatchedList::Applications).page(&query).await?;
    Ok(page.items.first().map(|item| item.id))
}

/// Keeps the item's number, so that votes in it find the application.
async fn remember(service: &Service, case: &Case, item: ItemId) -> Result<(), JobError> {
    if case.row.sealed.is_some() {
        return Ok(());
    }
    let id = &case.row.id;
    transaction!(service.store.write(&service.tenant), tx => {
        let Some(mut case) = Case::load(tx, id).await? else {
            return Ok(());
        };
        case.row.sealed = Some(SealedItem {
            list: WatchedList::Applications.url().to_owned(),
            item: i64::from(item.0),
        });
        Ok(case.save_row(tx).await?)
    })
}
