//! Waiting until Microsoft 365 shows a change, but not for ever: counted from the first look that did not show it, and
//! whatever people write into the application meanwhile begins nothing anew.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::{Document, Shelf, transaction};
use workflow::{Event, PlanStepId};

use super::step::park;
use super::{Round, act};
use crate::cases::Case;
use crate::jobs::JobError;
use crate::publish::Story;
use crate::service::Service;

/// A change that Microsoft 365 does not show after this time needs a person. Entra's copies usually agree within
/// seconds; other clients give up after about this time.
const LIMIT: SignedDuration = SignedDuration::from_mins(20);

pub(super) const WAITS: JobError = JobError::Wait("Microsoft 365 does not show the change yet");
pub(super) const TOO_LATE: &str = "Microsoft 365 did not show the change in time";

/// After [`LIMIT`] a person must look.
pub(super) async fn wait(service: &Service, case: &Case, id: &PlanStepId) -> Result<Round, JobError> {
    if !is_overdue(service, case, id).await? {
        return Err(WAITS);
    }
    let command = park(id, TOO_LATE);
    act(service, &case.row.id, &[command], &[]).await
}

/// Whether [`LIMIT`] has passed since a look first did not show what `id` did.
pub(super) async fn is_overdue(service: &Service, case: &Case, id: &PlanStepId) -> Result<bool, JobError> {
    let since = since(service, case, id).await?;
    Ok(service.now().duration_since(since) >= LIMIT)
}

/// The first look since the execution last wrote a line; a retry of the step is one.
async fn since(service: &Service, case: &Case, id: &PlanStepId) -> Result<Timestamp, JobError> {
    let story = Story::tell(service, case).await?;
    let ours = story.lines.iter().rev();
    let mut ours = ours.filter(|line| !matches!(line.event, Event::NotCounted { .. }));
    let line = ours.next().map(|line| line.seq);
    let (name, at) = (case.row.id.to_string(), service.now());
    transaction!(service.store.write(&service.tenant), tx => {
        let kept = tx.get(Shelf::Settling, &name).await?;
        let mut looks = kept.map(Looks::read).transpose()?.unwrap_or_default();
        let since = looks.first(line, id, at);
        let body = serde_json::to_value(&looks).map_err(|error| JobError::unreadable("looks", &error))?;
        tx.put(Shelf::Settling, &Document { name: name.clone(), body, at }).await?;
        Ok(since)
    })
}

/// The first looks that did not show what was done, of each step or row.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Looks {
    /// The last line that the execution had written by then.
    line: Option<u64>,
    #[serde(default)]
    since: BTreeMap<PlanStepId, Timestamp>,
}

impl Looks {
    fn read(kept: Document) -> Result<Self, JobError> {
        serde_json::from_value(kept.body).map_err(|error| JobError::unreadable("looks", &error))
    }

    fn first(&mut self, line: Option<u64>, id: &PlanStepId, now: Timestamp) -> Timestamp {
        if self.line != line {
            self.since.clear();
            self.line = line;
        }
        *self.since.entry(id.clone()).or_insert(now)
    }
}
