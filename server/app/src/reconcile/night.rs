//! The nightly run: asked for once for each night.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, civil};
use serde_json::json;
use store::{Document, Shelf, Tx, transaction};

use super::begin;
use super::progress::{Mode, Scope};
use crate::jobs::JobError;
use crate::service::Service;

/// Beside the runs: the night for which one was asked last.
const NAME: &str = "night";
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// Asks for the nightly run when its hour has passed, also when a night was missed. Once: how a run that does not
/// come to its end goes on is the schedule of its job.
pub async fn ensure_nightly(service: &Service) -> Result<(), JobError> {
    let due = newest(service);
    let asked: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => Ok(tx.get(Shelf::Reconcile, NAME).await?));
    if asked?.is_some_and(|night| night.at >= due) {
        return Ok(());
    }
    let last = super::load(service, Scope::Open, Mode::Repair).await?;
    if last.is_none_or(|run| run.started < due) {
        begin(service, Scope::Open, Mode::Repair).await?;
    }
    transaction!(service.store.write(&service.tenant), tx => keep(tx, due).await)
}

/// The night that has come last.
pub(crate) fn newest(service: &Service) -> Timestamp {
    let nightly = &service.config.nightly;
    let zone = nightly.zone().unwrap_or(TimeZone::UTC);
    newest_night(service.now(), nightly.at, &zone)
}

async fn keep(tx: &mut Tx, night: Timestamp) -> Result<(), JobError> {
    let document = Document {
        name: NAME.to_owned(),
        body: json!({}),
        at: night,
    };
    Ok(tx.put(Shelf::Reconcile, &document).await?)
}

/// The last moment, not after `now`, at which clocks in `zone` showed `at`.
fn newest_night(now: Timestamp, at: civil::Time, zone: &TimeZone) -> Timestamp {
    let on = |date: civil::Date| {
        let moment = date.to_datetime(at).to_zoned(zone.clone());
        moment.map(|moment| moment.timestamp()).ok()
    };
    let today = now.to_zoned(zone.clone()).date();
    let nights = [Some(today), today.yesterday().ok()];
    let mut nights = nights.into_iter().flatten().filter_map(on);
    let night = nights.find(|night| *night <= now);
    night.unwrap_or_else(|| now.checked_sub(A_DAY).unwrap_or(now))
}

#[cfg(test)]
mod tests;
