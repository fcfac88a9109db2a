//! The renewal as a job: goes on with one that is not over, begins one when it is time, rehearses every night, and
//! tells administrators in good time what stands in the way.

use jiff::{SignedDuration, Timestamp};
use store::jobs::JobEnd;
use store::{Tx, transaction};

use super::advance::{Halt, advance};
use super::begin::begin;
use super::decide::Wait;
use super::obstacle::{Obstacle, Stop};
use super::rehearsal::{self, Alarmed, Rehearsal, rehearse};
use super::renewal::{Phase, Renewal};
use super::{journal, window};
use crate::config::Credentials;
use crate::jobs::{About, Alarm, JobError, Task};
use crate::people;
use crate::service::Service;
use crate::setup::Words;

/// Days before the end at which administrators are told, when something stands in the way.
const MARKS: [i64; 5] = [60, 30, 14, 7, 1];
/// Between two rehearsals.
const NIGHTLY: SignedDuration = SignedDuration::from_hours(20);
const DAY: i64 = 24 * 3600;
const BY: &str = "service";

/// One run.
pub(crate) async fn keep(service: &Service) -> Result<JobEnd, JobError> {
    let Some(configured) = &service.config.credentials else {
        return Ok(JobEnd::Done);
    };
    if service.config.app.certificate.is_none() {
        return Ok(JobEnd::Done);
    }
    // Monitoring sees from the start what was found last, whatever is under way now.
    if let Some(last) = rehearsal::last(service).await? {
        show(last.ends, service.now(), last.obstacles.len());
    }
    let holder = format!("{BY} {}", m365::random_uuid());
    let done = renew(service, configured, &holder).await;
    journal::release(service, &holder).await?;
    match done {
        Ok(Some(end)) => Ok(end),
        Ok(None) => look(service, configured).await,
        // A person drives it.
        Err(Stop::Obstacle(Obstacle::Busy { .. })) => Ok(JobEnd::Done),
        Err(Stop::Obstacle(obstacle)) => {
            let ends = relied_on_until(service).await.map_err(job)?;
            found(service, configured, ends, vec![obstacle]).await?;
            Ok(JobEnd::Done)
        }
        Err(Stop::Job(error)) => Err(error),
    }
}

/// `None`: there is nothing to renew now.
async fn renew(service: &Service, configured: &Credentials, holder: &str) -> Result<Option<JobEnd>, Stop> {
    let last = journal::last(service).await?;
    match last.filter(|(renewal, _)| !renewal.is_over()) {
        Some((renewal, _)) if goes_on(configured, &renewal) => {}
        None if is_due(service, configured).await? => {
            begin(service, holder, BY).await?;
        }
        _ => return Ok(None),
    }
    let later = |until| Some(JobEnd::Later(until, "credentials are being renewed".to_owned()));
    Ok(match advance(service, holder).await? {
        Halt::Wait {
            why: Wait::Overlap, ..
        }
        | Halt::Over => None,
        Halt::Wait { until, .. } | Halt::Unready { until } => later(until),
    })
}

/// The end of what something still relies on: after the switch that is the old one.
async fn relied_on_until(service: &Service) -> Result<Timestamp, Stop> {
    match journal::last(service).await? {
        Some((renewal, _))
            if matches!(renewal.phase, Phase::Switched { .. }) && service.now() < renewal.plan.old.ends =>
        {
            Ok(renewal.plan.old.ends)
        }
        _ => rehearsal::ends(service).await,
    }
}

/// What a person began stays his, but for the old one: once its time is over it is taken out, or the renewal of the
/// next year would find this one unfinished.
fn goes_on(configured: &Credentials, renewal: &Renewal) -> bool {
    configured.automatic.enabled || matches!(renewal.phase, Phase::Switched { .. })
}

async fn is_due(service: &Service, configured: &Credentials) -> Result<bool, Stop> {
    if !configured.automatic.enabled {
        return Ok(false);
    }
    let ends = rehearsal::ends(service).await?;
    Ok(window::is_due(configured, &service.calendar, ends, service.now()))
}

/// The rehearsal of the night, unless there was one.
async fn look(service: &Service, configured: &Credentials) -> Result<JobEnd, JobError> {
    let now = service.now();
    let last = rehearsal::last(service).await?;
    let ends = rehearsal::ends(service).await.map_err(job)?;
    let fresh = last.filter(|last| last.ends == ends && now.duration_since(last.at) < NIGHTLY);
    if let Some(last) = fresh {
        show(ends, now, last.obstacles.len());
        return Ok(JobEnd::Done);
    }
    match rehearse(service).await {
        Ok((old, obstacles)) => found(service, configured, old.ends, obstacles).await?,
        Err(stop) => return Err(job(stop)),
    }
    Ok(JobEnd::Done)
}

