//! What people wrote into an application's item: which of it is a vote, version by version, oldest first.

mod expectations;
mod order;
mod outcome;

use m365::sharepoint::ItemId;
use store::jobs::JobEnd;
use store::{ApplicationId, transaction};
use workflow::judge::{Editor, Version};

use crate::attachments;
use crate::cases::Case;
use crate::deputies;
use crate::jobs::JobError;
use crate::publish::{self, Shown};
use crate::service::Service;
use crate::versions;
pub(crate) use order::has_older_entry;

pub(crate) async fn run(service: &Service, id: &ApplicationId) -> Result<JobEnd, JobError> {
    let case = Case::of_job(service, id).await?;
    let Some(sealed) = &case.row.sealed else {
        return Ok(JobEnd::Done);
    };
    let item = i32::try_from(sealed.item).map_err(|error| JobError::unreadable("an item", &error))?;
    let list = service.list_at(&sealed.list);
    let shown = Shown::load(service, id).await?;
    let judged = shown.judged.map_or(0, |judged| judged.number);
    let versions = versions::read(service, &list, ItemId(item), &publish::columns(), judged).await?;
    let fresh = from(&versions, judged);
    attachments::look(service, &case, (&list, ItemId(item)), news(fresh, &shown)).await?;
    if is_only_ours(fresh, &shown) {
        // An owner of the site can write into a version of ours.
        if shown.is_ours(&expectations::written(&versions)) {
            return Ok(JobEnd::Done);
        }
    }
    let shown = Shown {
        judged: shown.judged,
        // What looking at the files noted.
        ..Shown::load(service, id).await?
    };
    let fresh = order::before_waiting_rows(service, &case, &shown, fresh).await?;
    if let Some(first) = news(fresh, &shown)
        .iter()
        .find(|version| version.editor != Editor::App)
    {
        deputies::settle(service, id, first.created).await?;
    }
    let case = Case::of_job(service, id).await?;
    let expected = expectations::of(service, &case, &shown, (&versions, fresh)).await?;
    let mut judgement = workflow::judge::judge(fresh, &expected);
    judgement.refuse_decisions(shown.files_doubted);
    transaction!(service.store.write(&service.tenant), tx =>
        outcome::keep(tx, service, (id, shown.judged), (&versions, &judgement)).await)?;
    Ok(JobEnd::Done)
}

/// From the newest judged version on.
fn from(versions: &[Version], judged: u32) -> &[Version] {
    let at = versions.iter().position(|version| version.number >= judged);
    &versions[at.unwrap_or(versions.len())..]
}

/// Our own echo needs no judgement; a judged version that is no longer the same does.
fn is_only_ours(fresh: &[Version], shown: &Shown) -> bool {
    let same = |judged: &workflow::judge::Judged| {
        let first = fresh.first();
        first.is_some_and(|first| first.number == judged.number && first.fingerprint() == judged.fingerprint)
    };
    let is_whole = shown.judged.as_ref().is_none_or(same);
    is_whole
        && news(fresh, shown)
            .iter()
            .all(|version| version.editor == Editor::App)
}

/// Those that were not judged yet.
fn news<'a>(fresh: &'a [Version], shown: &Shown) -> &'a [Version] {
    fresh
        .get(usize::from(shown.judged.is_some())..)
        .unwrap_or_default()
}
