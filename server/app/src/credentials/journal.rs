//! The journal of renewals in the store, and the lease of whoever drives one.

use jiff::{SignedDuration, Timestamp};
use store::{RenewalLease, RenewalLine, StoreError, Tx, transaction};

use super::event::Event;
use super::obstacle::{Obstacle, Stop};
use super::renewal::Renewal;
use crate::jobs::JobError;
use crate::service::Service;

/// A driver that was killed is followed by another after this long. Longer than the longest call.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_mins(3);

pub(super) type Lines = Vec<(Timestamp, Event)>;

/// The last renewal with its lines, if there ever was one.
pub(crate) async fn last(service: &Service) -> Result<Option<(Renewal, Lines)>, Stop> {
    transaction!(service.store.read(&service.tenant), tx => read(tx).await)
}

async fn read(tx: &mut Tx) -> Result<Option<(Renewal, Lines)>, Stop> {
    match tx.last_renewal().await? {
        Some(number) => of(tx, number).await,
        None => Ok(None),
    }
}

/// One renewal with its lines.
pub(super) async fn of(tx: &mut Tx, number: i64) -> Result<Option<(Renewal, Lines)>, Stop> {
    let unreadable = |error: &dyn std::fmt::Display| JobError::unreadable("the journal of a renewal", error);
    let lines = tx.renewal(number).await?.into_iter();
    let lines = lines.map(|line| Ok((line.at, serde_json::from_value(line.body)?)));
    let lines: Result<Lines, serde_json::Error> = lines.collect();
    let lines = lines.map_err(|error| unreadable(&error))?;
    let renewal = Renewal::fold(number, &lines).map_err(|error| unreadable(&error))?;
    Ok(renewal.map(|renewal| (renewal, lines)))
}

/// The next line of a renewal, under the lease.
pub(super) async fn add(
    tx: &mut Tx,
    (service, holder): (&Service, &str),
    (number, lines): (i64, i64),
    event: &Event,
) -> Result<(), Stop> {
    hold(tx, service, holder).await?;
    let line = RenewalLine {
        seq: lines + 1,
        at: service.now(),
        body: serde_json::to_value(event).map_err(|error| JobError::unreadable("a line", &error))?,
    };
    Ok(tx.add_renewal_line(number, &line).await?)
}

/// Takes or renews the lease; whoever else has it is told.
pub(super) async fn hold(tx: &mut Tx, service: &Service, holder: &str) -> Result<(), Stop> {
    let now = service.now();
    let until = now.checked_add(LEASE).unwrap_or(Timestamp::MAX);
    match tx.hold_renewal(holder, now, until).await? {
        RenewalLease::Ours => Ok(()),
        RenewalLease::Held { by, until } => {
            let left = until.duration_since(now);
            Err(Obstacle::Busy { by, left }.into())
        }
    }
}

/// Gives the lease back; a run that is killed leaves it to its end.
pub(crate) async fn release(service: &Service, holder: &str) -> Result<(), StoreError> {
    transaction!(service.store.write(&service.tenant), tx => tx.release_renewal(holder).await)
}
