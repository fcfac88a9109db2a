//! What happens although nobody calls: walks, masters, webhooks, changes of people. Timers only enqueue; the job table does the rest.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use store::transaction;
use tokio::sync::watch;

use crate::jobs::{JobError, Task};
use crate::service::Service;
use crate::walk;

/// The clock may be moved by others, so it is looked at this often.
const LOOK: Duration = Duration::from_secs(1);
/// Subscriptions are checked this often, in seconds.
const WEBHOOKS: u32 = 3_600;
/// The budget of scopes is looked at this often, in seconds; sealing looks at it too.
const SCOPES: u32 = 3_600;
/// Applications are compared with the register of deputies this often, in seconds; so they are when it changes.
const DEPUTIES: u32 = 3_600;
/// Whether credentials are to be renewed is looked at this often, in seconds: the window may be short.
const CREDENTIALS: u32 = 600;
/// Whether this night's search for owners was made is looked at this often, in seconds.
const OWNERS: u32 = 3_600;
/// Our rows are compared with SharePoint's scopes this often, in seconds.
const LEDGER: u32 = 24 * 3_600;

/// Enqueues what is due until `stop` turns true; everything once at the start.
pub(crate) async fn run(service: Arc<Service>, mut stop: watch::Receiver<bool>) {
    let timing = &service.config.timing;
    let mut timers = vec![
        Timer::new(Due::Walks, timing.walk),
        Timer::new(Due::Task(Task::Masters), timing.masters),
        Timer::new(Due::Task(Task::Webhooks), WEBHOOKS),
        Timer::new(Due::Task(Task::Scopes), SCOPES),
        Timer::new(Due::Task(Task::Credentials), CREDENTIALS),
        Timer::new(Due::Task(Task::Ledger), LEDGER),
        Timer::new(Due::Task(Task::Owners), OWNERS),
        Timer::new(Due::Task(Task::Deputies), DEPUTIES),
        Timer::later(Due::Task(Task::Heartbeat), timing.heartbeat, service.clock.now()),
        Timer::new(Due::Task(Task::People), timing.people),
        Timer::new(Due::Task(Task::Administrators), timing.people),
    ];
    if let Some(absences) = &service.config.absences {
        timers.push(Timer::new(Due::Task(Task::Absences), absences.every));
    }
    while !*stop.borrow() {
        for timer in &mut timers {
            if let Err(error) = timer.look(&service).await {
                tracing::error!(error = &error as &dyn std::error::Error, "timer");
            }
        }
        if let Err(error) = crate::reconcile::ensure_nightly(&service).await {
            tracing::error!(error = &error as &dyn std::error::Error, "nightly");
        }
        let _ = tokio::time::timeout(LOOK, stop.changed()).await;
    }
}

/// What a timer asks for.
enum Due {
    /// A walk of every list.
    Walks,
    Task(Task),
}

struct Timer {
    due: Due,
    every: SignedDuration,
    last: Option<Timestamp>,
}

impl Timer {
    fn new(due: Due, seconds: u32) -> Self {
        Self {
            due,
            every: SignedDuration::from_secs(i64::from(seconds)),
            last: None,
        }
    }

    /// For the first time one interval after `now`.
    fn later(due: Due, seconds: u32, now: Timestamp) -> Self {
        Self {
            last: Some(now),
            ..Self::new(due, seconds)
        }
    }

    async fn look(&mut self, service: &Service) -> Result<(), JobError> {
        let now = service.clock.now();
        if self
            .last
            .is_some_and(|last| now.duration_since(last) < self.every)
        {
            return Ok(());
        }
        let asked: Result<(), JobError> = transaction!(service.store.write(&service.tenant), tx => {
            match &self.due {
                Due::Walks => walk::ask_for_all(tx, now).await,
                Due::Task(task) => Ok(tx.enqueue(&task.job(now)?).await?),
            }
        });
        asked?;
        self.last = Some(now);
        Ok(())
    }
}
