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

pub(super) const TOO_LATE: &str = "Microsoft 365 did not show the change in time";

/// After [`LIMIT`] a person must look.
pub(super) async fn wait(service: &Service, case: &Case, id: &PlanStepId) -> Result<Round, JobError> {
    overdue(service, case, id.as_str()).await?;
    let command = park(id, TOO_LATE);
    act(service, &case.row.id, &[command], &[]).await
}

/// [`LIMIT`] has passed since a look first did not show what `what` did, a step or a step of a row; else
/// [`JobError::Settling`].
pub(super) async fn overdue(service: &Service, case: &Case, what: &str) -> Result<(), JobError> {
    let waited = service.now().duration_since(since(service, case, what).await?);
    if waited < LIMIT {
        return Err(JobError::Settling { waited });
    }
    Ok(())
}

/// The first look since the execution last wrote a line; a retry of the step is one.
async fn since(service: &Service, case: &Case, what: &str) -> Result<Timestamp, JobError> {
    let story = Story::tell(service, case).await?;
    let ours = story.lines.iter().rev();
    let mut ours = ours.filter(|line| !matches!(line.event, Event::NotCounted { .. }));
    let line = ours.next().map(|line| line.seq);
    let (name, at) = (case.row.id.to_string(), service.now());
    transaction!(service.store.write(&service.tenant), tx => {
        let kept = tx.get(Shelf::Settling, &name).await?;
        let mut looks = kept.map(Looks::read).transpose()?.unwrap_or_default();
        let since = looks.first(line, what, at);
        let body = serde_json::to_value(&looks).map_err(|error| JobError::unreadable("looks", &error))?;
        tx.put(Shelf::Settling, &Document { name: name.clone(), body, at }).await?;
        Ok(since)
    })
}

/// The first looks that did not show what was done, of each step or step of a row.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Looks {
    /// The last line that the execution had written by then.
    line: Option<u64>,
    #[serde(default)]
    since: BTreeMap<String, Timestamp>,
}

impl Looks {
    fn read(kept: Document) -> Result<Self, JobError> {
        serde_json::from_value(kept.body).map_err(|error| JobError::unreadable("looks", &error))
    }

    fn first(&mut self, line: Option<u64>, what: &str, now: Timestamp) -> Timestamp {
        if self.line != line {
            self.since.clear();
            self.line = line;
        }
        *self.since.entry(what.to_owned()).or_insert(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_of_a_row_has_its_own_time_and_a_line_begins_all_of_them_anew() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let mut looks = Looks::default();
        assert_eq!(looks.first(Some(1), "row:1/create-user", at(0)), at(0));
        assert_eq!(looks.first(Some(1), "row:2/create-user", at(1)), at(1));
        assert_eq!(looks.first(Some(1), "row:1/set-manager", at(1_100)), at(1_100));
        assert_eq!(looks.first(Some(1), "row:1/create-user", at(1_200)), at(0));
        assert_eq!(looks.first(Some(2), "row:1/create-user", at(1_300)), at(1_300));
    }
}
