//! What one application needs to go on, in one transaction.

use std::collections::BTreeMap;

use jiff::Timestamp;
use provision::{Plans, StepId};
use serde_json::{Value, json};
use store::{BeforeImage, StoreError, Tx, transaction};
use uuid::Uuid;
use workflow::journal::Line;
use workflow::{Code, Event, PlanStepId};

use super::shown::Seen;
use super::work::Kept;
use super::{mails, seen};
use crate::cases::{pin, set_parties};
use crate::jobs::{JobError, Task};
use crate::planning;
use crate::prepare::reservations;
use crate::service::Service;

/// `Err` inside: why it is left alone.
pub(super) async fn application(
    service: &Service,
    kept: &Kept,
    item: &Seen,
    since: Timestamp,
) -> Result<Result<(), String>, JobError> {
    let done =
        transaction!(service.store.write(&service.tenant), tx => write(tx, service, kept, item, since).await);
    match done {
        Ok(()) => Ok(Ok(())),
        Err(JobError::Store(StoreError::UniqueTaken { what })) => {
            Ok(Err(format!("its {what} belongs to another application already")))
        }
        Err(error) => Err(error),
    }
}

async fn write(
    tx: &mut Tx,
    service: &Service,
    kept: &Kept,
    item: &Seen,
    since: Timestamp,
) -> Result<(), JobError> {
    let (case, id) = (&kept.case, &kept.case.row.id);
    pin(tx, &case.definition, kept.definition()).await?;
    tx.cut_journal(id, item.shown.lines).await?;
    tx.insert_application(&case.row).await?;
    case.keep_former_number(tx, service).await?;
    if let Some(fold) = &item.fold {
        tx.keep_fold(id, fold).await?;
    }
    set_parties(tx, id, &case.application).await?;
    for image in images(kept)? {
        tx.keep_before_image(id, &image).await?;
    }
    if is_promised(case.application.code()) {
        hold(tx, kept).await?;
    }
    seen::keep(tx, service, &seen::of(id, &kept.story.lines)).await?;
    item.shown.keep(tx, service, id).await?;
    for task in tasks(kept, item, since) {
        tx.enqueue(&task.job(service.now())?).await?;
    }
    mails::again(tx, service, kept, since).await
}

/// From acceptance on, names and seats are promised.
fn is_promised(code: Code) -> bool {
    matches!(
        code,
        Code::IA | Code::HO | Code::AP | Code::MW | Code::EX | Code::RV
    )
}

/// While the form is with the applicant, what an earlier round held is held as far as nobody took it since.
pub(super) async fn hold_if_free(service: &Service, kept: &Kept) -> Result<(), JobError> {
    let code = kept.case.application.code();
    if code.is_closed() || is_promised(code) {
        return Ok(());
    }
    match transaction!(service.store.write(&service.tenant), tx => hold(tx, kept).await) {
        Err(JobError::Store(StoreError::UniqueTaken { .. })) => Ok(()),
        held => held,
    }
}

async fn hold(tx: &mut Tx, kept: &Kept) -> Result<(), JobError> {
    let Some(plan) = plan(kept)? else {
        return Ok(());
    };
    let id = &kept.case.row.id;
    let mut seats: BTreeMap<Uuid, i64> = BTreeMap::new();
    for sku in plan.licences() {
        *seats.entry(sku).or_default() += 1;
    }
    for (sku, count) in seats {
        // They were promised when they were counted.
        tx.reserve_seats(id, &sku.to_string(), (count, i64::MAX)).await?;
    }
    for plan in plan.all() {
        for reservation in reservations(plan) {
            tx.reserve(id, &reservation).await?;
        }
    }
    Ok(())
}

/// The newest plan that was accepted.
fn plan(kept: &Kept) -> Result<Option<Plans>, JobError> {
    let plan = kept.story.lines.iter().rev().find_map(|line| line.event.plan());
    plan.map(planning::unseal).transpose()
}

fn images(kept: &Kept) -> Result<Vec<BeforeImage>, JobError> {
    let Some(plan) = plan(kept)? else {
        return Ok(Vec::new());
    };
    let steps = plan.step_ids();
    let places: BTreeMap<&str, usize> = steps.iter().map(StepId::as_str).zip(0..).collect();
    let image = |at: Timestamp, (step, before): (&PlanStepId, &Value)| {
        Some(BeforeImage {
            step: i64::try_from(*places.get(step.as_str())?).ok()?,
            body: json!({ "id": step, "before": before }),
            at,
        })
    };
    let lines = kept.story.lines.iter();
    let of_line = |line: &Line| -> Vec<BeforeImage> {
        let begun: Vec<_> = match &line.event {
            Event::StepBegun { step, before } => vec![(step, before)],
            Event::RowsBegun { rows } => rows.iter().map(|begun| (&begun.row, &begun.before)).collect(),
            _ => Vec::new(),
        };
        begun
            .into_iter()
            .filter_map(|begun| image(line.at, begun))
            .collect()
    };
    Ok(lines.flat_map(of_line).collect())
}

/// Every open application goes on; of those that ended lately SharePoint may not yet show it.
fn tasks(kept: &Kept, item: &Seen, since: Timestamp) -> Vec<Task> {
    let (id, code) = (&kept.case.row.id, kept.case.application.code());
    let application = || id.clone();
    let mut tasks = Vec::new();
    let has_ended = |line: &Line| matches!(line.event, Event::ExpiryReached {});
    if kept.story.lines.iter().any(has_ended) {
        tasks.push(Task::Expire {
            application: application(),
        });
    }
    let is_shown = !kept.case.application.acknowledgers().is_empty();
    if !code.is_closed() || is_shown || kept.case.application.expiry_ahead().is_some() {
        tasks.push(Task::Due {
            application: application(),
        });
    }
    let is_fresh = kept.story.last_at().is_some_and(|at| at >= since);
    if code.is_closed() && item.is_newest && !is_fresh {
        return tasks;
    }
    tasks.push(Task::Publish {
        application: application(),
    });
    tasks.extend(match code {
        Code::SU => Some(Task::Prepare {
            application: application(),
        }),
        Code::AP | Code::EX => Some(Task::Execute {
            application: application(),
        }),
        _ => None,
    });
    if kept.case.row.sealed.is_some() {
        tasks.push(Task::Judge {
            application: application(),
        });
    }
    tasks
}
