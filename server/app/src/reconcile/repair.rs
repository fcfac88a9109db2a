//! Makes wrong permissions be the set again: what is right is struck off, the rest is set in one request, and the
//! next stride reads it back. The request is made outside of the applications' lanes; so whatever it set is in the
//! end looked at by the application's own job, which runs in its lane.

use m365::Verdict;

use super::access;
use super::claim::{Due, claim};
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

/// The run as it stands then.
pub(super) async fn stride(service: &Service, before: Run) -> Result<Option<Run>, JobError> {
    let mut run = before.clone();
    let later = run.pending.split_off(AT_ONCE.min(run.pending.len()));
    let at_once = std::mem::replace(&mut run.pending, later);
    let mut stride = run.alone();
    let mut due = Vec::new();
    for pending in at_once {
        due.extend(examine(service, &mut stride, pending).await?);
    }
    let rest = due.split_off(fitting(service, &due));
    let Some(claimed) = claim(service, &before, &due).await? else {
        return super::load(service, before.scope, before.mode).await;
    };
    for changed in claimed.changed {
        settle(&mut stride, &changed.pending, Outcome::Changing);
    }
    let tried = set(service, claimed.still).await?;
    // Those that did not fit come first.
    let mut pending: Vec<_> = rest.into_iter().map(|due| due.pending).chain(tried).collect();
    pending.append(&mut stride.run.pending);
    stride.run.pending = pending;
    super::keep(service, &claimed.run, stride).await.map(Some)
}

/// What is still wrong and may be tried again.
async fn examine(service: &Service, stride: &mut Stride, pending: Pending) -> Result<Option<Due>, JobError> {
    let list = service.list_at(&pending.list);
    let looked = access::look(service, &pending.application, &list, pending.item).await;
    let access = match looked {
        // Deleted meanwhile: the next run tells.
        Err(JobError::Remote(error)) if error.verdict == Verdict::NotFound => {
            stride.run.report.settle(&pending.number, Outcome::Changing);
            return Ok(None);
        }
        looked => looked?,
    };
    let Some(access) = access else {
        settle(stride, &pending, Outcome::Changing);
        return Ok(None);
    };
    match access.change() {
        None => settle(stride, &pending, Outcome::Repaired),
        Some(_) if pending.tries >= TRIES => settle(stride, &pending, Outcome::Failed),
        Some(change) => {
            let version = access.version;
            return Ok(Some(Due {
                pending,
                version,
                change,
            }));
        }
    }
    Ok(None)
}

/// The end of one item here. What we set may have come after a newer set: its own job reads it back, after those of
/// its lane that are under way.
fn settle(stride: &mut Stride, pending: &Pending, outcome: Outcome) {
    stride.run.report.settle(&pending.number, outcome);
    if pending.is_set || outcome == Outcome::Failed {
        stride.tasks.push(Task::Publish {
            application: pending.application.clone(),
        });
    }
}

/// How many of them the budget of one request allows, all of one list.
fn fitting(service: &Service, due: &[Due]) -> usize {
    let rate = service.microsoft.background_rate();
    let most = rate.map_or(u64::MAX, |rate| rate.units / PART);
    let mut units = 0;
    let fits = |(number, one): &(usize, &Due)| {
        units += u64::from(one.change.resource_units());
        one.pending.list == due[0].pending.list && (*number == 0 || units <= most)
    };
    due.iter().enumerate().take_while(fits).count()
}

/// Those that a request had no room for, then those that were tried.
async fn set(service: &Service, still: Vec<Due>) -> Result<Vec<Pending>, JobError> {
    let Some(first) = still.first() else {
        return Ok(Vec::new());
    };
    let id = service
        .list_at(&first.pending.list)
        .info()
        .await?
        .ok_or(UNREADY)?
        .id;
    let changes: Vec<_> = still.iter().map(|due| due.change.clone()).collect();
    let tried = service.site.set_access(id, &changes).await?.len();
    // Why one failed is in the log of calls; whether it did is read back.
    let mut pending: Vec<_> = still.into_iter().map(|due| due.pending).collect();
    for one in pending.iter_mut().take(tried) {
        one.tries += 1;
    }
    pending.rotate_left(tried);
    Ok(pending)
}

#[cfg(test)]
mod tests {
    use store::ApplicationId;

    use super::super::progress::{Mode, Scope, Stage};
    use super::super::report::Report;
    use super::*;

    fn ended(is_set: bool, outcome: Outcome) -> usize {
        let run = Run {
            scope: Scope::Open,
            mode: Mode::Repair,
            started: jiff::Timestamp::UNIX_EPOCH,
            lists: Vec::new(),
            stage: Stage::Inbox { after: 0 },
            pending: Vec::new(),
            total: 1,
            looked_at: 1,
            report: Report::default(),
        };
        let pending = Pending {
            application: ApplicationId::new("a"),
            number: "USR-2026-00001".into(),
            list: "Lists/PFApplications".into(),
            item: 1,
            tries: u8::from(is_set),
            is_set,
        };
        let mut stride = run.alone();
        settle(&mut stride, &pending, outcome);
        stride.tasks.len()
    }

    #[test]
    fn whatever_was_set_is_read_back_by_the_application_s_own_job() {
        for outcome in [Outcome::Repaired, Outcome::Failed, Outcome::Changing] {
            assert_eq!(ended(true, outcome), 1, "{outcome:?}");
        }
        assert_eq!(ended(false, Outcome::Repaired), 0, "mended by somebody else");
        assert_eq!(ended(false, Outcome::Changing), 0, "its own job is due");
    }
}
