//! Takes due jobs and runs a few of them side by side until told to stop.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};
use store::jobs::{Claim, Job, JobEnd, Priority};
use store::{StoreError, transaction};
use tokio::sync::futures::Notified;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::refused::Refusal;
use super::{JobError, Task, parked, refused};
use crate::service::Service;

/// Jobs that run at the same time in one instance.
const SIDE_BY_SIDE: usize = 6;
/// So many more of those that yield to people, mails among them: however much people ask for, these go on.
const YIELDING: usize = 4;
/// A run that takes longer is broken off and comes again.
const LONGEST_RUN: Duration = Duration::from_secs(110);
/// What a worker that was killed held is taken up by another after this long.
const LEASE: SignedDuration = SignedDuration::from_secs(20);
/// A worker that lives renews its lease this often, by the clock that the lease runs by.
const RENEW: SignedDuration = SignedDuration::from_secs(5);
/// A worker looks at that clock this often; it may be moved by others.
const LOOK_AT_LEASE: Duration = Duration::from_millis(100);
/// Due times are looked at this often when nothing else wakes us; the clock may be moved by others.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// Runs jobs until `stop` turns true, then waits for those under way. `owner` names this instance.
pub async fn run(service: Arc<Service>, owner: String, stop: watch::Receiver<bool>) {
    let all = Places {
        number: SIDE_BY_SIDE,
        from: Priority::Person,
    };
    let yielding = Places {
        number: YIELDING,
        from: Priority::Sweep,
    };
    tokio::join!(
        all.fill(&service, &owner, stop.clone()),
        yielding.fill(&service, &owner, stop)
    );
}

/// Where so many jobs run at the same time that are at most as pressing.
struct Places {
    number: usize,
    from: Priority,
}

impl Places {
    async fn fill(self, service: &Arc<Service>, owner: &str, mut stop: watch::Receiver<bool>) {
        let slots = Arc::new(Semaphore::new(self.number));
        let wake = service.store.wake();
        let mut running = JoinSet::new();
        while !*stop.borrow() {
            // Whoever yields looks now and then; what comes is for those who do not.
            let news = (self.from == Priority::Person).then(|| wake.notified());
            let taken = take(service, owner, (slots.available_permits(), self.from)).await;
            let nothing = taken.is_empty();
            for job in taken {
                let Ok(slot) = Arc::clone(&slots).acquire_owned().await else {
                    return;
                };
                let service = Arc::clone(service);
                running.spawn(async move {
                    one(&service, job).await;
                    drop(slot);
                });
            }
            if nothing {
                tokio::select! {
                    () = told(news) => {}
                    // A place is free.
                    Some(_) = running.join_next() => {}
                    _ = tokio::time::timeout(LOOK_AGAIN, std::future::pending::<()>()) => {}
                    _ = stop.changed() => {}
                }
            }
            while running.try_join_next().is_some() {}
        }
        while running.join_next().await.is_some() {}
    }
}

async fn told(news: Option<Notified<'_>>) {
    match news {
        Some(news) => news.await,
        None => std::future::pending().await,
    }
}

async fn take(service: &Service, owner: &str, (free, from): (usize, Priority)) -> Vec<Job> {
    if free == 0 {
        return Vec::new();
    }
    let claim = Claim {
        now: service.clock.now(),
        owner: owner.to_owned(),
        lease: LEASE,
        limit: i64::try_from(free).unwrap_or(1),
        from,
    };
    service.store.claim(&claim).await.unwrap_or_else(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "no jobs can be claimed");
        Vec::new()
    })
}

/// A run that panics ends like one that has to wait: it comes again after growing pauses, and not whenever its lease has
/// run out.
async fn unbroken(run: impl Future<Output = Result<JobEnd, JobError>>) -> Result<JobEnd, JobError> {
    let run = AssertUnwindSafe(run).catch_unwind().await;
    run.unwrap_or_else(|_| {
        tracing::error!("a run panicked: the line before tells where, report it");
        Err(JobError::Wait("the program met what it does not expect"))
    })
}

