//! Makes SharePoint show an application as it stands. Every part reads first, so that a run can be repeated at
//! any place; a vote that nobody judged yet is never written over.
//!
//! The history list comes first: whatever anybody can see of a line, the line itself stands there already. Mails and
//! execution steps wait for it too, so a line that a lost database takes with it had no effect outside.

mod attendance;
mod cell;
mod column_owners;
mod event_words;
mod history;
mod history_words;
mod inbox_row;
mod permissions;
mod projection;
mod seal;
mod shown;
mod story;
mod subject;
#[cfg(test)]
mod tests;
mod update;

use std::collections::BTreeSet;

use m365::sharepoint::{Filter, ItemId, ItemQuery};
use store::jobs::JobEnd;
use store::{ApplicationId, SealedItem, StoreError, transaction};

use crate::attachments;
use crate::cases::Case;
use crate::columns::Columns;
use crate::jobs::JobError;
use crate::service::Service;
use crate::shards::{self, Home, item_form};
pub(crate) use column_owners::{EDITABLE, SEALED, columns};
pub(crate) use event_words::words;
pub(crate) use history_words::{comment, is_begun, moment};
pub(crate) use permissions::{difference, held, wanted};
pub(crate) use shown::{Flag, Shown, change};
pub(crate) use story::Story;

pub(crate) async fn run(service: &Service, id: &ApplicationId) -> Result<JobEnd, JobError> {
    let case = Case::of_job(service, id).await?;
    let story = Story::tell(service, &case).await?;
    history::run(service, &case, &story).await?;
    if attendance::settle(service, &case).await? {
        return Ok(JobEnd::Done);
    }
    let attached = attachments::lines(&case.application.files);
    let shown = Shown::load(service, id).await?;
    let wish = projection::project(service, &case, &story, &attached, &shown.flags).await?;
    let wish = cell::Wish::resolve(service, wish).await?;
    let want = permissions::wanted(service, &case).await?;
    let home = Home::of(service, &case.row).await?;
    let item = match find(&home, &case).await? {
        Some(item) => item,
        None => seal::create(service, id, home.id, (&wish, &want.grants)).await?,
    };
    // Before the item can be found by anybody's mail or vote.
    attachments::put_up(service, &case, (&home.list, item)).await?;
    let at = SealedItem {
        list: home.url.clone(),
        item: i64::from(item.0),
    };
    remember(service, &case, &at).await?;
    if let Some(wait) = update::run(service, id, (&home.list, item), &wish).await? {
        return wait;
    }
    let fold = fold_of(service, id).await?;
    match &fold {
        // It inherits, for good: closed applications never open again.
        Some(fold) => shards::share(service, (&home, item), fold, &want.grants).await?,
        None => permissions::set(service, &home, item, &want.grants).await?,
    }
    let url = item_form(service, &at, fold.as_deref());
    inbox_row::run(service, &case, url.as_deref()).await?;
    if want.is_whole {
        Ok(JobEnd::Done)
    } else {
        Err(JobError::Wait(
            "an approver has no site user of his own yet; a stale one of his login must be removed from the site",
        ))
    }
}

/// The folder in which the item shares a scope.
async fn fold_of(service: &Service, id: &ApplicationId) -> Result<Option<String>, StoreError> {
    transaction!(service.store.read(&service.tenant), tx => tx.fold_of(id).await)
}

/// What an item of ours shows of an application, in the spelling in which versions are compared.
pub(crate) async fn shows(
    service: &Service,
    case: &Case,
    story: &Story,
    flags: &BTreeSet<Flag>,
) -> Result<Columns, JobError> {
    let attached = attachments::lines(&case.application.files);
    let wish = projection::project(service, case, story, &attached, flags).await?;
    Ok(cell::Wish::resolve(service, wish).await?.columns())
}

/// Brings every line of the journal into the history list. Only from a job of the application's own lane.
pub(crate) async fn record(service: &Service, case: &Case) -> Result<(), JobError> {
    let story = Story::tell(service, case).await?;
    history::run(service, case, &story).await
}

/// Whether every line stands in the history list.
pub(crate) async fn is_recorded(service: &Service, id: &ApplicationId) -> Result<bool, JobError> {
    transaction!(service.store.read(&service.tenant), tx => {
        let newest = tx.newest_line(id).await?.map_or(0, |line| line.seq);
        Ok(Shown::of(tx, id).await?.lines >= newest)
    })
}

/// The item, if it exists: a lost answer is looked up by the unique column.
async fn find(home: &Home, case: &Case) -> Result<Option<ItemId>, JobError> {
    if let Some(sealed) = &case.row.sealed {
        let item = i32::try_from(sealed.item).map_err(|error| JobError::unreadable("an item", &error))?;
        return Ok(Some(ItemId(item)));
    }
    let query = ItemQuery::select(&[]).filter(Filter::text("PFSource", &case.row.source));
    let page = home.list.page(&query).await?;
    Ok(page.items.first().map(|item| item.id))
}

/// Keeps the item's number, so that votes in it find the application.
async fn remember(service: &Service, case: &Case, at: &SealedItem) -> Result<(), JobError> {
    if case.row.sealed.is_some() {
        return Ok(());
    }
    let id = &case.row.id;
    transaction!(service.store.write(&service.tenant), tx => {
        let Some(mut case) = Case::load(tx, id).await? else {
            return Ok(());
        };
        case.row.sealed = Some(at.clone());
        Ok(case.save_row(tx).await?)
    })
}
