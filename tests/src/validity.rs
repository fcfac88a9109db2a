//! Whether our app could prove itself at every moment: its registration is looked at without a rest.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use dev_tenant::directory::AppId;
use dev_tenant::world::World;
use jiff::Timestamp;
use tokio::task::JoinHandle;

use crate::house::{House, pause};

const LOOK: Duration = Duration::from_millis(2);

/// What was seen.
#[derive(Debug, Default)]
pub struct Seen {
    pub looks: usize,
    /// Moments at which no registered certificate was within its time.
    pub without: Vec<Timestamp>,
    /// The most that were registered at once.
    pub most: usize,
}

pub struct Validity {
    seen: Arc<Mutex<Seen>>,
    task: JoinHandle<()>,
}

impl Validity {
    pub fn watch(house: &House) -> Self {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let world = Arc::clone(&house.tenant.world);
        let task = tokio::spawn(look(world, house.our_app().app_id, Arc::clone(&seen)));
        Self { seen, task }
    }

    pub fn end(self) -> Seen {
        self.task.abort();
        std::mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn look(world: Arc<World>, app: AppId, seen: Arc<Mutex<Seen>>) {
    loop {
        let now = world.clock.now();
        note(&seen, now, &ends(&world, app));
        pause(LOOK).await;
    }
}

fn note(seen: &Mutex<Seen>, now: Timestamp, ends: &[Timestamp]) {
    let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    seen.looks += 1;
    seen.most = seen.most.max(ends.len());
    if !ends.iter().any(|end| now < *end) {
        seen.without.push(now);
    }
}

/// When the registered certificates end.
fn ends(world: &World, app: AppId) -> Vec<Timestamp> {
    let tenant = world.tenant();
    let registered = tenant.directory.apps.get(&app).expect("our registration");
    let certificates = registered.certificates.iter();
    let certificates = certificates.filter(|one| !one.removed);
    certificates.map(|one| one.not_after).collect()
}