async fn one(service: &Service, job: Job) {
    let run = tokio::select! {
        run = tokio::time::timeout(LONGEST_RUN, unbroken(work(service, &job))) => run,
        () = hold(service, job.clone()) => {
            // Somebody else took over. What we did was repeatable; its end is theirs.
            tracing::warn!(kind = job.kind, key = job.key, "lease lost");
            return;
        }
    };
    let refusal = match &run {
        Ok(Err(error)) => Refusal::of(error),
        _ => None,
    };
    let end = match run {
        Ok(Ok(end)) => end,
        Ok(Err(error)) => error.end(service.clock.now(), job.attempts),
        Err(_) => JobError::Wait("the run took too long").end(service.clock.now(), job.attempts),
    };
    note(&job, &end);
    match finish(service, &job, &end, refusal.as_ref()).await {
        Ok(()) => {}
        // The lease ran out and somebody else took over: what we did was repeatable, its end is theirs.
        Err(JobError::Store(StoreError::Fenced { .. })) => {
            tracing::warn!(kind = job.kind, key = job.key, "lease lost");
        }
        Err(error) => tracing::error!(
            error = &error as &dyn std::error::Error,
            kind = job.kind,
            "end not kept"
        ),
    }
}

async fn finish(
    service: &Service,
    job: &Job,
    end: &JobEnd,
    refusal: Option<&Refusal>,
) -> Result<(), JobError> {
    transaction!(service.store.write(&job.tenant), tx => {
        tx.finish(job, end).await?;
        match (end, refusal) {
            (JobEnd::Park(why), _) => parked::tell(tx, service, job, why).await,
            (_, Some(refusal)) => refused::tell(tx, service, job, refusal).await,
            _ => Ok(()),
        }
    })
}

/// Renews the lease for as long as it is ours. Whoever cannot renew it in time stops working before somebody else takes
/// over.
async fn hold(service: &Service, mut job: Job) {
    let mut rhythm = tokio::time::interval(LOOK_AT_LEASE);
    let mut renewed = service.clock.now();
    loop {
        rhythm.tick().await;
        let now = service.clock.now();
        if now.duration_since(renewed) < RENEW {
            continue;
        }
        let until = now.checked_add(LEASE).unwrap_or(job.lease.until);
        let ends = job.lease.until;
        let renewal = tokio::select! {
            renewal = service.store.renew(&mut job, until) => renewal,
            () = lapsed(service, ends) => return,
        };
        match renewal {
            Ok(()) => {}
            Err(StoreError::Fenced { .. }) => return,
            Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "lease not renewed"),
        }
        renewed = now;
    }
}

/// Until a lease that ends then has run out. A clock that leaps leaves a moment to renew it.
async fn lapsed(service: &Service, ends: Timestamp) {
    let mut rhythm = tokio::time::interval(LOOK_AT_LEASE);
    rhythm.tick().await;
    loop {
        rhythm.tick().await;
        if service.clock.now() >= ends {
            return;
        }
    }
}

fn note(job: &Job, end: &JobEnd) {
    let (outcome, why) = match end {
        JobEnd::Done => ("done", ""),
        JobEnd::Later(_, why) | JobEnd::Onward(_, why) => ("later", why.as_str()),
        JobEnd::Park(why) => ("parked", why.as_str()),
        JobEnd::Drop(why) => ("dropped", why.as_str()),
    };
    metrics::counter!("jobs_total", "kind" => job.kind.clone(), "outcome" => outcome).increment(1);
    match end {
        JobEnd::Done => tracing::debug!(kind = job.kind, key = job.key, "job {} done", job.key),
        JobEnd::Later(..) | JobEnd::Onward(..) => {
            tracing::info!(kind = job.kind, key = job.key, why, "job {} comes again", job.key);
        }
        _ => tracing::warn!(kind = job.kind, key = job.key, why, "job {} {outcome}", job.key),
    }
}

async fn work(service: &Service, job: &Job) -> Result<JobEnd, JobError> {
    let task = Task::read(job).map_err(|error| JobError::unreadable("the job", &error))?;
    task.account()
        .run(Box::pin(carry_out(service, task, job.attempts)))
        .await
}

