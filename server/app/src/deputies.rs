//! 代理: the register of who may decide in whose place, and applications made to follow it.

mod entry;
mod looked;
mod moved;

use jiff::Timestamp;
use store::jobs::JobEnd;
use store::{ApplicationId, Shelf, Tx, transaction};
use workflow::Code;
use workflow::application::represent;
use workflow::route::Register;

use crate::cases::{Case, Pinned, application};
use crate::jobs::{JobError, Task};
use crate::judge;
use crate::service::Service;
pub(crate) use entry::Entry;
pub(crate) use moved::hand_over;

/// Applications looked at in one go: whoever decides meanwhile waits for the reading of so many, a few milliseconds.
const PAGE: i64 = 10;

/// Everything that was registered.
pub(crate) async fn register(tx: &mut Tx) -> Result<Register, JobError> {
    Ok(of(Entry::all(tx).await?))
}

/// What is in force at this moment: years of periods that are over are not read.
pub(crate) async fn register_at(tx: &mut Tx, at: Timestamp) -> Result<Register, JobError> {
    Ok(of(Entry::in_force(tx, at).await?))
}

fn of(entries: Vec<Entry>) -> Register {
    Register {
        delegations: entries.into_iter().map(|entry| entry.delegation).collect(),
    }
}

/// When a period began or ended last, up to this moment. Lines kept before periods were are asked themselves.
pub(crate) async fn last_change(tx: &mut Tx, at: Timestamp) -> Result<Option<Timestamp>, JobError> {
    let kept = tx.last_turn(Shelf::Delegation, at).await?;
    Ok(kept.max(register_at(tx, at).await?.last_change(at)))
}

/// When one begins or ends next.
async fn next_change(tx: &mut Tx, at: Timestamp) -> Result<Option<Timestamp>, JobError> {
    let kept = tx.next_turn(Shelf::Delegation, at).await?;
    let named = register_at(tx, at).await?.next_change(at);
    Ok(kept.into_iter().chain(named).min())
}

/// Asks for work on every open application that does not follow the register, and comes again when a period begins
/// or ends.
pub(crate) async fn sweep(service: &Service) -> Result<JobEnd, JobError> {
    let now = service.now();
    let read: Result<_, JobError> = transaction!(service.store.read(&service.tenant), tx => {
        let mark = looked::mark(&register_at(tx, now).await?, now);
        Ok((looked::is_done(tx, &mark).await?, mark))
    });
    let (is_done, mark) = read?;
    if !is_done {
        look(service).await?;
    }
    transaction!(service.store.write(&service.tenant), tx => {
        looked::done(tx, &mark, now).await?;
        if let Some(next) = next_change(tx, now).await? {
            tx.enqueue(&Task::Deputies.job(next)?).await?;
        }
        Ok(JobEnd::Done)
    })
}

async fn look(service: &Service) -> Result<(), JobError> {
    let mut pinned = Pinned::default();
    for code in Code::ALL.iter().filter(|code| !code.is_closed()) {
        let mut after = None;
        while let Some(page) = page(service, &mut pinned, *code, after.as_ref()).await? {
            ask(service, &page.astray).await?;
            after = Some(page.last);
        }
    }
    Ok(())
}

/// Some applications in the same state.
struct Page {
    /// Those that do not follow the register.
    astray: Vec<ApplicationId>,
    last: ApplicationId,
}

/// Reads only, so that whoever decides meanwhile does not wait for it.
async fn page(
    service: &Service,
    pinned: &mut Pinned,
    code: Code,
    after: Option<&ApplicationId>,
) -> Result<Option<Page>, JobError> {
    let now = service.now();
    transaction!(service.store.read(&service.tenant), tx => {
        let register = register_at(tx, now).await?;
        let rows = tx.applications_in(code.as_str(), after, PAGE).await?;
        let last = rows.last().map(|row| row.id.clone());
        let mut astray = Vec::new();
        for row in rows {
            let definition = pinned.of(tx, &row).await?;
            if represent(&application(row.state)?, definition, &register, now).is_some() {
                astray.push(row.id);
            }
        }
        Ok(last.map(|last| Page { astray, last }))
    })
}

async fn ask(service: &Service, astray: &[ApplicationId]) -> Result<(), JobError> {
    if astray.is_empty() {
        return Ok(());
    }
    let now = service.now();
    transaction!(service.store.write(&service.tenant), tx => {
        for application in astray.iter().cloned() {
            tx.enqueue(&Task::Represent { application }.job(now)?).await?;
        }
        Ok(())
    })
}

/// Makes one application follow the register, after what was written before its newest change.
pub(crate) async fn follow(service: &Service, id: &ApplicationId) -> Result<JobEnd, JobError> {
    let case = Case::of_job(service, id).await?;
    let now = service.now();
    let read: Result<_, JobError> = transaction!(service.store.read(&service.tenant), tx => {
        Ok((register_at(tx, now).await?, last_change(tx, now).await?))
    });
    let (register, changed) = read?;
    if represent(&case.application, &case.definition, &register, now).is_none() {
        return Ok(JobEnd::Done);
    }
    let changed = changed.unwrap_or(now);
    if judge::has_older_entry(service, &case.row.number, changed).await? {
        return Err(JobError::Wait("an entry into the item before it comes first"));
    }
    settle(service, id, now).await.map(|()| JobEnd::Done)
}

/// Before anything that was written at this moment, or later, is judged.
pub(crate) async fn settle(
    service: &Service,
    id: &ApplicationId,
    written: Timestamp,
) -> Result<(), JobError> {
    transaction!(service.store.write(&service.tenant), tx => {
        match Case::load(tx, id).await? {
            Some(mut case) => case.represent_as_of(tx, service, written).await,
            None => Ok(()),
        }
    })
}
