//! 不在の案内: who is asked to decide and answers mails automatically for a time is proposed to name a deputy. Only
//! proposed: nobody decides in his place. Where everybody who is asked is away, later approvers need not wait.

mod ahead;
mod asked;
mod proposal;

use jiff::{SignedDuration, Timestamp};
use m365::graph::AutomaticReplies;
use serde::{Deserialize, Serialize};
use store::jobs::JobEnd;
use store::{Document, Shelf, transaction};
use uuid::Uuid;
use workflow::PersonId;

use crate::jobs::JobError;
use crate::service::Service;

/// One run reads so many mailboxes at most, those first that were not read for longest; the others come next time.
const MOST: usize = 50;

/// A time in which somebody is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Absence {
    start: Timestamp,
    end: Timestamp,
}

pub(crate) async fn look(service: &Service) -> Result<JobEnd, JobError> {
    let Some(wanted) = &service.config.absences else {
        return Ok(JobEnd::Done);
    };
    let every = SignedDuration::from_secs(i64::from(wanted.every));
    for asked::Decider { person, is_asked } in asked::longest_unread(service, every, MOST).await? {
        let absence = read(service, &person).await?;
        if let Some(absence) = absence.filter(|_| is_asked) {
            proposal::make(service, &person, absence).await?;
        }
        keep(service, &person, absence).await?;
    }
    ahead::offer(service).await?;
    Ok(JobEnd::Done)
}

/// The period in which his mailbox answers by itself, if it is not over. Replies without a period say nothing about
/// one.
async fn read(service: &Service, person: &PersonId) -> Result<Option<Absence>, JobError> {
    let Ok(id) = person.as_str().parse::<Uuid>() else {
        return Ok(None);
    };
    let replies = service.microsoft.graph().automatic_replies(id).await?;
    let Some(AutomaticReplies::Scheduled { start, end }) = replies else {
        return Ok(None);
    };
    match (start.moment(), end.moment()) {
        (Some(start), Some(end)) if start < end && end > service.now() => Ok(Some(Absence { start, end })),
        (Some(_), Some(_)) => Ok(None),
        _ => {
            tracing::warn!(%person, zone = start.time_zone, "automatic replies in a zone that is not known");
            Ok(None)
        }
    }
}

/// He was read now, and will be away then.
async fn keep(service: &Service, person: &PersonId, absence: Option<Absence>) -> Result<(), JobError> {
    let body = serde_json::to_value(absence);
    let document = Document {
        name: person.to_string(),
        body: body.map_err(|error| JobError::unreadable("an absence", &error))?,
        at: service.now(),
    };
    transaction!(service.store.write(&service.tenant), tx => Ok(tx.put(Shelf::Absence, &document).await?))
}
