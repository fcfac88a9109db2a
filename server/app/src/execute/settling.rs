//! Waiting until Microsoft 365 shows a change, but not for ever: counted from the first look that did not show it, and
//! whatever people write into the application meanwhile begins nothing anew.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
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
    let first = Document {
        name: case.row.id.to_string(),
        body: json!({ "step": id, "line": ours.next().map(|line| line.seq) }),
        at: service.now(),
    };
    transaction!(service.store.write(&service.tenant), tx => {
        let kept = tx.get(Shelf::Settling, &first.name).await?;
        if let Some(kept) = kept.filter(|kept| kept.body == first.body) {
            return Ok(kept.at);
        }
        tx.put(Shelf::Settling, &first).await?;
        Ok(first.at)
    })
}
