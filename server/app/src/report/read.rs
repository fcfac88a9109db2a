//! From journals to a report: page by page, each application forgotten but for its figures.

use store::{Cursor, Made, StoreError, transaction};
use thiserror::Error;
use workflow::calendar::DeadlineError;
use workflow::journal::Line;
use workflow::report::{Course, Survey};

use super::names::Names;
use super::{Question, Report, shape};
use crate::jobs::JobError;
use crate::service::Service;

/// Journals that are in memory at once; with large forms and plans some megabytes.
const PAGE: i64 = 200;

#[derive(Debug, Error)]
pub(crate) enum ReportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Names(#[from] JobError),
    #[error("the calendar: {0}")]
    Calendar(#[from] DeadlineError),
    #[error("the days: {0}")]
    Days(#[from] jiff::Error),
    #[error("counting was broken off: {0}")]
    Broken(#[from] tokio::task::JoinError),
}

/// An application whose journal cannot be read is named in the report, and counts in nothing.
pub(crate) async fn report(service: &Service, question: &Question) -> Result<Report, ReportError> {
    let (from, until) = question.days.moments(service.calendar.zone())?;
    let workflow = question.workflow.as_ref();
    let made = Made {
        from,
        until,
        workflow: workflow.map(|key| store::WorkflowKey::new(key.as_str())),
    };
    let mut survey = Survey::new(&service.calendar, question.days, service.now());
    let (mut after, mut unreadable) = (None, Vec::new());
    loop {
        let read: Result<Vec<store::Told>, StoreError> = transaction!(service.store.read(&service.tenant), tx =>
            tx.journals_made(&made, after.as_ref(), PAGE).await);
        let read = read?;
        let Some(last) = read.last() else { break };
        after = Some(Cursor {
            at: last.made,
            id: last.id.clone(),
        });
        // Reading some hundred journals keeps a processor busy for a while.
        let courses = tokio::task::spawn_blocking(move || read.iter().map(course).collect::<Vec<_>>());
        for (id, course) in courses.await? {
            match course {
                Some(course) => survey.add(&course)?,
                None => unreadable.push(id.to_string()),
            }
        }
    }
    let counted = survey.report();
    let names = Names::of(service, &counted).await?;
    Ok(shape::report(question, counted, &names, unreadable))
}

fn course(told: &store::Told) -> (store::ApplicationId, Option<Course>) {
    let lines: Result<Vec<Line>, _> = told.bodies.iter().map(|body| Line::parse(body)).collect();
    let course = lines.ok().and_then(|lines| Course::of(&lines).ok().flatten());
    if course.is_none() {
        tracing::warn!(application = %told.id, "its journal cannot be read; see verify-journal");
    }
    (told.id.clone(), course)
}
