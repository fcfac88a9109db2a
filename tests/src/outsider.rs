//! Somebody who has no part in anything, and looks for rows by every way.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use dev_tenant::world::{Ids, World};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::api;
use crate::house::{House, pause};
use crate::person::Person;
use crate::prying;
use crate::rows;
use crate::ways::{Sight, WAYS, Way, is_bare, look};

/// Lists that only the app and administrators open.
pub const CLOSED: [&str; 2] = ["PFHistory", "PFFiles"];

/// The tenant has others to serve too: he rests so long at least, and in large lists longer than his look took.
const BETWEEN: Duration = Duration::from_millis(10);
const REST: u32 = 3;
/// So many pauses, of more than an hour together, are enough for two rounds of the largest lists.
const PATIENCE: u32 = 400_000;

/// Ways that lead to whatever rows there are.
const COLLECTIONS: [Way; 15] = [
    Way::Items,
    Way::Expanded,
    Way::Paged,
    Way::Filtered,
    Way::Caml,
    Way::Stream,
    Way::Changes,
    Way::TrimmedChanges,
    Way::WebChanges,
    Way::SinceToken,
    Way::BatchedItems,
    Way::BatchedCaml,
    Way::CsomItems,
    Way::CsomChanges,
    Way::ViewPage,
];
/// Which he may open, and find nothing in.
const BINS: [Way; 2] = [Way::RecycleBin, Way::SiteRecycleBin];
/// Change logs that nobody asks to be trimmed.
const LOGS: [Way; 3] = [Way::Changes, Way::WebChanges, Way::CsomChanges];

/// Whether what an outsider got by one way is what he may get. `untrimmed`: SharePoint tells whoever opens a list
/// that something changed in it.
pub fn is_fitting(list: &str, way: Way, sight: &Sight, untrimmed: bool) -> bool {
    let is_collection = COLLECTIONS.contains(&way);
    match sight {
        Sight::Refused => !is_collection || CLOSED.contains(&list),
        Sight::NoRow => is_collection || BINS.contains(&way),
        Sight::Row(rows) => untrimmed && LOGS.contains(&way) && is_bare(rows),
        Sight::Odd(_) => false,
    }
}

/// The next list of applications is there before people may open it; nothing lies in it yet.
fn is_in_the_making(list: &str, way: Way, sight: &Sight) -> bool {
    let is_first = [rows::INBOX, rows::APPLICATIONS].contains(&list) || CLOSED.contains(&list);
    !is_first && *sight == Sight::Refused && COLLECTIONS.contains(&way)
}

/// Sessions last for days; while he goes round so often, time runs for hours.
const SESSION: u32 = 50;

/// How far he came.
#[derive(Default)]
struct Progress {
    looks: AtomicU64,
    /// How often he went through every way in every list.
    rounds: AtomicU64,
    /// The lists that he went through by every way.
    lists: Mutex<BTreeSet<String>>,
    is_told: AtomicBool,
}

/// Somebody who looks.
pub struct Probe {
    progress: Arc<Progress>,
    task: JoinHandle<Result<(), String>>,
}

impl Probe {
    /// Until he went through every way in every list that there is now.
    pub async fn round(&self) {
        // The round in which he is may have begun before the newest list.
        let enough = self.progress.rounds.load(Ordering::Relaxed) + 2;
        for _ in 0..PATIENCE {
            if self.progress.rounds.load(Ordering::Relaxed) >= enough || self.task.is_finished() {
                return;
            }
            pause(BETWEEN).await;
        }
        panic!("an outsider never gets round");
    }

    /// The lists that he went through by every way.
    pub fn lists(&self) -> BTreeSet<String> {
        let lists = self.progress.lists.lock();
        lists.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether he saw something and looks no further.
    pub fn has_ended(&self) -> bool {
        self.task.is_finished()
    }

    /// How often he looked. Panics where he saw what is not his.
    pub async fn stop(self) -> u64 {
        let ended = self.end().await;
        ended.unwrap_or_else(|seen| panic!("an outsider saw {seen}"))
    }

    /// The same, or the first thing that he saw.
    ///
    /// # Errors
    /// What is not his, and by which way.
    pub async fn end(self) -> Result<u64, String> {
        self.progress.is_told.store(true, Ordering::Relaxed);
        let seen = self.task.await;
        seen.map_err(|panicked| panicked.to_string())??;
        Ok(self.progress.looks.load(Ordering::Relaxed))
    }
}

/// Looks by every way in turn, at the newest row or any other of every list, and through our own API and pages, until
/// told to stop or until he sees something. The house serves.
pub fn probe(person: &Arc<Person>, house: &House) -> Probe {
    api::grant_web_parts(house);
    let progress = Arc::new(Progress::default());
    let outsider = Outsider {
        person: Arc::clone(person),
        world: Arc::clone(&house.tenant.world),
        ids: Ids::seeded(1),
        progress: Arc::clone(&progress),
    };
    let task = tokio::spawn(outsider.look_round());
    Probe { progress, task }
}

struct Outsider {
    person: Arc<Person>,
    world: Arc<World>,
    ids: Ids,
    progress: Arc<Progress>,
}

impl Outsider {
    async fn look_round(mut self) -> Result<(), String> {
        for round in 1_u32.. {
            if self.is_told() {
                break;
            }
            if round.is_multiple_of(SESSION) {
                self.person = Arc::new(self.person.sign_in_again().await);
            }
            let tries = prying::finds_nothing(&self.world, &self.person, &mut self.ids).await;
            self.progress.looks.fetch_add(tries, Ordering::Relaxed);
            for list in lists(&self.world) {
                self.look_into(&list).await?;
            }
            self.progress.rounds.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }

    fn is_told(&self) -> bool {
        self.progress.is_told.load(Ordering::Relaxed)
    }

    /// By every way.
    async fn look_into(&mut self, list: &str) -> Result<(), String> {
        let untrimmed = self.world.tenant().switches.changes_untrimmed;
        let mut is_open = true;
        for way in WAYS {
            let item = any(&self.world, list, &mut self.ids);
            let started = Instant::now();
            let sight = look(&self.person, list, item, way).await;
            if is_in_the_making(list, way, &sight) {
                is_open = false;
            } else if !is_fitting(list, way, &sight, untrimmed) {
                return Err(format!("{list}({item}) by {way:?}: {sight:?}"));
            }
            self.progress.looks.fetch_add(1, Ordering::Relaxed);
            pause(BETWEEN.max(started.elapsed() * REST)).await;
        }
        if is_open {
            self.went_through(list);
        }
        Ok(())
    }

    fn went_through(&self, list: &str) {
        let lists = self.progress.lists.lock();
        let mut lists = lists.unwrap_or_else(PoisonError::into_inner);
        lists.insert(list.to_owned());
    }
}

/// The inbox, every list of applications that there is by now, and those that are closed to him.
fn lists(world: &World) -> Vec<String> {
    let shards = rows::shards(&world.tenant());
    let closed = CLOSED.map(str::to_owned);
    std::iter::once(rows::INBOX.to_owned())
        .chain(shards)
        .chain(closed)
        .collect()
}

/// Every other time the newest row, of which the permissions are the youngest.
fn any(world: &World, list: &str, ids: &mut Ids) -> i64 {
    let newest = rows::newest(&world.tenant(), list).unwrap_or(1);
    let item = if ids.below(2) == 0 {
        newest
    } else {
        1 + ids.below(newest)
    };
    i64::try_from(item).unwrap_or(1)
}