fn job(stop: Stop) -> JobError {
    match stop {
        Stop::Obstacle(obstacle) => JobError::Stuck(obstacle.words().en),
        Stop::Job(error) => error,
    }
}

/// What monitoring sees.
fn show(ends: Timestamp, now: Timestamp, obstacles: usize) {
    metrics::gauge!("credential_seconds_left").set(ends.duration_since(now).as_secs_f64());
    metrics::gauge!("credential_obstacles").set(u32::try_from(obstacles).unwrap_or(u32::MAX));
}

/// Keeps what was found, and has administrators told at the marks.
async fn found(
    service: &Service,
    configured: &Credentials,
    ends: Timestamp,
    obstacles: Vec<Obstacle>,
) -> Result<(), JobError> {
    let now = service.now();
    show(ends, now, obstacles.len());
    transaction!(service.store.write(&service.tenant), tx => {
        let before = Rehearsal::of(tx).await?.and_then(|before| before.alarmed);
        let why = in_the_way(configured, &obstacles);
        let alarmed = due_mark(ends, now, before).filter(|_| why.is_some());
        if let (Some(mark), Some(why)) = (alarmed, &why) {
            alarm(tx, service, mark, why).await?;
        }
        // Those who lag say so themselves, and an older version cannot read of them.
        let kept = obstacles.iter().filter(|one| !matches!(one, Obstacle::Lagging { .. }));
        let obstacles = kept.cloned().collect();
        let alarmed = alarmed.or(before);
        Rehearsal { at: now, ends, obstacles, alarmed }.keep(tx).await
    })
}

/// `None`: it renews itself.
fn in_the_way(configured: &Credentials, obstacles: &[Obstacle]) -> Option<Words> {
    if obstacles.is_empty() && !configured.automatic.enabled {
        return Some(Words::new(
            "自動更新が無効です。`provisioning-flow credentials renew` を実行してください",
            "automatic renewal is off: run `provisioning-flow credentials renew`",
        ));
    }
    let said: Vec<Words> = obstacles.iter().map(Obstacle::words).collect();
    let all = |of: fn(&Words) -> &str| said.iter().map(of).collect::<Vec<_>>().join("\n");
    (!said.is_empty()).then(|| Words::new(all(|words| &words.ja), all(|words| &words.en)))
}

/// The nearest mark that was passed and of which nobody was told for this end.
fn due_mark(ends: Timestamp, now: Timestamp, before: Option<Alarmed>) -> Option<Alarmed> {
    let left = ends.duration_since(now).as_secs();
    let days = MARKS.into_iter().filter(|mark| left <= mark * DAY).min()?;
    let told = before.filter(|before| before.ends == ends && before.days <= days);
    told.is_none().then_some(Alarmed { ends, days })
}

async fn alarm(tx: &mut Tx, service: &Service, mark: Alarmed, why: &Words) -> Result<(), JobError> {
    for to in people::administrators(tx).await? {
        let alarm = Alarm {
            to,
            work: "credentials".to_owned(),
            why: why.en.clone(),
            day: service.today(),
            about: About::Credentials {
                ends: mark.ends,
                days: mark.days,
                ja: Some(why.ja.clone()),
            },
        };
        tx.enqueue(&Task::Alarm(Box::new(alarm)).job(service.now())?)
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn each_mark_is_told_once_for_each_end_and_a_missed_one_is_not_made_up_for() {
        let ends = at(100 * DAY);
        let mark = |day: i64, before| due_mark(ends, at(day * DAY), before).map(|mark| mark.days);
        let told = |days| Some(Alarmed { ends, days });
        assert_eq!(mark(39, None), None);
        assert_eq!(mark(40, None), Some(60));
        assert_eq!(mark(41, told(60)), None);
        assert_eq!(mark(70, told(60)), Some(30));
        assert_eq!(mark(94, told(60)), Some(7), "down for a month");
        assert_eq!(mark(99, told(7)), Some(1));
        assert_eq!(mark(101, told(1)), None);
        let other = Some(Alarmed { ends: at(0), days: 1 });
        assert_eq!(
            mark(99, other),
            Some(1),
            "an alarm of the one before says nothing of this one"
        );
    }
}
