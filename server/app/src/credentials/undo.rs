//! The way back, open until the old credential is gone.

use store::transaction;

use super::advance::write;
use super::event::Event;
use super::obstacle::{Obstacle, Stop};
use super::renewal::Phase;
use super::{checks, in_use, journal};
use crate::jobs::JobError;
use crate::service::Service;

/// Turns the renewal that is not over back, as `by` wishes and for this reason. `advance` then does the rest. False: there is none to turn back.
pub(crate) async fn undo(service: &Service, holder: &str, (by, why): (&str, &str)) -> Result<bool, Stop> {
    let held: Result<(), Stop> = transaction!(service.store.write(&service.tenant), tx =>
        journal::hold(tx, service, holder).await);
    held?;
    let Some((renewal, _)) = journal::last(service).await? else {
        return Ok(false);
    };
    match renewal.phase {
        Phase::RollingBack(_) => return Ok(true),
        _ if renewal.is_over() => return Ok(false),
        _ => {}
    }
    if renewal.plan.old.ends <= service.now() {
        return Err(Obstacle::NoWayBack.into());
    }
    // The old one must do its calls before anybody goes back to it.
    let old = in_use::proofs(service, std::slice::from_ref(&renewal.plan.old.which)).await?;
    for proof in old {
        let proved = checks::round(service, &proof).await;
        match proved.map_err(|failed| failed.error) {
            Err(JobError::Remote(error)) if super::obstacle::is_not_taken(&error) => {
                return Err(Obstacle::NoWayBack.into());
            }
            Err(JobError::Remote(error)) => return Err(error.into()),
            proved => proved.map(drop)?,
        }
    }
    let (why, by) = (why.to_owned(), Some(by.to_owned()));
    write(service, holder, &renewal, &Event::Undoing { why, by }).await?;
    Ok(true)
}
