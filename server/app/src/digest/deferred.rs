//! Mails that wait for the reader's mail of the day.

use jiff::Timestamp;
use store::{Document, Shelf, Tx, transaction};
use workflow::application::shown;
use workflow::judge::Mails;
use workflow::{Application, PersonId};

use super::Choice;
use crate::cases::{Case, due};
use crate::jobs::{JobError, MailWish, Task};
use crate::mail::Kind;
use crate::service::Service;

/// One digest tells of so many mails at most; the rest comes with the next.
const MOST: i64 = 200;

/// Whether the mail waits for the reader's digest from now on. From then on it counts as sent under its own key, and
/// the digest answers for it.
pub(crate) async fn defer(service: &Service, wish: &MailWish) -> Result<bool, JobError> {
    if !wish.kind.can_wait() {
        return Ok(false);
    }
    let (now, next) = (service.now(), next(service)?);
    transaction!(service.store.write(&service.tenant), tx => {
        let wants = Choice::of(tx, &wish.to).await?.mails;
        if wants == Mails::Each || is_pressing(tx, service, wish, (now, next)).await? {
            return Ok(false);
        }
        // Another run of this job sends it already.
        if tx.begin_outgoing(&wish.key, now).await?.is_some() {
            return Ok(false);
        }
        let body = serde_json::to_value(wish).map_err(|error| JobError::unreadable("a mail", &error))?;
        tx.put(Shelf::Deferred, &Document { name: name(wish), body, at: now }).await?;
        tx.note_sent(&wish.key, None, now).await?;
        let person = wish.to.clone();
        tx.enqueue(&Task::Digest { person }.job(next)?).await?;
        Ok(true)
    })
}

fn name(wish: &MailWish) -> String {
    format!("{}/{}", wish.to, wish.key)
}

/// When the next digest goes out.
pub(super) fn next(service: &Service) -> Result<Timestamp, JobError> {
    let next = service
        .calendar
        .next_at(service.config.mail.digest, service.now());
    next.map_err(|error| JobError::Stuck(format!("calendar.file: {error}")))
}

/// When the reader must have done what the mail asks of him; none: it asks nothing, or nothing is due.
pub(super) fn due_of(application: &Application, wish: &MailWish) -> Option<Timestamp> {
    let shown = || {
        let shown = shown(application, &wish.to).into_iter();
        shown.filter_map(|shown| shown.due).min()
    };
    let is_over = || !application.deciders().contains(&wish.to);
    match wish.kind {
        Kind::Work if is_over() => None,
        Kind::Decide | Kind::PlanChanged | Kind::Work | Kind::PullUp => due(application),
        Kind::PostReview | Kind::Circulated => shown(),
        Kind::Reminder => due(application).or_else(shown),
        _ => None,
    }
}

/// Whether the reader is asked for what is due today, or before he would read of it.
async fn is_pressing(
    tx: &mut Tx,
    service: &Service,
    wish: &MailWish,
    (now, next): (Timestamp, Timestamp),
) -> Result<bool, JobError> {
    let case = Case::load(tx, &wish.application).await?;
    let day = |moment: Timestamp| moment.to_zoned(service.calendar.zone().clone()).date();
    let due = case.and_then(|case| due_of(&case.application, wish));
    Ok(due.is_some_and(|due| due <= next || day(due) <= day(now)))
}

/// What waits for this person, oldest first; it does not wait any more.
pub(super) async fn take(tx: &mut Tx, person: &PersonId) -> Result<Vec<MailWish>, JobError> {
    let mut found = Vec::new();
    for name in names(tx, person, MOST).await? {
        let Some(document) = tx.get(Shelf::Deferred, &name).await? else {
            continue;
        };
        tx.remove(Shelf::Deferred, &name).await?;
        let wish: MailWish = serde_json::from_value(document.body)
            .map_err(|error| JobError::unreadable("a mail that waits", &error))?;
        found.push((document.at, wish));
    }
    found.sort_by(|(one, first), (other, second)| (one, &first.key).cmp(&(other, &second.key)));
    Ok(found.into_iter().map(|(_, wish)| wish).collect())
}

pub(super) async fn waits(tx: &mut Tx, person: &PersonId) -> Result<bool, JobError> {
    Ok(!names(tx, person, 1).await?.is_empty())
}

async fn names(tx: &mut Tx, person: &PersonId, most: i64) -> Result<Vec<String>, JobError> {
    let prefix = format!("{person}/");
    let mut names = tx.names(Shelf::Deferred, &prefix, most).await?;
    names.retain(|name| name.starts_with(&prefix));
    Ok(names)
}

#[cfg(test)]
mod tests;
