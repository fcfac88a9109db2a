//! Makes wrong permissions be the set again: what is right is struck off, the rest is set in one request, and the
//! next stride reads it back.

use m365::Verdict;
use m365::csom::SetAccess;
use store::ApplicationId;

use super::access;
use super::progress::{Pending, Run, Stride};
use super::report::Outcome;
use crate::jobs::{JobError, Task};
use crate::places::UNREADY;
use crate::service::Service;

/// Items that are read in one stride; one request holds about as many.
const AT_ONCE: usize = 50;
/// What stays wrong after so many times is left to the application's own job, and told.
const TRIES: u8 = 3;
/// One request takes at most this part of what background work may spend in a minute.
const PART: u64 = 2;

pub(super) async fn stride(service: &Service, mut run: Run) -> Result<Stride, JobError> {
    let later = run.pending.split_off(AT_ONCE.min(run.pending.len()));
    let at_once = std::mem::replace(&mut run.pending, later);
    let mut stride = run.alone();
    let mut wrong = Vec::new();
    for pending in at_once {
        wrong.extend(examine(service, &mut stride, pending).await?);
    }
    let mut tried = set(service, wrong).await?;
    tried.append(&mut stride.run.pending);
    stride.run.pending = tried;
    Ok(stride)
}

/// What is still wrong and may be tried again.
async fn examine(
    service: &Service,
    stride: &mut Stride,
    pending: Pending,
) -> Result<Option<(Pending, SetAccess)>, JobError> {
    let list = service.list_at(&pending.list);
    let looked = access::look(service, &pending.application, &list, pending.item).await;
    let access = match looked {
        // Deleted meanwhile: the next run tells.
        Err(JobError::Remote(error)) if error.verdict == Verdict::NotFound => None,
        looked => looked?,
    };
    let report = &mut stride.run.report;
    let Some(access) = access else {
        report.settle(&pending.number, Outcome::Changing);
        return Ok(None);
    };
    match access.change() {
        None => report.settle(&pending.number, Outcome::Repaired),
        Some(_) if pending.tries >= TRIES => {
            report.settle(&pending.number, Outcome::Failed);
            stride.tasks.push(publish(&pending.application));
        }
        Some(change) => return Ok(Some((pending, change))),
    }
    Ok(None)
}

fn publish(application: &ApplicationId) -> Task {
    Task::Publish {
        application: application.clone(),
    }
}

/// As many as the paths and the budget of one request allow, all of one list.
async fn set(service: &Service, wrong: Vec<(Pending, SetAccess)>) -> Result<Vec<Pending>, JobError> {
    let Some(url) = wrong.first().map(|(pending, _)| pending.list.clone()) else {
        return Ok(Vec::new());
    };
    let most = service
        .microsoft
        .background_rate()
        .map_or(u64::MAX, |rate| rate.units / PART);
    let mut units = 0;
    let fit = wrong
        .iter()
        .enumerate()
        .take_while(|(number, (pending, change))| {
            units += u64::from(change.resource_units());
            pending.list == url && (*number == 0 || units <= most)
        });
    let changes: Vec<_> = fit.map(|(_, (_, change))| change.clone()).collect();
    let id = service.list_at(&url).info().await?.ok_or(UNREADY)?.id;
    let outcomes = service.site.set_access(id, &changes).await?;
    let tried = outcomes.len();
    // Why one failed is in the log of calls; whether it did is read back.
    let mut pending: Vec<_> = wrong.into_iter().map(|(pending, _)| pending).collect();
    for one in pending.iter_mut().take(tried) {
        one.tries += 1;
    }
    // Those that did not fit come first.
    pending.rotate_left(tried);
    Ok(pending)
}
