//! How a run begins: by hand, every night, or again after it was broken off.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, civil};
use store::transaction;

use super::progress::{Mode, Run, Scope, Stage};
use super::report::Report;
use super::{lists, task};
use crate::jobs::JobError;
use crate::service::Service;

const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// Begins a run, unless one of the kind is under way: then that one goes on. A run that mends has a
/// job; what stopped the last one is tried again.
pub async fn begin(service: &Service, scope: Scope, mode: Mode) -> Result<Run, JobError> {
    let now = service.now();
    let lists = lists(service).await?;
    transaction!(service.store.write(&service.tenant), tx => {
        let standing = Run::of(tx, scope, mode).await?.filter(|run| !run.is_done());
        let run = if let Some(run) = standing {
            run
        } else {
            let mut total = 0;
            for list in &lists {
                total += tx.count_in_list(list, scope.without()).await?;
            }
            let run = fresh(scope, mode, now, (lists.clone(), total));
            run.keep(tx, now).await?;
            run
        };
        if mode == Mode::Repair {
            let job = task(scope).job(now)?;
            tx.retry_parked(&job.kind, &job.key, now).await?;
            tx.enqueue(&job).await?;
        }
        Ok(run)
    })
}

fn fresh(scope: Scope, mode: Mode, now: Timestamp, (lists, total): (Vec<String>, i64)) -> Run {
    Run {
        scope,
        mode,
        started: now,
        lists,
        stage: Stage::Items { list: 0, after: 0 },
        pending: Vec::new(),
        total,
        looked_at: 0,
        report: Report::default(),
    }
}

/// Goes on with what a stopped service left half done.
pub async fn resume(service: &Service) -> Result<(), JobError> {
    for scope in [Scope::Open, Scope::All] {
        let run = super::load(service, scope, Mode::Repair).await?;
        if run.is_some_and(|run| !run.is_done()) {
            begin(service, scope, Mode::Repair).await?;
        }
    }
    Ok(())
}

/// Begins the nightly run when its hour has passed since the last one began; also when a night was missed.
pub async fn ensure_nightly(service: &Service) -> Result<(), JobError> {
    let nightly = &service.config.nightly;
    let zone = nightly.zone().unwrap_or(TimeZone::UTC);
    let last: Result<_, JobError> = transaction!(service.store.read(&service.tenant), tx =>
        Run::of(tx, Scope::Open, Mode::Repair).await);
    let due = newest_night(service.now(), nightly.at, &zone);
    if last?.is_none_or(|run| run.started < due) {
        begin(service, Scope::Open, Mode::Repair).await?;
    }
    Ok(())
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
mod tests {
    use super::*;

    fn newest(now: &str, at: &str, zone: &str) -> String {
        let zone = TimeZone::get(zone).unwrap();
        newest_night(now.parse().unwrap(), at.parse().unwrap(), &zone).to_string()
    }

    #[test]
    fn the_night_is_local() {
        for (now, zone, night) in [
            ("2026-11-25T02:00:00Z", "UTC", "2026-11-25T02:00:00Z"),
            ("2026-11-25T01:59:59Z", "UTC", "2026-11-24T02:00:00Z"),
            ("2026-11-25T12:00:00Z", "Asia/Tokyo", "2026-11-24T17:00:00Z"),
            ("2026-11-25T16:59:00Z", "Asia/Tokyo", "2026-11-24T17:00:00Z"),
            ("2026-11-25T17:00:00Z", "Asia/Tokyo", "2026-11-25T17:00:00Z"),
            // On this night clocks go from 02:00 to 03:00.
            ("2026-03-29T12:00:00Z", "Europe/Berlin", "2026-03-29T01:00:00Z"),
        ] {
            assert_eq!(newest(now, "02:00", zone), night, "{now} {zone}");
        }
    }
}
