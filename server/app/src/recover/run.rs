//! The order: claim the empty database, read everything, then one application after the other.

use std::collections::BTreeSet;

use openssl::error::ErrorStack;
use openssl::pkey::{PKey, Public};
use store::{ApplicationId, StoreError, transaction};
use thiserror::Error;
use workflow::journal::Line;

use super::history::Told;
use super::items::Items;
use super::work::{Kept, Verified};
use super::{begin, held, history, mails, rebuild, seen, shown, work};
use crate::jobs::JobError;
use crate::journal::Fault;
use crate::masters;
use crate::service::Service;

/// Applications looked at in one page.
const PAGE: i64 = 200;

#[derive(Debug, Error)]
pub enum RecoverError {
    #[error(
        "the table {0} holds rows: recover fills an empty database only. Name a new one in database.url, or take this one away"
    )]
    Filled(&'static str),
    #[error("an earlier recovery was broken off: take this database away, and run recover again")]
    Unfinished,
    #[error("evidence key: {0}")]
    Key(#[from] ErrorStack),
    #[error(transparent)]
    Remote(#[from] m365::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Work(#[from] JobError),
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Recovered {
    pub applications: usize,
    pub open: usize,
    /// What was left alone, and why.
    pub faults: Vec<Fault>,
}

pub async fn run(service: &Service) -> Result<Recovered, RecoverError> {
    begin::check(service).await?;
    // What items show names licences and groups.
    masters::run(service).await?;
    let mut items = Items::find(service).await?;
    begin::begin(service).await?;
    let mut told = history::read(service).await?;
    let mut recovered = Recovered {
        faults: std::mem::take(&mut told.faults),
        ..Recovered::default()
    };
    let public = service.evidence.public()?;
    let mut waiting = Vec::new();
    let mut after = None;
    loop {
        let page: Result<Vec<ApplicationId>, StoreError> = transaction!(service.store.read(&service.tenant),
            tx => tx.journals(after.as_ref(), PAGE).await);
        let page = page?;
        let Some(last) = page.last() else { break };
        after = Some(last.clone());
        for id in &page {
            match one(service, &public, &mut told, &mut items, id).await? {
                Ok(kept) => {
                    told.numbers.count_under(&kept.case.definition);
                    told.numbers.note(&kept.case.application.number);
                    recovered.applications += 1;
                    recovered.open += usize::from(!kept.case.application.is_closed());
                    waiting.extend((!kept.case.application.is_closed()).then_some(kept));
                }
                Err(problem) => recovered
                    .faults
                    .push(leave(service, &mut told, &mut items, id, problem).await?),
            }
        }
    }
    // Those of which not one line could be read.
    for (id, problem) in std::mem::take(&mut told.bad) {
        recovered
            .faults
            .push(leave(service, &mut told, &mut items, &id, problem).await?);
    }
    finish(service, told, &items, &waiting, &mut recovered).await?;
    Ok(recovered)
}

async fn one(
    service: &Service,
    public: &PKey<Public>,
    told: &mut Told,
    items: &mut Items,
    id: &ApplicationId,
) -> Result<Verified<Kept>, JobError> {
    if let Some(problem) = told.bad.remove(id) {
        return Ok(Err(problem));
    }
    let mut kept = match work::verify(service, public, id).await? {
        Ok(kept) => kept,
        Err(problem) => return Ok(Err(problem)),
    };
    let found = items.take(id, kept.case.row.inbox_item);
    kept.case.row.sealed = found.as_ref().map(|found| found.at.clone());
    let item = match shown::of(service, &kept, found).await? {
        Ok(item) => item,
        Err(problem) => return Ok(Err(problem)),
    };
    kept.case.row.own_versions.clone_from(&item.own_versions);
    kept.case.row.judged_version = item.shown.judged.map(|judged| i64::from(judged.number));
    let written = rebuild::application(service, &kept, &item, mails::since(told.newest)).await?;
    Ok(written.map(|()| kept))
}

/// What does not verify is not brought back. Its form is not taken for a new one, whichever line or mark still names it.
async fn leave(
    service: &Service,
    told: &mut Told,
    items: &mut Items,
    id: &ApplicationId,
    problem: String,
) -> Result<Fault, JobError> {
    let kept: Result<_, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => tx.journal(id).await);
    let kept = kept?;
    let lines: Vec<_> = kept
        .iter()
        .filter_map(|kept| Line::parse(&kept.body).ok())
        .collect();
    let form = seen::form(&lines);
    let found = items.take(id, form);
    let mut rows: BTreeSet<_> = seen::of(id, &lines).into_keys().collect();
    let form = form.or(found.and_then(|found| found.inbox_row));
    if form.is_none() {
        told.formless.push(told.name(id));
    }
    rows.extend(form);
    transaction!(service.store.write(&service.tenant), tx => {
        tx.cut_journal(id, 0).await?;
        for row in &rows {
            seen::close(tx, service, *row).await?;
        }
        Ok::<_, JobError>(())
    })?;
    Ok(Fault {
        number: told.name(id),
        problem,
    })
}

async fn finish(
    service: &Service,
    mut told: Told,
    items: &Items,
    waiting: &[Kept],
    recovered: &mut Recovered,
) -> Result<(), JobError> {
    for kept in waiting {
        rebuild::hold_if_free(service, kept).await?;
    }
    for found in items.left() {
        told.numbers.note(&found.number);
        let problem = format!(
            "item {} of {} has no lines in the history list",
            found.at.item, found.at.list
        );
        recovered.faults.push(Fault {
            number: found.number.clone(),
            problem,
        });
    }
    let named: BTreeSet<_> = items.left().filter_map(|found| found.inbox_row).collect();
    let held = held::forms(service, &told, &named).await?;
    recovered.faults.extend(held::faults(&told, &held));
    for offered in &service.workflows {
        told.numbers.count_under(&offered.definition);
    }
    transaction!(service.store.write(&service.tenant), tx => {
        for row in named.iter().chain(&held) {
            seen::close(tx, service, *row).await?;
        }
        for fold in items.folds() {
            tx.add_fold(fold).await?;
        }
        told.numbers.keep(tx).await?;
        begin::end(tx, service.now()).await
    })
}

impl Told {
    /// The application's number, else its id.
    fn name(&self, id: &ApplicationId) -> String {
        self.names.get(id).cloned().unwrap_or_else(|| id.to_string())
    }
}
