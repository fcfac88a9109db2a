//! 代理設定: a person names a deputy for a time, or ends that. Administrators do it for others too.

use jiff::Timestamp;
use m365::sharepoint::{ItemId, ItemQuery};
use serde::Serialize;
use store::jobs::JobEnd;
use store::{Tx, transaction};
use workflow::judge::{DelegationAsk, judge_delegation};
use workflow::route::Delegation;
use workflow::{Code, PersonId, WorkflowKey};

use super::Row;
use super::answer::{self, Answer};
use super::seen::Seen;
use crate::deputies::Entry;
use crate::jobs::{JobError, Task};
use crate::people;
use crate::service::{Service, WatchedList};

/// The only version that counts.
const FIRST: u32 = 1;

/// Why nothing came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Refusal {
    NoSuchPerson,
    OwnDeputy,
    PeriodOver,
    NoSuchWorkflow,
    NoSuchDelegation,
    NotYours,
}

type Asked<T> = Result<T, Refusal>;

pub(super) async fn run(service: &Service, row: &Row, seen: &Seen) -> Result<JobEnd, JobError> {
    if seen.version > 0 {
        return answer::show(service, row.item).await.map(|()| JobEnd::Done);
    }
    let answer = match judge_delegation(&row.versions, &row.author) {
        Ok((DelegationAsk::End { row: ended }, _)) => end(service, row, ended).await?,
        Ok((ask, at)) => match delegation(service, row, ask, at).await? {
            Ok(delegation) => begin(service, row, delegation).await?,
            Err(refusal) => keep(service, row, Answer::refused(refusal)?).await?,
        },
        Err(refusal) => keep(service, row, Answer::refused(refusal)?).await?,
    };
    tracing::debug!(row = row.item.0, ?answer, "a delegation");
    answer::show(service, row.item).await?;
    Ok(JobEnd::Done)
}

/// What is to be registered, with people as Entra knows them.
async fn delegation(
    service: &Service,
    row: &Row,
    ask: DelegationAsk,
    at: Timestamp,
) -> Result<Asked<Delegation>, JobError> {
    let DelegationAsk::Delegate {
        of,
        to,
        from,
        until,
        workflows,
    } = ask
    else {
        return Ok(Err(Refusal::NoSuchDelegation));
    };
    let of = match of {
        Some(named) => person(service, &named).await?,
        None => Some(row.author.clone()),
    };
    let (Some(of), Some(to)) = (of, person(service, &to).await?) else {
        return Ok(Err(Refusal::NoSuchPerson));
    };
    let delegation = Delegation {
        of,
        to,
        from: from.unwrap_or(at),
        until,
        workflows,
    };
    Ok(checked(service, delegation))
}

fn checked(service: &Service, delegation: Delegation) -> Asked<Delegation> {
    let offered = |key: &WorkflowKey| {
        service
            .workflows
            .iter()
            .any(|offered| offered.definition.key == *key)
    };
    let is_over = |until: Timestamp| until <= delegation.from || until <= service.now();
    if delegation.of == delegation.to {
        return Err(Refusal::OwnDeputy);
    }
    if delegation.until.is_some_and(is_over) {
        return Err(Refusal::PeriodOver);
    }
    if !delegation.workflows.iter().flatten().all(offered) {
        return Err(Refusal::NoSuchWorkflow);
    }
    Ok(delegation)
}

/// Somebody who is there, by object id or user principal name.
async fn person(service: &Service, named: &str) -> Result<Option<PersonId>, JobError> {
    if named.trim().is_empty() {
        return Ok(None);
    }
    let Some(user) = service.microsoft.graph().user(named.trim()).await? else {
        return Ok(None);
    };
    let id = PersonId::new(user.id.to_string());
    let known = people::reread(service, &id).await?;
    Ok(known.is_active().then_some(id))
}

async fn begin(service: &Service, row: &Row, delegation: Delegation) -> Result<Answer, JobError> {
    transaction!(service.store.write(&service.tenant), tx => {
        let answer = if may(tx, &delegation.of, &row.author).await? {
            let entry = Entry { delegation: delegation.clone(), by: row.author.clone(), ended_by: None };
            register(tx, service, row.item.0, &entry).await?
        } else {
            Answer::refused(Refusal::NotYours)?
        };
        note(tx, service, row, answer).await
    })
}

async fn end(service: &Service, row: &Row, ended: i32) -> Result<Answer, JobError> {
    if is_awaited(service, ended).await? {
        return Err(JobError::Wait("the row that names the deputy comes first"));
    }
    transaction!(service.store.write(&service.tenant), tx => {
        let answer = match Entry::find(tx, ended).await? {
            Some(entry) if may(tx, &entry.delegation.of, &row.author).await? => {
                register(tx, service, ended, &over(entry, &row.author, service.now())).await?
            }
            // Whoever has no part in it learns nothing of it.
            _ => Answer::refused(Refusal::NoSuchDelegation)?,
        };
        note(tx, service, row, answer).await
    })
}

fn over(mut entry: Entry, by: &PersonId, now: Timestamp) -> Entry {
    let until = entry.delegation.until.unwrap_or(now).min(now);
    entry.delegation.until = Some(until);
    entry.ended_by = Some(by.clone());
    entry
}

/// Whether a row names a deputy and was not carried out yet.
async fn is_awaited(service: &Service, row: i32) -> Result<bool, JobError> {
    if Seen::load(service, ItemId(row)).await?.version > 0 {
        return Ok(false);
    }
    let list = service.list(WatchedList::Inbox);
    let found = list.item(ItemId(row), &ItemQuery::select(&["PFKind"])).await?;
    let is_awaited = found.is_some_and(|found| found.text("PFKind") == Some(super::DEPUTY));
    if is_awaited {
        let job = Task::Inbox { item: row }.job(service.now())?;
        transaction!(service.store.write(&service.tenant), tx => Ok::<_, JobError>(tx.enqueue(&job).await?))?;
    }
    Ok(is_awaited)
}

async fn may(tx: &mut Tx, of: &PersonId, by: &PersonId) -> Result<bool, JobError> {
    Ok(of == by || people::administrators(tx).await?.contains(by))
}

/// The row, and the work that follows from it.
async fn register(tx: &mut Tx, service: &Service, row: i32, entry: &Entry) -> Result<Answer, JobError> {
    let now = service.now();
    entry.keep(tx, row, now).await?;
    tx.enqueue(&Task::Deputies.job(now)?).await?;
    Ok(Answer::Done {
        state: Code::CO.as_str().to_owned(),
    })
}

async fn keep(service: &Service, row: &Row, answer: Answer) -> Result<Answer, JobError> {
    transaction!(service.store.write(&service.tenant), tx => note(tx, service, row, answer.clone()).await)
}

async fn note(tx: &mut Tx, service: &Service, row: &Row, answer: Answer) -> Result<Answer, JobError> {
    let seen = Seen {
        version: FIRST,
        answer: Some(answer.clone()),
        ..Seen::default()
    };
    seen.keep(tx, service, row.item).await?;
    Ok(answer)
}