async fn carry_out(service: &Service, task: Task, attempts: i64) -> Result<JobEnd, JobError> {
    match task {
        Task::Walk { list } => crate::walk::run(service, list).await,
        Task::Prepare { application } => Box::pin(crate::prepare::run(service, &application)).await,
        Task::Judge { application } => crate::judge::run(service, &application).await,
        Task::Decide {
            application,
            decision,
        } => Box::pin(crate::decisions::run(service, &application, &decision)).await,
        Task::Due { application } => crate::deadlines::run(service, &application).await,
        Task::Expire { application } => crate::expire::run(service, &application).await,
        Task::Represent { application } => crate::deputies::follow(service, &application).await,
        Task::Deputies => crate::deputies::sweep(service).await,
        Task::Mail(wish) => crate::post::run(service, &wish).await,
        Task::Leftovers { key } => crate::post::clear(service, &key).await,
        Task::Absences => crate::absences::look(service).await,
        Task::Alarm(alarm) => parked::warn(service, &alarm).await,
        Task::Digest { person } => crate::digest::run(service, &person).await,
        Task::Publish { application } => crate::publish::run(service, &application).await,
        Task::Inbox { item } => crate::inbox::run(service, item).await,
        Task::Masters => crate::masters::run(service).await.map_err(before_setup),
        Task::Owners => crate::ownerless::run(service).await,
        Task::Adopted { object } => crate::ownerless::adopted(service, object).await,
        Task::Execute { application } => crate::execute::run(service, &application).await,
        Task::Webhooks => crate::setup::hints::keep(service).await.map_err(before_setup),
        Task::Fold { application, fold } => crate::shards::fold(service, &application, &fold).await,
        Task::Credentials => crate::credentials::keep(service).await,
        Task::Ledger => crate::shards::compare(service).await.map_err(before_setup),
        Task::Scopes => crate::shards::look(service).await.map_err(before_setup),
        Task::Heartbeat => crate::heartbeat::beat(service).await.map_err(before_setup),
        Task::Reconcile { scope } => crate::reconcile::stride(service, scope)
            .await
            .map_err(before_setup),
        Task::People => crate::following::people(service).await,
        Task::Administrators => crate::following::administrators(service).await,
        Task::Person { person, hint } => crate::following::person(service, &person, &hint, attempts).await,
        Task::Password {
            handover,
            manager,
            account,
        } => crate::handover::show(service, handover, &manager, account).await,
    }
}

/// Timers start before the lists stand: what is missing then comes with setup.
fn before_setup(error: JobError) -> JobError {
    match error {
        JobError::Remote(error) if error.is_not_found() => {
            JobError::Wait("the lists do not exist yet; run setup")
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestService;

    #[tokio::test]
    async fn a_run_that_panics_comes_again_after_growing_pauses() {
        let broken = unbroken(async { panic!("as if something was forgotten") }).await;
        let broken = broken.unwrap_err();
        let pause = |attempts| match broken.end(Timestamp::UNIX_EPOCH, attempts) {
            JobEnd::Later(at, _) => at.as_second(),
            end => panic!("{end:?}"),
        };
        assert!(pause(1) < pause(2) && pause(2) < pause(12));
    }

    /// The database answers nobody for longer than a lease runs.
    #[tokio::test]
    async fn a_worker_who_cannot_renew_his_lease_stops_before_another_takes_over() {
        let test = TestService::open().await;
        let service = &test.service;
        let asked: Result<(), JobError> = transaction!(service.store.write(&service.tenant), tx =>
            Ok(tx.enqueue(&Task::Masters.job(service.now())?).await?));
        asked.unwrap();
        let job = take(service, "test", (1, Priority::Person)).await.pop().unwrap();
        let other = Task::Ledger.job(service.now()).unwrap();
        let held: Result<bool, JobError> = transaction!(service.store.write(&service.tenant), tx => {
            tx.enqueue(&other).await?;
            let leap = async {
                let mut rhythm = tokio::time::interval(LOOK_AT_LEASE);
                rhythm.tick().await;
                rhythm.tick().await;
                test.later(LEASE);
            };
            let both = async { tokio::join!(hold(service, job.clone()), leap) };
            Ok(tokio::time::timeout(RENEW.unsigned_abs(), both).await.is_ok())
        });
        assert!(held.unwrap(), "he goes on without a lease");
    }
}
