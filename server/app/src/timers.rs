//! What happens although nobody calls: walks, masters, webhooks, changes of people. Timers only enqueue; the job table does the rest.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use store::transaction;
use tokio::sync::watch;

use crate::jobs::{JobError, Task};
use crate::service::{Service, WatchedList};

/// The clock may be moved by others, so it is looked at this often.
const LOOK: Duration = Duration::from_secs(1);
/// Subscriptions are checked this often, in seconds.
const WEBHOOKS: u32 = 3_600;

/// Enqueues what is due until `stop` turns true; everything once at the start.
pub(crate) async fn run(service: Arc<Service>, mut stop: watch::Receiver<bool>) {
    let timing = &service.config.timing;
    let mut timers = vec![
        Timer::new(
            Task::Walk {
                list: WatchedList::Inbox,
            },
            timing.walk,
        ),
        Timer::new(
            Task::Walk {
                list: WatchedList::Applications,
            },
            timing.walk,
        ),
        Timer::new(Task::Masters, timing.masters),
        Timer::new(Task::Webhooks, WEBHOOKS),
        Timer::new(Task::People, timing.people),
        Timer::new(Task::Administrators, timing.people),
    ];
    while !*stop.borrow() {
        for timer in &mut timers {
            if let Err(error) = timer.look(&service).await {
                tracing::error!(error = &error as &dyn std::error::Error, "timer");
            }
        }
        let _ = tokio::time::timeout(LOOK, stop.changed()).await;
    }
}

struct Timer {
    task: Task,
    every: SignedDuration,
    last: Option<Timestamp>,
}

impl Timer {
    fn new(task: Task, seconds: u32) -> Self {
        Self {
            task,
            every: SignedDuration::from_secs(i64::from(seconds)),
            last: None,
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
        let job = self.task.job(now)?;
        let asked: Result<_, JobError> =
            transaction!(service.store.write(&service.tenant), tx => Ok(tx.enqueue(&job).await?));
        asked?;
        self.last = Some(now);
        Ok(())
    }
}
